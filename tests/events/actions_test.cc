#include "events/actions.h"

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "events/json/schema.h"
#include "tests/support/catch.h"

namespace ledger {
namespace {

std::string rules_page() {
    std::ifstream in(LEDGER_SOURCE_DIR "/docs/rules.md");
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("Every command and event of the schema is there once") {
    std::set<fb::CommandBody> commands{fb::CommandBody::NONE};
    for (const CommandKind& kind : command_kinds()) {
        CHECK(commands.insert(kind.type).second);
        CHECK(kind.type_name == fb::EnumNameCommandBody(kind.type));
        CHECK(&kind_of(kind.type) == &kind);
    }
    CHECK(commands.size() == std::size(fb::EnumValuesCommandBody()));
    std::set<fb::Event> events{fb::Event::NONE};
    for (const EventKind& kind : event_kinds()) {
        CHECK(events.insert(kind.type).second);
        CHECK(kind.type_name == fb::EnumNameEvent(kind.type));
        CHECK(&kind_of(kind.type) == &kind);
    }
    CHECK(events.size() == std::size(fb::EnumValuesEvent()));
}

TEST_CASE("A command's name on the command line is its own, and its example uses it") {
    std::set<std::string> names;
    for (const CommandKind& kind : command_kinds()) {
        const std::string name = std::string(kind.area) + " " + std::string(kind.verb);
        INFO(name);
        CHECK(names.insert(name).second);
        CHECK(kind.example.find("benefits " + name) != std::string_view::npos);
        CHECK(json::table_named(kind.type_name).documentation.find("Example") == std::string::npos);
    }
}

TEST_CASE("An area has commands, and the ledger's own stand in the ledger's") {
    for (const Area& area : areas()) {
        std::size_t commands = 0;
        for (const CommandKind& kind : command_kinds()) {
            if (kind.area != area.name) continue;
            ++commands;
            CHECK(is_ledger_command(kind.type) == (area.name == "ledger"));
        }
        INFO(area.name);
        CHECK(commands > 0);
    }
}

TEST_CASE("Every rule that a command or an event names stands in docs/rules.md", "[LED-05]") {
    const std::string page = rules_page();
    const auto check = [&](std::string_view type, std::span<const std::string_view> rules) {
        for (const std::string_view rule : rules) {
            INFO(type << " names " << rule);
            CHECK(page.find("| " + std::string(rule) + " |") != std::string::npos);
        }
    };
    for (const CommandKind& kind : command_kinds()) check(kind.type_name, kind.rules);
    for (const EventKind& kind : event_kinds()) check(kind.type_name, kind.rules);
}

}  // namespace ledger
