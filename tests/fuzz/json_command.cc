// A command as a caller may send it. What is taken can be written as JSON and read again to the
// same bytes, counts as the same command, and comes to a decision; what is not is answered with one
// sentence.
#include "aggregates/partner.h"
#include "events/json/decode.h"
#include "events/json/encode.h"
#include "events/json/fingerprint.h"
#include "events/limits.h"
#include "tests/events/json/fake_seal.h"
#include "tests/fuzz/checked_json.h"
#include "tests/fuzz/decided.h"

namespace ledger::fuzz {
namespace {

using json::Callers;

void check_round_trip(const Bytes& command) {
    json::FakeSeal sealer;
    const auto written = valid_json(
        json::to_json(*fb::GetCommand(command.data()), json::Style{sealer.open(), false}));
    const auto again = json::command_from_json(written, sealer.seal(), Callers::the_ledger);
    LEDGER_CHECK(again.ok());
    LEDGER_CHECK(json::fingerprint_bytes(*fb::GetCommand(again->data())) ==
                 json::fingerprint_bytes(*fb::GetCommand(command.data())));
    LEDGER_CHECK(json::to_json(*fb::GetCommand(again->data()), json::Style{sealer.open(), false}) ==
                 written);
    // Sealed in the same order, so with the same nonces.
    LEDGER_CHECK(*again == command);
}

void command(std::string_view text) {
    json::FakeSeal sealer;
    const auto command = json::command_from_json(text, sealer.seal(), Callers::the_ledger);
    json::FakeSeal another;
    const auto of_partners = json::command_from_json(text, another.seal(), Callers::partners);
    if (of_partners) LEDGER_CHECK(command.ok() && *command == *of_partners);
    if (!of_partners) check_sentence(of_partners.error());
    if (!command) {
        LEDGER_CHECK(sealer.asked.empty());
        return check_sentence(command.error());
    }
    LEDGER_CHECK(command->size() <= limits::kCommandMaxBytes);
    check_round_trip(*command);
    check_decided(*fb::GetCommand(command->data()));
}

}  // namespace
}  // namespace ledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // A copy that ends where it ends: simdjson likes to read beyond.
    const std::vector<char> text(reinterpret_cast<const char*>(data),
                                 reinterpret_cast<const char*>(data) + size);
    ledger::fuzz::command({text.data(), text.size()});
    return 0;
}
