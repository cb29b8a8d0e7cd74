// `benefits man`: the manual page, made from the parser's own tree of subcommands and options, so
// that it says what --help says. roff with the macros of man(7).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

// As it stands, wherever it stands: roff takes a backslash, and typesets quotes and hyphens.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '\\':
                out += "\\e";
                break;
            case '-':
                out += "\\-";
                break;
            case '\'':
                out += "\\(aq";
                break;
            case '`':
                out += "\\(ga";
                break;
            case '^':
                out += "\\(ha";
                break;
            case '~':
                out += "\\(ti";
                break;
            case '"':
                out += "\\(dq";
                break;
            default:
                out += c;
        }
    }
    return out;
}

// A line of its own, which no full stop at its beginning makes a request.
std::string line(std::string_view text) {
    return (text.starts_with('.') ? "\\&" : "") + plain(text) + "\n";
}

std::string bold(std::string_view text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + plain(text) + "\\fR"; }

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// The end of a help text: what is indented is to be copied, the rest are paragraphs.
std::string footer(std::string_view text) {
    std::string out;
    bool copied = false;
    bool paragraph = false;
    for (const std::string_view each : lines_of(text)) {
        const bool indented = each.starts_with("  ");
        if (indented != copied) out += indented ? ".PP\n.RS 4\n.nf\n" : ".fi\n.RE\n";
        copied = indented;
        if (each.empty() || indented) paragraph = false;
        if (each.empty()) continue;
        if (!indented && !paragraph) out += ".PP\n";
        paragraph = !indented;
        out += line(indented ? each.substr(2) : each);
    }
    return out + (copied ? ".fi\n.RE\n" : "");
}

std::string name_of(const CLI::Option& option) {
    if (option.get_positional()) return italic(option.get_type_name());
    std::string out;
    for (const std::string& name : option.get_snames())
        out += (out.empty() ? "" : ", ") + bold("-" + name);
    for (const std::string& name : option.get_lnames())
        out += (out.empty() ? "" : ", ") + bold("--" + name);
    if (option.get_items_expected_max() > 0) out += " " + italic(option.get_type_name());
    return out;
}

std::string options_of(const CLI::App& app, bool with_help) {
    std::string out;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty()) continue;
        if (!with_help && option == app.get_help_ptr()) continue;
        std::string about = option->get_description();
        if (option->get_required()) about += " (required)";
        out += ".TP\n" + name_of(*option) + "\n" + line(about);
        if (!option->get_envname().empty())
            out += ".br\n" + line("Environment: " + option->get_envname());
    }
    return out;
}

std::string usage_of(const CLI::App& app) {
    std::string out = bold(path_of(app));
    bool optional = false;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional())
            out += " " + (option->get_required() ? "" : std::string("[")) +
                   italic(option->get_type_name()) + (option->get_required() ? "" : "]");
        else if (option->get_required())
            out += " " + bold("--" + option->get_lnames().front()) + " " +
                   italic(option->get_type_name());
        else
            optional = optional || option != app.get_help_ptr();
    }
    return out + (optional ? " [" + italic("options") + "]" : "") + "\n";
}

std::vector<const CLI::App*> inside(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
}

// Without what every level's footer ends with: the page says it once.
std::string_view examples_of(const CLI::App& app, std::string& memory) {
    memory = app.get_footer();
    return std::string_view(memory).substr(0, memory.find("\nWhich ledger "));
}

void add_level(const CLI::App& app, std::string& out) {
    std::string memory;
    const auto levels = inside(app);
    out += ".SS " + plain(path_of(app)) + "\n" + line(app.get_description());
    // An area's examples are those of its commands.
    if (levels.empty())
        out += ".PP\n" + usage_of(app) + options_of(app, false) + footer(examples_of(app, memory));
    for (const CLI::App* each : levels) add_level(*each, out);
}

std::string section(const CLI::App& root, std::string_view heading, bool areas) {
    std::string out = ".SH " + std::string(heading) + "\n";
    for (const CLI::App* each : inside(root))
        if ((each->get_group() == kAreaGroup) == areas) add_level(*each, out);
    return out;
}

std::string manual(const CLI::App& root) {
    std::string out =
        ".\\\" Made by 'benefits man' from the same source as --help.\n"
        ".TH BENEFITS 1 \"\" \"benefits " BENEFITS_VERSION
        "\" \"Benefits Ledger\"\n"
        ".SH NAME\nbenefits \\- an immutable, verifiable ledger of programme benefits\n"
        ".SH SYNOPSIS\n" +
        bold("benefits") + " [" + bold("--ledger") + " " + italic("DIR") + "] " +
        italic("SUBCOMMAND") + " [" + italic("options") + "]\n.SH DESCRIPTION\n" +
        line(root.get_description()) + ".SH OPTIONS\n.SS before or after the subcommand\n" +
        options_of(root, true);
    out += section(root, "SUBCOMMANDS", false);
    out += section(root, "COMMANDS OF THE LEDGER", true);
    return out + ".SH EXAMPLES AND EXIT STATUS\n" + footer(root.get_footer());
}

}  // namespace

void add_man(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand("man", "Prints the manual page");
    add_examples(command,
                 "  benefits man | man -l -\n"
                 "  benefits man > ~/.local/share/man/man1/benefits.1\n");
    command.callback([parent, &chosen] {
        chosen.needs_ledger = chosen.settings_count = false;
        // While the parser is there.
        const std::string page = manual(parent.parser());
        chosen.run = [page](const LedgerPlace&) {
            print_exact(page);
            return ExitCode::done;
        };
    });
}

}  // namespace ledger::tools
