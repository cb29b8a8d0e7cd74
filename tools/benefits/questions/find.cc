// `benefits find`
#include <algorithm>
#include <memory>

#include "events/json/build.h"
#include "projections/search.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/given_file.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {
namespace {

constexpr std::size_t kFoundDefault = 50;
constexpr std::size_t kFoundMax = 10'000;

constexpr std::string_view kFindColumns[] = {"partner", "legal_name", "in", "text", "version"};

struct FindOptions {
    std::string text;    // or "@FILE", "-"
    std::string secret;  // "@FILE" or "-"
    bool exact = false;
    std::size_t most = kFoundDefault;
    ListFormat format;
};

std::string_view name_of(views::FoundIn in) {
    switch (in) {
        case views::FoundIn::partner:
            return "partner";
        case views::FoundIn::legal_name:
            return "legal_name";
        case views::FoundIn::tenant:
            return "tenant";
        case views::FoundIn::user:
            return "user";
        case views::FoundIn::person:
            return "person";
        case views::FoundIn::order:
            return "order";
        case views::FoundIn::request:
            return "request";
        case views::FoundIn::key:
            return "key";
        case views::FoundIn::email:
            return "email";
        case views::FoundIn::name:
            return "name";
        case views::FoundIn::secret:
            return "secret";
    }
    return "";
}

std::string_view in_words(views::FoundIn in) {
    return in == views::FoundIn::legal_name ? "legal name"
           : in == views::FoundIn::key      ? "key or token"
           : in == views::FoundIn::email    ? "e-mail of"
           : in == views::FoundIn::name     ? "name of"
           : in == views::FoundIn::secret   ? "secret of"
                                            : name_of(in);
}

std::string hits_in_words(const views::FoundPartner& found) {
    std::string words;
    for (const views::Hit& hit : found.hits)
        words += (words.empty() ? "" : ", ") + std::string(in_words(hit.in)) + " " + hit.text;
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

std::string tables(const views::Search& search, const FindOptions& options) {
    const Screen on = screen();
    Table table;
    table.column("partner").column("legal name").column("found in");
    for (const views::FoundPartner& found : search.partners)
        table.row({found.partner, found.legal_name, hits_in_words(found)});
    std::string out =
        title("Partners with " + shown(options) + ", " + std::to_string(search.partners.size()),
              on) +
        table.text(on);
    if (search.more) out += paragraph("There are more: give a longer text, or --most.", on);
    return out;
}

std::string hit_json(const views::Hit& hit) {
    JsonObject object;
    object.text("in", name_of(hit.in)).text("text", hit.text);
    if (hit.version != 0) object.number("version", hit.version);
    return object.line();
}

// A row for each place in which it was found.
std::vector<std::string> rows_of(const views::Search& search) {
    std::vector<std::string> rows;
    for (const views::FoundPartner& found : search.partners) {
        std::string row =
            JsonObject().text("partner", found.partner).text("legal_name", found.legal_name).line();
        row.back() = ',';
        for (const views::Hit& hit : found.hits) rows.push_back(row + hit_json(hit).substr(1));
    }
    return rows;
}

std::string document(const views::Search& search) {
    JsonList partners;
    for (const views::FoundPartner& found : search.partners) {
        JsonList hits;
        for (const views::Hit& hit : found.hits) hits.add(hit_json(hit));
        JsonObject object;
        object.text("partner", found.partner).text("legal_name", found.legal_name);
        partners.add(object.json("hits", hits.line()).line());
    }
    JsonObject object;
    return indented(object.json("partners", partners.line()).flag("more", search.more).line());
}

// Those that were looked up come first; of a partner that stands there already nothing is added.
void append(views::Search& search, views::Search scanned, std::size_t most) {
    search.more = search.more || scanned.more;
    for (views::FoundPartner& found : scanned.partners) {
        const bool known = std::any_of(
            search.partners.begin(), search.partners.end(),
            [&](const views::FoundPartner& each) { return each.partner == found.partner; });
        if (known) continue;
        if (search.partners.size() < most)
            search.partners.push_back(std::move(found));
        else
            search.more = true;
    }
}

Result<views::Search> search_for(const std::string& text, const FindOptions& options,
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
        return views::find_exactly(*rows, sought, options.most);
    }
    sought.id = text;
    sought.email = hash_of(json::in_lower_case(text));
    sought.name = hash_of(text);
    auto search = views::find_exactly(*rows, sought, options.most);
    if (!search || options.exact) return search;
    auto scanned = views::search_partners(*rows, text, options.most);
    if (!scanned) return scanned.error();
    append(*search, std::move(*scanned), options.most);
    return search;
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
    auto text = read_given_file(given, shows ? name_of_file(given) : "the file");
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
    const auto search = search_for(*text, options, (*at_work)->ledger);
    if (!search) return fail(search.error());
    if (search->partners.empty()) {
        say("benefits: " + not_found(options));
        return ExitCode::not_found;
    }
    if (is_rows(options.format)) {
        print_rows(options.format, rows_of(*search), kFindColumns);
        if (search->more) say("benefits: there are more: give a longer text, or --most");
        return ExitCode::done;
    }
    print(options.format == Format::json ? document(*search) : tables(*search, options));
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
    add_list_format(command, options->format);
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
