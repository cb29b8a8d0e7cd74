#include "tools/benefits/cli/format.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {
namespace {

struct Named {
    std::string_view name;
    Format format;
};
constexpr std::array kFormats{
    Named{"table", Format::table},
    Named{"json", Format::json},
    Named{"jsonl", Format::jsonl},
    Named{"csv", Format::csv},
};

// The option's check has let nothing but these names pass.
void take(std::string_view name, Format& format) {
    for (const Named& each : kFormats)
        if (each.name == name) format = each.format;
}

struct Added {
    ListFormat* format;
    Option option;
};

// Those of the one parser that a process has.
std::vector<Added>& added() {
    static std::vector<Added> formats;
    return formats;
}

}  // namespace

void add_format(Subcommand command, ListFormat& format, bool shows) {
    const Option option =
        command
            .add_option(
                "-o,--output", [&format](const std::string& name) { take(name, format.form); },
                "table for people; for programs json, one document, or jsonl or csv, a row a line "
                "(default: table)")
            .type_name("table|json|jsonl|csv")
            .check(one_of_names({"table", "json", "jsonl", "csv"}, false, shows));
    added().push_back({&format, option});
    command.add_flag(
        "--raw", format.raw,
        "csv for programs: every text exactly as it is, lines that end with \\n alone. "
        "Without it csv is for spreadsheets: nothing in it is taken for a formula or "
        "steers a terminal");
    command.add_flag(
        "--bom", format.byte_order_mark,
        "csv that begins with a byte order mark, by which some spreadsheets know UTF-8");
    command.also_check([&format] {
        const bool of_csv = format.raw || format.byte_order_mark;
        return of_csv && format.form != Format::csv ? "--raw and --bom belong to -o csv" : "";
    });
}

void use_output(std::string_view name) {
    for (const Added& each : added())
        if (!each.option.given()) take(name, each.format->form);
}

}  // namespace ledger::tools
