// compare_schemas OLD.bfbs NEW.bfbs: exit code 0 when NEW only adds to OLD, 1 with a line for each
// break, 2 when one of them can't be read.
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "tests/schema/compare.h"

namespace {

std::vector<std::uint8_t> read(const char* path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const reflection::Schema* schema_in(const std::vector<std::uint8_t>& bytes, const char* path) {
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    if (reflection::VerifySchemaBuffer(verifier)) return reflection::GetSchema(bytes.data());
    std::cerr << path << ": not a binary schema, make it with flatc --binary --schema\n";
    return nullptr;
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc != 3) {
        std::cerr << "usage: compare_schemas OLD.bfbs NEW.bfbs\n";
        return 2;
    }
    const std::vector<std::uint8_t> old_bytes = read(argv[1]), new_bytes = read(argv[2]);
    const reflection::Schema* older = schema_in(old_bytes, argv[1]);
    const reflection::Schema* newer = schema_in(new_bytes, argv[2]);
    if (!older || !newer) return 2;
    const auto breaks = ledger::schema::breaks(*older, *newer);
    for (const std::string& each : breaks) std::cout << each << "\n";
    return breaks.empty() ? 0 : 1;
}
