#include "tools/benefits/submitting/command_options.h"

#include <algorithm>
#include <array>

#include "events/check.h"
#include "events/json/expect.h"
#include "events/json/node.h"
#include "events/json/read.h"
#include "tools/benefits/cli/csv_list.h"
#include "tools/benefits/cli/given_file.h"
#include "tools/benefits/cli/money_text.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/unseen.h"

namespace ledger::tools {
namespace {

using json::Kind;

// What fields that stand in many commands mean where the schema says nothing closer.
struct Meaning {
    std::string_view field;
    std::string_view words;
};
constexpr std::array kMeanings{
    Meaning{"partner", "The partner global account"},
    Meaning{"order", "The order's id"},
    Meaning{"sku", "The benefit's SKU, as 'benefits show' lists it"},
    Meaning{"offer", "The offer's id in the catalogue"},
    Meaning{"person", "The person's id"},
    Meaning{"user", "The user's id"},
    Meaning{"id", "The person's id within the partner"},
    Meaning{"name", "The person's name"},
    Meaning{"email", "The person's e-mail address"},
    Meaning{"tenant", "The directory tenant"},
    Meaning{"seat", "The seat's number within the benefit"},
    Meaning{"token", "The token's id"},
    Meaning{"key", "The key's id"},
    Meaning{"keys", "Keys or tokens with id, material and units"},
    Meaning{"request", "The service request's id"},
    Meaning{"roles", "The user's roles"},
    Meaning{"legal_name", "The company's legal name"},
    Meaning{"address", "The company's address"},
    Meaning{"payment", "How it is paid"},
    Meaning{"terms_accepted", "The terms of the offer were accepted"},
    Meaning{"confirmed", "The order was confirmed"},
    Meaning{"language", "Language of the product, e.g. ko-kr"},
    Meaning{"system", "Operating system, e.g. windows-10"},
    Meaning{"reason", "Why"},
    Meaning{"correlation_id", "Groups commands that belong together"},
    Meaning{"causation_id", "The command or event that this one follows from"},
    Meaning{"to", "The day it is moved to"},
    Meaning{"version", "Its number, one after the last"},
    Meaning{"effective", "The first day on which it is in force"},
    Meaning{"offers", "What can be bought, and what each grants"},
};

std::string_view meaning_of(std::string_view field) {
    const auto found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                    [&](const Meaning& each) { return each.field == field; });
    return found == kMeanings.end() ? std::string_view{} : found->words;
}

std::vector<std::string> names_of(const json::Field& field) {
    std::vector<std::string> names;
    for (const json::Choice& choice : field.choices) names.push_back(choice.name);
    return names;
}

std::string joined(const std::vector<std::string>& names, std::string_view between) {
    std::string text;
    for (const std::string& name : names) {
        if (!text.empty()) text += between;
        text += name;
    }
    return text;
}

std::string on_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string short_help(const CommandOption& option) {
    std::string words = on_one_line(option.field().documentation);
    if (words.empty()) words = meaning_of(option.field().name);
    return words.substr(0, words.find(". "));
}

// What is allowed, where the kind of the value doesn't say it already.
std::string allowed(const CommandOption& option) {
    const json::Field& field = option.field();
    if (option.is_amount()) return {};
    if (field.kind == Kind::boolean || field.kind == Kind::choice) return {};
    if (field.kind == Kind::flags) return "any of " + joined(names_of(field), ", ");
    std::string words = json::expectation(field);
    std::erase(words, '"');
    if (field.list && fits_csv(field))
        return words + " as JSON or csv with a first line " + csv_header(*field.table) +
               ", from a file or stdin";
    if (field.list) return words + " as JSON, from a file or stdin";
    if (option.is_asked_for())
        return words + ", from a file or stdin; asked for on a terminal, and not shown";
    return option.from_file() ? words + ", from a file or stdin" : words;
}

std::string sealed_advice(const std::string& text) {
    if (names_file(text)) return {};
    return "names, e-mails and keys are never taken from the command line, where others can read "
           "them, nor lists: give @FILE, or - for stdin";
}

bool is_money(const json::Field& field) {
    return field.table && !field.list && field.table->name == "Money";
}

// Where in the same sum of money its other part stands: "charge.currency" of "charge.amount".
std::string beside(const CommandOption& option, std::string_view name) {
    std::string place;
    for (std::size_t i = 0; i + 1 < option.path.size(); ++i) place += option.path[i]->name + ".";
    return place + std::string(name);
}

using Options = std::vector<const TypedOption*>;

const TypedOption* option_at(const Options& options, std::string_view place) {
    const auto found = std::find_if(options.begin(), options.end(), [&](const TypedOption* each) {
        return each->option.place() == place;
    });
    return found == options.end() ? nullptr : *found;
}

// Minor units, which depend on the currency that was typed beside it.
Result<json::Plain> amount_of(const TypedOption& amount, const Options& options) {
    const CommandOption& option = amount.option;
    const TypedOption* const currency = option_at(options, beside(option, "currency"));
    LEDGER_CHECK(currency);
    if (!currency->given())
        return error(option.name() + ": say of which currency, with " + currency->option.name());
    if (!is_currency(currency->value))
        return error(currency->option.name() +
                     ": expected the three capital letters of a currency, such as USD or KRW");
    const json::Numbers numbers = json::numbers_of(option.field());
    const auto units = minor_units(amount.value, currency->value,
                                   {numbers.least, static_cast<std::int64_t>(numbers.most)});
    if (!units) return error(units.error().code, option.name() + ": " + units.error().message);
    return json::Plain(*units);
}

json::Plain list_of_names(std::string_view text) {
    json::Plain names = json::Plain::list();
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        names.add(json::Plain(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

json::Plain value_of(const json::Field& field, const TypedOption& given) {
    if (field.kind == Kind::boolean) return json::Plain(given.on);
    if (field.kind == Kind::flags) return list_of_names(given.value);
    if (field.kind == Kind::integer) return json::number_or_text(given.value);
    return json::Plain(given.value);
}

// One that was left out is asked for.
Result<json::Plain> from_file(const TypedOption& given, bool shows) {
    const std::string from = given.given() ? given.value : "-";
    const std::string called = shows || from == "-" ? name_of_file(from) : "the file";
    const auto text = read_given_file(from, called,
                                      {given.option.name() + ", " + short_help(given.option),
                                       given.option.field().list ? Unseen::lines : Unseen::line});
    if (!text) return error(text.error().code, given.option.name() + ": " + text.error().message);
    const json::Field& field = given.option.field();
    if (!field.list) return json::Plain(*text);
    const std::size_t begin = text->find_first_not_of(" \t\r\n");
    const bool is_json =
        begin != std::string::npos && ((*text)[begin] == '[' || (*text)[begin] == '{');
    if (!is_json && fits_csv(field)) {
        auto list = list_from_csv(*field.table, *text);
        if (!list)
            return error(list.error().code,
                         given.option.name() + ": " + called + ": " + list.error().message);
        return list;
    }
    const auto parsed = json::read_node(*text);
    if (!parsed)
        return error(parsed.error().code, given.option.name() + ": " + parsed.error().message);
    return parsed->plain();
}

// stdin is read once, unless a person types at it; and who isn't there can't be asked.
Result<void> stdin_or_missing(const Options& options) {
    if (can_ask()) return {};
    std::string reads_stdin;
    for (const TypedOption* each : options) {
        const std::string name = each->option.name();
        if (!each->given() && each->option.is_asked_for())
            return error(name + " is required: give @FILE, or - for stdin");
        if (!each->given() || !each->option.from_file() || each->value != "-") continue;
        if (!reads_stdin.empty())
            return error(name + " and " + reads_stdin +
                         " can't both be read from stdin: give one of them as @FILE");
        reads_stdin = name;
    }
    return {};
}

void flatten(const json::Table& table, std::vector<const json::Field*>& path, bool required,
             std::vector<CommandOption>& options) {
    for (const json::Field& field : table.fields) {
        if (field.unsent || field.kind == Kind::variant) continue;
        path.push_back(&field);
        const bool needed = required && json::must_stand(field);
        if (field.kind == Kind::table && !field.list)
            flatten(*field.table, path, needed, options);
        else
            options.push_back({path, needed});
        path.pop_back();
    }
}

}  // namespace

std::string CommandOption::name() const {
    std::string text = "-";
    const json::Field* above = nullptr;
    for (const json::Field* each : path) {
        // An amount of money called "amount" is --amount, not --amount-amount.
        if (!above || above->name != each->name) text += "-" + each->name;
        above = each;
    }
    std::replace(text.begin(), text.end(), '_', '-');
    return text;
}

std::string CommandOption::place() const {
    std::string text;
    for (const json::Field* each : path) text += (text.empty() ? "" : ".") + each->name;
    return text;
}

bool CommandOption::is_amount() const {
    return path.size() > 1 && is_money(*path[path.size() - 2]) && field().name == "amount";
}

bool CommandOption::from_file() const { return field().list || field().kind == Kind::sealed; }

std::string CommandOption::takes() const {
    if (from_file()) return "@FILE|-";
    switch (field().kind) {
        case Kind::boolean:
            return {};
        case Kind::integer:
            return is_amount() ? "AMOUNT" : "N";
        case Kind::date:
            return "DATE";
        case Kind::time:
            return "TIME";
        case Kind::until:
            return "DATE|TIME";
        case Kind::choice:
            return joined(names_of(field()), "|");
        case Kind::flags:
            return "NAME,...";
        case Kind::text:
            return field().identifier ? "NAME" : "TEXT";
        case Kind::bytes:
        case Kind::hash:
            return "HEX";
        case Kind::sealed:
        case Kind::nested:
        case Kind::table:
        case Kind::structure:
        case Kind::variant:
            break;
    }
    LEDGER_CHECK(false);  // no field of a command, or handled above
}

std::string CommandOption::help() const {
    if (is_amount()) return "The amount, as its currency is written: 475.00 of USD, 475000 of KRW";
    std::string words = on_one_line(field().documentation);
    if (words.empty()) words = meaning_of(field().name);
    if (words.ends_with('.')) words.pop_back();
    const std::string form = allowed(*this);
    if (form.empty()) return words;
    return words.empty() ? form : words + " (" + form + ")";
}

std::vector<CommandOption> options_of(const json::Table& table) {
    std::vector<CommandOption> options;
    std::vector<const json::Field*> path;
    flatten(table, path, true, options);
    return options;
}

void add_options(Subcommand command, std::vector<TypedOption>& options, bool shows) {
    for (TypedOption& each : options) {
        const CommandOption& option = each.option;
        const json::Field& field = option.field();
        if (field.kind == Kind::boolean && !field.list) {
            each.typed = command.add_flag(option.name(), each.on, option.help());
            continue;
        }
        const Option added = command.add_option(option.name(), each.value, option.help());
        added.type_name(option.takes()).required(option.required && !option.is_asked_for());
        if (option.from_file()) added.check(sealed_advice);
        if (field.kind == Kind::choice || field.kind == Kind::flags)
            added.check(one_of_names(names_of(field), field.kind == Kind::flags, shows));
        each.typed = added;
    }
}

Result<GivenValues> values_of(const std::vector<const TypedOption*>& options, bool shows) {
    GivenValues values;
    if (const auto wrong = stdin_or_missing(options); !wrong) return wrong.error();
    for (const TypedOption* each : options) {
        const CommandOption& option = each->option;
        if (!each->given() || option.from_file()) continue;
        if (!option.is_amount()) {
            values[option.place()] = value_of(option.field(), *each);
            continue;
        }
        auto amount = amount_of(*each, options);
        if (!amount) return amount.error();
        values[option.place()] = std::move(*amount);
    }
    for (const TypedOption* each : options) {
        if (!each->option.from_file() || (!each->given() && !each->option.is_asked_for())) continue;
        auto value = from_file(*each, shows);
        if (!value) return value.error();
        values[each->option.place()] = std::move(*value);
    }
    return values;
}

json::Plain table_of_values(const json::Table& table, const GivenValues& values,
                            const std::string& prefix) {
    json::Plain object = json::Plain::object();
    for (const json::Field& field : table.fields) {
        const std::string place = prefix + field.name;
        const auto value = values.find(place);
        if (value != values.end()) {
            object.add(field.name, value->second);
        } else if (field.kind == Kind::table && !field.list) {
            const auto inside = values.lower_bound(place + ".");
            const bool any = inside != values.end() && inside->first.starts_with(place + ".");
            if (any || field.required)
                object.add(field.name, table_of_values(*field.table, values, place + "."));
        }
    }
    return object;
}

}  // namespace ledger::tools
