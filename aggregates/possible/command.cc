#include "aggregates/possible/command.h"

namespace ledger::possible {
namespace {

const json::Table& command_table() {
    static const json::Table& table = json::table_named("Command");
    return table;
}

// The fields of one table, one after the other.
class Parts {
public:
    explicit Parts(const json::Table& table) : table_(table) {}

    void text(std::string_view field, std::string_view text) {
        if (!text.empty()) add(field).text = text;
    }
    void number(std::string_view field, std::int64_t number) { add(field).number = number; }
    void table(std::string_view field, std::vector<json::Value> parts) {
        add(field).parts = std::move(parts);
    }
    json::Value& add(std::string_view field) {
        json::Value& value = parts_.emplace_back();
        value.field = table_.field(field);
        LEDGER_CHECK(value.field);
        return value;
    }
    std::vector<json::Value> take() { return std::move(parts_); }

private:
    const json::Table& table_;
    std::vector<json::Value> parts_;
};

}  // namespace

const std::vector<json::Choice>& commands() { return command_table().field("body")->choices; }

const json::Choice& command_named(fb::CommandBody type) {
    const json::Choice* choice =
        command_table().field("body")->choice(static_cast<std::int64_t>(type));
    LEDGER_CHECK(choice);
    return *choice;
}

Bytes packed(const Envelope& envelope, const json::Choice& type, std::vector<json::Value> body,
             const json::SealText& seal) {
    Parts actor(*command_table().field("actor")->table);
    actor.number("kind", static_cast<std::int64_t>(envelope.actor_kind));
    actor.text("id", envelope.actor);
    Parts command(command_table());
    command.text("id", envelope.id);
    command.add("partner").text = envelope.partner;
    command.table("actor", actor.take());
    command.text("reason", envelope.reason);
    command.text("correlation_id", envelope.correlation);
    command.number("corrects", static_cast<std::int64_t>(envelope.corrects));
    if (envelope.expected_version)
        command.number("expected_version", static_cast<std::int64_t>(*envelope.expected_version));
    if (envelope.not_after) command.number("not_after", envelope.not_after->milliseconds);
    command.add("body").choice = &type;
    std::vector<json::Value> parts = command.take();
    parts.back().parts = std::move(body);
    Bytes bytes =
        json::build(command_table(), parts, envelope.partner, seal, fb::CommandIdentifier())
            .value();
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    LEDGER_CHECK(fb::VerifyCommandBuffer(verifier));
    return bytes;
}

}  // namespace ledger::possible
