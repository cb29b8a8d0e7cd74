// `benefits find`
#include <memory>

#include "events/folded.h"
#include "projections/answers/findings.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/known_names.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/given_file.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

constexpr std::size_t kFoundDefault = 50;
constexpr std::size_t kFoundMax = 10'000;

struct FindOptions {
    std::string text;    // or "@FILE", "-"
    std::string secret;  // "@FILE" or "-"
    bool exact = false;
    std::size_t most = kFoundDefault;
    ListFormat format;
};

std::string in_words(fb::FoundIn in) {
    switch (in) {
        case fb::FoundIn::key:
            return "key or token";
        case fb::FoundIn::email:
            return "e-mail of";
        case fb::FoundIn::name:
            return "name of";
        case fb::FoundIn::secret:
            return "secret of";
        case fb::FoundIn::partner:
        case fb::FoundIn::legal_name:
        case fb::FoundIn::tenant:
        case fb::FoundIn::user:
        case fb::FoundIn::person:
        case fb::FoundIn::order:
        case fb::FoundIn::request:
            return spaced(fb::EnumNameFoundIn(in));
    }
    return {};
}

std::string hits_in_words(const fb::FoundPartnerT& found) {
    std::string words;
    for (const fb::HitT& hit : found.hits)
        words += (words.empty() ? "" : ", ") + in_words(hit.in) + " " + hit.text;
    return words;
}

// What is looked for, as it may be shown: what came from a file may be personal or a secret.
std::string shown(const FindOptions& options) {
    const std::string& given = options.secret.empty() ? options.text : options.secret;
    if (given == "-") return "what stands on stdin";
    if (names_file(given) && !options.secret.empty()) return "what stands in the file";
    if (names_file(given)) return "what stands in " + given.substr(1);
    return "'" + given + "'";
}

std::string tables(const fb::FindingsT& findings, const FindOptions& options) {
    const Screen on = screen();
    Table table;
    table.column("partner").column("legal name").column("found in");
    for (const fb::FoundPartnerT& found : findings.partners)
        table.row({found.partner, found.legal_name, hits_in_words(found)});
    std::string out =
        title("Partners with " + shown(options) + ", " + std::to_string(findings.partners.size()),
              on) +
        table.text(on);
    if (findings.more) out += paragraph("There are more: give a longer text, or --most.", on);
    return out;
}

Result<fb::FindingsT> search_for(const std::string& text, const FindOptions& options,
                                 const Ledger& ledger) {
    const auto hash_of = [&](std::string_view of) {
        return ledger.sealer->keyed_hash(view_of(of));
    };
    const auto rows = ledger.rows->snapshot();
    views::Sought sought;
    if (ledger.no_key) {
        if (!options.secret.empty()) return *ledger.no_key;
        say("benefits: names and e-mails of persons were not looked up");
    }
    if (!options.secret.empty()) {
        sought.secret = hash_of(text);
        return answers::findings(*rows, sought, {}, options.most);
    }
    sought.id = text;
    sought.email = hash_of(folded(text));
    sought.name = sought.email;
    return answers::findings(*rows, sought, options.exact ? "" : text, options.most);
}

std::string not_found(const FindOptions& options) {
    if (!options.secret.empty())
        return "no partner was delivered a key or token with the secret of " + shown(options);
    if (options.exact)
        return "no partner has " + shown(options) +
               " as its id, or as the id, e-mail or name of a person, or the id of an order, "
               "request, key or token";
    return "no partner has " + shown(options) +
           " in its id, legal name or tenants, or in the id of a user, order, request, key or "
           "token, or as the e-mail or name of a person";
}

Result<std::string> sought_text(const FindOptions& options) {
    const std::string& given = options.secret.empty() ? options.text : options.secret;
    if (!names_file(given)) return given;
    const bool shows = options.secret.empty() || given == "-";
    auto text = read_given_file(
        given, shows ? name_of_file(given) : "the file",
        {options.secret.empty() ? "What to look for" : "The key or token to look for"});
    if (text && text->empty()) return error(shown(options) + " is empty: give a text to look for");
    return text;
}

ExitCode find(const LedgerPlace& place, const FindOptions& options) {
    if (options.text.empty() && options.secret.empty()) {
        say("benefits find: give a TEXT to look for, or --secret @FILE; see 'benefits find "
            "--help'");
        return ExitCode::usage;
    }
    if (!names_file(options.text) && options.text.find('@') != std::string::npos) {
        say("benefits find: an e-mail address doesn't belong in a command line, where others on "
            "this machine can read it; 'benefits find @FILE' and 'benefits find -' take it from a "
            "file or stdin");
        return ExitCode::usage;
    }
    const auto text = sought_text(options);
    if (!text) return fail(text.error());
    const auto at_work = open_for_query(place);
    if (!at_work) return fail(at_work.error());
    const auto findings = search_for(*text, options, (*at_work)->ledger);
    if (!findings) return fail(findings.error());
    if (findings->partners.empty()) {
        const bool shows = options.secret.empty() && !names_file(options.text);
        say("benefits: " + not_found(options) +
            (shows ? partner_meant(*(*at_work)->ledger.rows->snapshot(), options.text) : ""));
        return ExitCode::not_found;
    }
    if (is_rows(options.format)) {
        print_rows(options.format, answers::found_rows(*findings));
        if (findings->more) say("benefits: there are more: give a longer text, or --most");
    } else if (options.format == Format::json) {
        print_document(*findings);
    } else {
        print(tables(*findings, options));
    }
    return ExitCode::done;
}

}  // namespace

void add_find(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "find", "Finds partners by a person, an e-mail, an order, a key, or a piece of their name");
    auto options = std::make_shared<FindOptions>();
    const Option text =
        command
            .add_option(
                "text", options->text,
                "Part of a partner's id, legal name or tenant, or of the id of a user, order, "
                "request, key or token; or the whole e-mail address or name of a person. @FILE "
                "or - takes it from a file or stdin: the only way for an e-mail address")
            .type_name("TEXT|@FILE|-")
            .check([](const std::string& given) {
                return given.empty() ? "expected a text to look for" : "";
            });
    command
        .add_option("--secret", options->secret,
                    "A product key or token itself, which is never taken from the command line")
        .type_name("@FILE|-")
        .excludes(text)
        .check([](const std::string& given) {
            return names_file(given)
                       ? ""
                       : "others can read the command line: give @FILE, or - for stdin";
        });
    command.add_flag("--exact", options->exact,
                     "Only what is the whole text: answers at once, however large the ledger is");
    command.add_option("--most", options->most, "Partners to show at the most (default: 50)")
        .type_name("N")
        .within(std::size_t{1}, kFoundMax);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits find contoso\n"
                 "  benefits find ap-2020\n"
                 "  printf 'kim@contoso.example' | benefits find -\n"
                 "  benefits find --secret @key.txt\n"
                 "  benefits find contoso.example -o json | jq -r '.partners[].partner'\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return find(place, *options); };
    });
}

}  // namespace ledger::tools
