#include "events/json/decode.h"

#include <string>

#include "command_generated.h"
#include "events/limits.h"

namespace ledger::json {
namespace {

// What a sealed text has around its ciphertext (see seal.h).
constexpr std::size_t kSealBytes = 16 + 16 + 12 + 16;

// Far more than any command that packs into its limit: what is longer isn't even parsed.
constexpr std::size_t kCommandJsonMaxBytes = 8 * limits::kCommandMaxBytes;

Error too_long(std::size_t bytes, std::size_t most_bytes) {
    return error(kTooLong, "the command has " + std::to_string(bytes) + " bytes, more than the " +
                               std::to_string(most_bytes) +
                               " a command may have, shorten its texts");
}

// As long as the sealed text will be, but no key is made for it.
Result<Bytes> seal_nothing(std::string_view, std::string_view text, std::string_view) {
    return Bytes(text.size() + kSealBytes);
}

Result<Bytes> build_plain(const Table& table, const std::vector<Value>& parts) {
    if (has_sealed(parts))
        return error(kPersonalTexts, "a table with personal texts can be given in a command only");
    return build(table, parts, {}, seal_nothing, nullptr);
}

}  // namespace

SealText seal_with(Sealer& sealer) {
    return [&sealer](std::string_view subject, std::string_view text, std::string_view found_as) {
        return sealer.seal(subject, text, found_as);
    };
}

Result<Bytes> command_from_json(std::string_view json, const SealText& seal, Callers callers) {
    if (json.empty())
        return error(kSyntax, "the line is empty, expected a command as a JSON object");
    if (json.size() > kCommandJsonMaxBytes) return too_long(json.size(), kCommandJsonMaxBytes);
    const Result<Node> given = read_node(json);
    if (!given) return given.error();
    return command_from(*given, seal, callers);
}

Result<Bytes> command_from(const Node& given, const SealText& seal, Callers callers) {
    const Table& table = table_named("Command");
    const auto parts = read_table(table, given, callers);
    if (!parts) return parts.error();

    const std::string_view partner = text_in(*parts, "partner");
    auto bytes = build(table, *parts, partner, seal_nothing, fb::CommandIdentifier());
    if (!bytes) return bytes;
    if (bytes->size() > limits::kCommandMaxBytes)
        return too_long(bytes->size(), limits::kCommandMaxBytes);
    if (has_sealed(*parts)) bytes = build(table, *parts, partner, seal, fb::CommandIdentifier());
    if (!bytes) return bytes;
    flatbuffers::Verifier verifier(bytes->data(), bytes->size());
    LEDGER_CHECK(fb::VerifyCommandBuffer(verifier));
    return bytes;
}

Result<Bytes> command_from_json(std::string_view json, Sealer& sealer, Callers callers) {
    return command_from_json(json, seal_with(sealer), callers);
}

Result<Bytes> table_from_json(std::string_view table_name, std::string_view json) {
    const Table& table = table_named(table_name);
    const auto parts = read_table(table, json, Callers::the_ledger);
    if (!parts) return parts.error();
    return build_plain(table, *parts);
}

Result<Bytes> table_from(std::string_view table_name, const Node& given,
                         std::vector<Error>& faults) {
    const Table& table = table_named(table_name);
    const auto parts = read_table(table, given, faults);
    if (!parts) return parts.error();
    return build_plain(table, *parts);
}

Result<std::vector<Bytes>> tables_from_json(std::string_view table_name, std::string_view json) {
    const Table& table = table_named(table_name);
    const auto all = read_tables(table, json);
    if (!all) return all.error();
    std::vector<Bytes> buffers;
    for (const std::vector<Value>& parts : *all) {
        auto bytes = build_plain(table, parts);
        if (!bytes) return bytes.error();
        buffers.push_back(std::move(*bytes));
    }
    return buffers;
}

}  // namespace ledger::json
