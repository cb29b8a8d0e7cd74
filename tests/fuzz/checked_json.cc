#include "tests/fuzz/checked_json.h"

#include <algorithm>

#include "events/json/node.h"
#include "events/json/quote.h"

namespace ledger::fuzz {
namespace {

// A path of names, what is expected there, a piece of what was found.
constexpr std::size_t kSentenceMaxBytes = 2000;

}  // namespace

std::string valid_json(std::string json) {
    LEDGER_CHECK(json::read_node(json).ok());
    return json;
}

std::string without_empties(std::string_view json) {
    std::string rest;
    while (!json.empty()) {
        if (json.starts_with(":[]") || json.starts_with(":\"\"")) {
            json.remove_prefix(3);
            const std::size_t end = rest.empty() ? 0 : rest.size() - 1;
            rest.resize(end == 0 ? 0 : std::min(rest.rfind('"', end - 1), end));
            continue;
        }
        if (json.front() != ',') rest += json.front();
        json.remove_prefix(1);
    }
    return rest;
}

void check_sentence(const Error& error) {
    const std::string& message = error.message;
    LEDGER_CHECK(!message.empty() && message.size() <= kSentenceMaxBytes);
    LEDGER_CHECK(std::none_of(message.begin(), message.end(),
                              [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    LEDGER_CHECK(json::read_node(json::quote(message)).ok());
    LEDGER_CHECK(json::quote(message).find("\xEF\xBF\xBD") == std::string::npos ||
                 message.find("\xEF\xBF\xBD") != std::string::npos);
}

}  // namespace ledger::fuzz
