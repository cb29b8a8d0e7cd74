#include "events/json/read.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "command_generated.h"
#include "events/date.h"
#include "events/folded.h"
#include "events/json/expect.h"
#include "events/json/forms.h"
#include "events/json/quote.h"

namespace ledger::json {
namespace {

// A command of the ledger itself, for which no partner stands.
bool is_ledgers_own(const Choice& command) {
    return command.value == static_cast<std::int64_t>(fb::CommandBody::MoveClock) ||
           command.value == static_cast<std::int64_t>(fb::CommandBody::PublishPolicy) ||
           command.value == static_cast<std::int64_t>(fb::CommandBody::PublishCatalogue);
}

// Adds a step to a path for as long as it lives.
class Step {
public:
    Step(std::string& path, std::string_view name) : path_(path), before_(path.size()) {
        if (!path_.empty()) path_ += '.';
        path_ += name;
    }
    Step(std::string& path, std::size_t index) : path_(path), before_(path.size()) {
        path_ += '[' + std::to_string(index) + ']';
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { path_.resize(before_); }

private:
    std::string& path_;
    std::size_t before_;
};

class Reader {
public:
    // With `goes_on` behind a fault too, so that all of them are told.
    Reader(Callers callers, bool shows, bool goes_on = false)
        : callers_(callers), shows_(shows), goes_on_(goes_on) {}

    bool table(const Table& table, const Node& element, std::vector<Value>& parts);
    bool tables(const Table& table, const Node& element, std::vector<std::vector<Value>>& all);
    Error take_error() { return std::move(faults_.front()); }
    std::vector<Error> take_faults() { return std::move(faults_); }

private:
    // The members of an object by the place of their field in the table, null ones left out.
    struct Members {
        std::vector<std::optional<Node>> fields;
        std::optional<Node> type;  // of the union's member
    };

    bool collect(const Table& table, const Node& object, Members& members);
    bool take_member(const Table& table, std::string_view name, const Node& value,
                     std::size_t number, Members& members, std::vector<bool>& seen);
    bool unknown_field(const Table& table, std::string_view name, std::size_t number);
    bool caller_may(const Members& members, const Field& variant);
    bool member(const Field& field, const std::optional<Node>& element, std::vector<Value>& parts);
    bool partner(const Field& field, const std::optional<Node>& element, std::vector<Value>& parts);
    bool variant(const Field& field, const Members& members, const std::optional<Node>& element,
                 std::vector<Value>& parts);
    std::vector<std::string_view> types_of(const Field& variant) const;
    bool list(const Field& field, const Node& element, Value& value);
    bool value(const Field& field, const Node& element, Value& value);
    bool boolean(const Field& field, const Node& element, Value& value);
    bool integer(const Field& field, const Node& element, Value& value);
    bool date(const Field& field, const Node& element, Value& value);
    bool choice(const Field& field, const Node& element, Value& value);
    bool flags(const Field& field, const Node& element, Value& value);
    bool text(const Field& field, const Node& element, Value& value);
    bool hex(const Field& field, const Node& element, Value& value);

    bool may_show(const Table& table, const Node& object) const;
    std::string but_found(const Node& element) const;
    std::string_view which() const { return shows_ ? ", which " : ", and this one "; }
    bool fail(ErrorCode code, const std::string& reason);
    bool wrong(const Field& field, const Node& element);
    bool missing(const std::string& expected) {
        return fail(kMissing, "missing, expected " + expected);
    }

