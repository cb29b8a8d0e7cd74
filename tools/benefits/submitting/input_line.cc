#include "tools/benefits/submitting/input_line.h"

#include "aggregates/clock_command.h"
#include "command_generated.h"
#include "events/json/decode.h"
#include "events/json/forms.h"
#include "events/json/node.h"
#include "events/record.h"
#include "tools/benefits/asking/cards.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kClock = "clock";
constexpr std::string_view kCards = "cards";

// {"clock" with white space anywhere: no command begins so.
bool looks_like_clock(std::string_view text) {
    const auto skip = [&](std::string_view what) {
        const std::size_t at = text.find_first_not_of(" \t");
        if (at == std::string_view::npos || !text.substr(at).starts_with(what)) return false;
        text.remove_prefix(at + what.size());
        return true;
    };
    return skip("{") && skip("\"clock\"") && skip(":");
}

struct ClockGiven {
    Date clock;
    fb::Cards cards = fb::Cards::ok;
};

// Nothing of the line is repeated: a secret may have been put anywhere in it.
Result<ClockGiven> read_clock(std::string_view text) {
    const auto root = json::read_node(text);
    if (!root) return root.error();
    const auto cards = root->member(kCards);
    std::size_t members = 0;
    root->each_member([&](std::string_view, const json::Node&) { return ++members < 3; });
    if (members != (cards ? 2U : 1U))
        return error(
            "a line that moves the clock has \"clock\", it may have \"cards\", and nothing else");
    const auto given = root->member(kClock);
    const std::string_view date = given ? given->text().value_or("") : std::string_view();
    const auto clock = parse_date(date);
    if (!clock)
        return error("clock: expected a date like \"2021-02-01\"" +
                     date_fault(date, ", and this one "));
    ClockGiven read{*clock};
    if (!cards) return read;
    const auto how = cards_of(cards->text().value_or(""));
    if (!how) return error("cards: expected \"ok\", \"fail\" or \"silent\"");
    read.cards = *how;
    return read;
}

// As far as a broken line says them, and only what may be one: a right id stands in clear in the
// log too.
void read_names(std::string_view text, Asked& asked) {
    const auto root = json::read_node(text);
    if (!root) return;
    const auto take = [&](const char* name, std::string& into) {
        const auto member = root->member(name);
        const auto value = member ? member->text() : std::nullopt;
        if (value && json::takes(*json::table_named("Command").field(name), *value)) into = *value;
    };
    take("id", asked.id);
    take("partner", asked.partner);
}

std::string place(const std::string& name, const Line& line) {
    return name + ":" + std::to_string(line.number) + ": ";
}

InputLine read_clock_line(const Line& line, const std::string& name) {
    InputLine read;
    read.asked.line = line.number;
    read.moves_clock = true;
    const auto clock = read_clock(line.text);
    if (clock) {
        read.clock = clock->clock;
        read.cards = clock->cards;
        read.asked.id = clock_command_id(clock->clock);
    } else {
        read.fault = broken_line(place(name, line) + clock.error().message);
    }
    return read;
}

}  // namespace

InputLine read_input_line(const Line& line, const std::string& name, const json::SealText& seal) {
    if (looks_like_clock(line.text)) return read_clock_line(line, name);
    InputLine read;
    read.asked.line = line.number;
    if (line.bytes > kLineMaxBytes) {
        read.fault =
            broken_line(place(name, line) + "the command has " + std::to_string(line.bytes) +
                        " bytes, more than a command may have, shorten its texts");
        return read;
    }
    bool seal_failed = false;
    const json::SealText watched = [&](std::string_view subject, std::string_view text,
                                       std::string_view found_as) {
        auto sealed = seal(subject, text, found_as);
        seal_failed = !sealed.ok();
        if (seal_failed && sealed.error().no_answer) read.no_keys_yet = sealed.error();
        return sealed;
    };
    auto command = json::command_from_json(line.text, watched);
    if (command) {
        read.command = std::move(*command);
        const fb::Command& asked = *fb::GetCommand(read.command.data());
        read.asked.id = text_of(asked.id());
        read.asked.partner = text_of(asked.partner());
        return read;
    }
    read_names(line.text, read.asked);
    read.fault = broken_line(place(name, line) + command.error().message);
    if (seal_failed) read.fault->code = kNoKeysCode;
    return read;
}

InputLine read_input_line(const Line& line, const std::string& name, Sealer& sealer) {
    return read_input_line(line, name, json::seal_with(sealer));
}

}  // namespace ledger::tools
