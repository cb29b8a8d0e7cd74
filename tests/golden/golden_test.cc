// Records as bytes that must keep their meaning (tests/golden/README.md). LEDGER_GOLDEN=write
// writes the file anew.
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "events/json/encode.h"
#include "events/record.h"
#include "tests/golden/examples.h"
#include "tests/support/catch.h"

namespace ledger::golden {
namespace {

const char* const kPath = LEDGER_GOLDEN_DIR "/records.txt";

struct Golden {
    std::string name;
    std::string json;
    std::string hex;
};

std::string hex_of(const Bytes& bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    for (const std::uint8_t byte : bytes) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

Bytes bytes_of(const std::string& hex) {
    Bytes bytes;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(at, 2), nullptr, 16)));
    return bytes;
}

// Lines "record NAME", "json TEXT", "hex DIGITS"; others are comments.
std::vector<Golden> read_file() {
    std::vector<Golden> all;
    std::ifstream in(kPath);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("record ")) all.emplace_back().name = line.substr(7);
        if (all.empty()) continue;
        if (line.starts_with("json ")) all.back().json = line.substr(5);
        if (line.starts_with("hex ")) all.back().hex = line.substr(4);
    }
    return all;
}

// Bytes that still mean something stay; the JSON, what is broken and what is missing is made anew.
void write_file() {
    const std::vector<Golden> before = read_file();
    std::ofstream out(kPath);
    out << "# Records of the log, and what they say. See README.md here before you change one.\n";
    for (const Example& example : examples()) {
        Bytes bytes = example.bytes;
        for (const Golden& old : before) {
            const Bytes kept = bytes_of(old.hex);
            if (old.name == example.name && written_again(kept) == kept) bytes = kept;
        }
        out << "\nrecord " << example.name << "\njson " << json::to_json("Record", bytes)
            << "\nhex " << hex_of(bytes) << "\n";
    }
}

const std::vector<Golden>& records() {
    static const std::vector<Golden> all = [] {
        const char* mode = std::getenv("LEDGER_GOLDEN");
        if (mode && std::string_view(mode) == "write") write_file();
        return read_file();
    }();
    return all;
}

}  // namespace

TEST_CASE("A golden record says what stands beside it") {
    for (const Golden& golden : records()) {
        INFO(golden.name);
        const Bytes bytes = bytes_of(golden.hex);
        const RecordView record = decode_record(bytes);
        REQUIRE((record.poison ? record.poison : "") == std::string());
        CHECK(json::to_json("Record", bytes) == golden.json);
    }
}

TEST_CASE("A golden record is written again with the same bytes") {
    for (const Golden& golden : records()) {
        INFO(golden.name);
        CHECK(hex_of(written_again(bytes_of(golden.hex))) == golden.hex);
    }
}

TEST_CASE("There is a golden record of every kind and every type of event") {
    std::vector<std::string> expected, found;
    for (const Example& example : examples()) expected.push_back(example.name);
    for (const Golden& golden : records()) found.push_back(golden.name);
    CHECK(found == expected);
}

}  // namespace ledger::golden