    const Table& commands_ = table_named("Command");
    Callers callers_;
    bool ledgers_own_ = false;  // the command at hand is
    bool shows_ = false;        // an error may repeat what was found
    bool goes_on_;
    std::string path_;
    std::vector<Error> faults_;  // one, unless it goes on
};

bool Reader::fail(ErrorCode code, const std::string& reason) {
    if (faults_.size() == kFaultsMax) return false;
    faults_.push_back(error(code, path_.empty() ? reason : path_ + ": " + reason));
    faults_.back().place = path_;
    return false;
}

// ", found 17", or nothing.
std::string Reader::but_found(const Node& element) const {
    return shows_ ? ", found " + element.in_words() : "";
}

// Of a command that says what it is, and is none with a sealed text.
bool Reader::may_show(const Table& table, const Node& object) const {
    const Field& body = *table.field("body");
    bool shows = false;
    const bool all = object.each_member([&](std::string_view name, const Node& value) {
        if (name != "type") return true;
        const auto named = value.text();
        const Choice* command = named ? body.choice(*named) : nullptr;
        shows = command && !command->table->holds_sealed;
        return shows;
    });
    return all && shows;
}

bool Reader::wrong(const Field& field, const Node& element) {
    return fail(kWrongValue, "expected " + expectation(field, true) + but_found(element));
}

bool Reader::tables(const Table& table, const Node& element, std::vector<std::vector<Value>>& all) {
    if (!element.is(Node::Kind::list))
        return fail(kWrongValue, "expected a JSON list" + but_found(element));
    return element.each_element([&](const Node& each) {
        const Step step(path_, all.size());
        return this->table(table, each, all.emplace_back());
    });
}

bool Reader::table(const Table& table, const Node& element, std::vector<Value>& parts) {
    if (!element.is(Node::Kind::object)) {
        const char* expected = path_.empty() ? "a JSON object" : "an object";
        return fail(kWrongValue, std::string("expected ") + expected + but_found(element));
    }
    if (&table == &commands_) shows_ = may_show(table, element);
    Members members;
    bool all_fine = collect(table, element, members);
    if (!all_fine && !goes_on_) return false;
    if (&table == &commands_ && !caller_may(members, *table.field("body"))) return false;
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        const Field& field = table.fields[i];
        const auto& given = members.fields[i];
        const bool is_partner = &table == &commands_ && ledgers_own_ && field.name == "partner";
        const bool fine = is_partner                    ? partner(field, given, parts)
                          : field.kind == Kind::variant ? variant(field, members, given, parts)
                                                        : member(field, given, parts);
        all_fine = all_fine && fine;
        if (!fine && !goes_on_) return false;
    }
    return all_fine;
}

bool Reader::collect(const Table& table, const Node& object, Members& members) {
    members.fields.resize(table.fields.size());
    std::vector<bool> seen(table.fields.size() + 1);
    std::size_t number = 0;
    bool all_fine = true;
    object.each_member([&](std::string_view name, const Node& value) {
        const bool fine = take_member(table, name, value, ++number, members, seen);
        all_fine = all_fine && fine;
        return fine || goes_on_;
    });
    return all_fine;
}

bool Reader::take_member(const Table& table, std::string_view name, const Node& value,
                         std::size_t number, Members& members, std::vector<bool>& seen) {
    const Field* field = table.field(name);
    const auto is_variant = [](const Field& each) { return each.kind == Kind::variant; };
    const bool is_type = name == "type" && !field &&
                         std::any_of(table.fields.begin(), table.fields.end(), is_variant);
    if (!field && !is_type) return unknown_field(table, name, number);
    const std::size_t place =
        is_type ? table.fields.size() : static_cast<std::size_t>(field - table.fields.data());
    const Step step(path_, name);
    if (seen[place]) return fail(kGivenTwice, "given twice, keep one of them");
    seen[place] = true;
    if (value.is(Node::Kind::null)) return true;
    if (!is_type && field->unsent) return fail(kNotGiven, "not given by callers, leave it out");
    (is_type ? members.type : members.fields[place]) = value;
    return true;
}

// `number`: which of the object's fields it is, from 1.
bool Reader::unknown_field(const Table& table, std::string_view name, std::size_t number) {
    std::vector<std::string_view> names;
    for (const Field& field : table.fields) {
        if (field.kind == Kind::variant) names.push_back("type");
        if (!field.unsent) names.push_back(field.name);
    }
    const std::string known = names.empty() ? ", expected none here" : hint(name, names);
    if (!shows_)
        return fail(kUnknownField, "unknown field (number " + std::to_string(number) + ")" + known);
    const bool shown = name.size() <= kFoundMaxBytes && is_plain_word(name);
    const Step step(path_, shown ? std::string(name) : quote(shortened(name, kFoundMaxBytes)));
    return fail(kUnknownField, "unknown field" + known);
}

// Notes whether the command is the ledger's own, which not everyone may give.
bool Reader::caller_may(const Members& members, const Field& variant) {
    const auto type = members.type ? members.type->text() : std::nullopt;
    if (!type) return true;
    const Choice* command = variant.choice(*type);
    ledgers_own_ = command && is_ledgers_own(*command);
    if (!ledgers_own_ || callers_ == Callers::the_ledger) return true;
    const Step step(path_, "type");
    if (command->value == static_cast<std::int64_t>(fb::CommandBody::MoveClock))
        return fail(kLedgersOwn,
                    "a sandbox ledger's clock is moved by a line {\"clock\": \"2021-02-01\"}, "
                    "not by a command");
    return fail(kLedgersOwn,
                command->name + " is a command of the ledger itself, not of a partner");
}

bool Reader::member(const Field& field, const std::optional<Node>& element,
                    std::vector<Value>& parts) {
    if (!element && !must_stand(field)) return true;
    const Step step(path_, field.name);
    if (!element) return missing(expectation(field));
    Value value;
    value.field = &field;
    const bool fine =
        field.list ? list(field, *element, value) : this->value(field, *element, value);
    if (!fine) return false;
    const bool empty = (field.kind == Kind::text && !field.list && value.text.empty()) ||
                       (field.list && value.parts.empty());
    if (!empty || field.required) parts.push_back(std::move(value));
    return true;
}

// Of a command of the ledger itself: empty, and nobody needs to say so.
bool Reader::partner(const Field& field, const std::optional<Node>& element,
                     std::vector<Value>& parts) {
    if (element && element->text() != std::string_view()) {
        const Step step(path_, field.name);
        return fail(kLedgersOwn,
                    "expected \"\" for a command of the ledger itself" + but_found(*element));
    }
    parts.emplace_back().field = &field;
    return true;
}

bool Reader::variant(const Field& field, const Members& members, const std::optional<Node>& element,
                     std::vector<Value>& parts) {
    if (!members.type && !element && !field.required) return true;
    Value value;
    value.field = &field;
    {
        const Step step(path_, "type");
        const std::vector<std::string_view> types = types_of(field);
        if (!members.type) return missing(one_of(types));
        const auto name = members.type->text();
        if (!name) return fail(kWrongValue, "expected " + one_of(types) + but_found(*members.type));
        value.choice = field.choice(*name);
        if (!value.choice)
            return fail(kUnknownType,
                        "unknown type" +
                            (shows_ ? " " + quote(shortened(*name, kFoundMaxBytes)) : "") +
                            hint(*name, types));
    }
    const Step step(path_, field.name);
    if (!element) return missing("an object");
    if (!table(*value.choice->table, *element, value.parts)) return false;
    parts.push_back(std::move(value));
    return true;
}

std::vector<std::string_view> Reader::types_of(const Field& variant) const {
    std::vector<std::string_view> names;
    const bool all = callers_ == Callers::the_ledger || &variant != commands_.field("body");
    for (const Choice& each : variant.choices)
        if (all || !is_ledgers_own(each)) names.push_back(each.name);
    return names;
}

bool Reader::list(const Field& field, const Node& element, Value& value) {
    if (!element.is(Node::Kind::list))
        return fail(kWrongValue, "expected " + expectation(field) + but_found(element));
    bool all_fine = true;
    element.each_element([&](const Node& each) {
        const Step step(path_, value.parts.size());
        Value& part = value.parts.emplace_back();
        part.field = &field;
        const bool fine = this->value(field, each, part);
        all_fine = all_fine && fine;
        return fine || goes_on_;
    });
    if (!all_fine) return false;
    const auto count = static_cast<std::int64_t>(value.parts.size());
    if (field.length && (count < field.length->least || count > field.length->most))
        return fail(kWrongValue,
                    "expected " + expectation(field) + ", found " + std::to_string(count));
    return true;
}

bool Reader::value(const Field& field, const Node& element, Value& value) {
    if (field.list && field.kind != Kind::text && field.kind != Kind::table &&
        field.kind != Kind::integer && field.kind != Kind::date)
        return fail(kNotGiven, "a list of this kind can't be given in JSON, leave it out");
    switch (field.kind) {
        case Kind::boolean:
            return boolean(field, element, value);
        case Kind::integer:
            return integer(field, element, value);
        case Kind::date:
        case Kind::time:
        case Kind::until:
            return date(field, element, value);
        case Kind::choice:
            return choice(field, element, value);
        case Kind::flags:
            return flags(field, element, value);
        case Kind::text:
        case Kind::sealed:
            return text(field, element, value);
        case Kind::bytes:
        case Kind::hash:
            return hex(field, element, value);
        case Kind::table:
            return table(*field.table, element, value.parts);
        case Kind::nested:
        case Kind::structure:
        case Kind::variant:
            return fail(kNotGiven, "can't be given in JSON, leave it out");
    }
    LEDGER_CHECK(false);
}

bool Reader::boolean(const Field& field, const Node& element, Value& value) {
    const auto flag = element.boolean();
    if (!flag) return wrong(field, element);
    value.number = *flag ? 1 : 0;
    return true;
}

bool Reader::integer(const Field& field, const Node& element, Value& value) {
    const Numbers numbers = numbers_of(field);
    if (const auto number = element.integer()) {
        value.number = *number;
        if (value.number < numbers.least ||
            (value.number > 0 && static_cast<std::uint64_t>(value.number) > numbers.most))
            return wrong(field, element);
        return true;
    }
    const auto number = element.large_integer();
    if (!number || *number > numbers.most) return wrong(field, element);
    value.number = static_cast<std::int64_t>(*number);
    return true;
}

bool Reader::date(const Field& field, const Node& element, Value& value) {
    const auto text = element.text();
    if (!text) return wrong(field, element);
    const std::optional<Date> date = field.kind == Kind::time ? std::nullopt : parse_date(*text);
    const std::optional<Time> time = field.kind == Kind::date ? std::nullopt : parse_time(*text);
    if (!date && !time) {
        return fail(kWrongValue, "expected " + expectation(field) + but_found(element) +
                                     date_fault(*text, which()));
    }
    if (time)
        value.number = time->milliseconds;
    else
        value.number = field.kind == Kind::date ? date->days : end_of(*date).milliseconds;
    return true;
}

bool Reader::choice(const Field& field, const Node& element, Value& value) {
    const auto name = element.text();
    const Choice* choice = name ? field.choice(*name) : nullptr;
    if (!choice) return wrong(field, element);
    value.number = choice->value;
    return true;
}

bool Reader::flags(const Field& field, const Node& element, Value& value) {
    if (!element.is(Node::Kind::list)) return wrong(field, element);
    std::vector<std::string_view> names;
    for (const Choice& each : field.choices) names.push_back(each.name);
    std::size_t index = 0;
    return element.each_element([&](const Node& each) {
        const Step step(path_, index++);
        const auto name = each.text();
        const Choice* choice = name ? field.choice(*name) : nullptr;
        if (!choice) return fail(kWrongValue, "expected " + one_of(names) + but_found(each));
        if (value.number & choice->value)
            return fail(kGivenTwice, quote(choice->name) + " is given twice, keep one");
        value.number |= choice->value;
        return true;
    });
}

bool Reader::text(const Field& field, const Node& element, Value& value) {
    const auto text = element.text();
    if (!text) return wrong(field, element);
    value.text = *text;
    if (!has_length(field, value.text)) {
        const bool fits = value.text.size() <= kFoundMaxBytes;
        const bool counted = !fits && field.kind != Kind::sealed;
        return fail(kWrongValue, "expected " + expectation(field) +
                                     (counted ? ", found " + std::to_string(value.text.size())
                                              : but_found(element)));
    }
    if (field.identifier && !is_name(value.text)) {
        const std::string lower = lower_case(value.text);
        const std::string advice = is_name(lower) ? ", write it in lower case" : "";
        return fail(
            kWrongValue,
            "expected a name of a-z, 0-9, '.', '_' and '-' that starts with a letter or a digit" +
                but_found(element) + advice);
    }
    if (field.email && !is_email(value.text)) return wrong(field, element);
    // What may be empty may be blank.
    if (field.length && field.length->least > 0 && is_blank(value.text))
        return fail(kWrongValue,
                    "expected " + expectation(field, true) + ", found nothing but blanks");
    return true;
}

bool Reader::hex(const Field& field, const Node& element, Value& value) {
    const auto text = element.text();
    if (!text) return wrong(field, element);
    const auto bytes =
        field.kind == Kind::hash ? parse_hex_words(*text, field.table->width) : parse_hex(*text);
    if (!bytes) return wrong(field, element);
    value.bytes = *bytes;
    return true;
}

}  // namespace

bool must_stand(const Field& field) {
    if (field.unsent) return false;
    if (field.required) return true;
    if (field.width == 0 || field.list || field.optional) return false;
    if (field.kind == Kind::date || field.kind == Kind::time || field.kind == Kind::until)
        return true;
    return field.range &&
           (field.otherwise < field.range->least || field.otherwise > field.range->most);
}

Result<std::vector<Value>> read_table(const Table& table, const Node& given, Callers callers) {
    Reader reader(callers, !table.holds_sealed);
    std::vector<Value> parts;
    if (!reader.table(table, given, parts)) return reader.take_error();
    return parts;
}

Result<std::vector<Value>> read_table(const Table& table, std::string_view json, Callers callers) {
    const Result<Node> root = read_node(json);
    if (!root) return root.error();
    return read_table(table, *root, callers);
}

Result<std::vector<Value>> read_table(const Table& table, const Node& given,
                                      std::vector<Error>& faults) {
    Reader reader(Callers::the_ledger, !table.holds_sealed, true);
    std::vector<Value> parts;
    if (reader.table(table, given, parts)) return parts;
    faults = reader.take_faults();
    return faults.front();
}

Result<std::vector<std::vector<Value>>> read_tables(const Table& table, std::string_view json) {
    const Result<Node> root = read_node(json);
    if (!root) return root.error();
    Reader reader(Callers::partners, !table.holds_sealed);
    std::vector<std::vector<Value>> all;
    if (!reader.tables(table, *root, all)) return reader.take_error();
    return all;
}

}  // namespace ledger::json
