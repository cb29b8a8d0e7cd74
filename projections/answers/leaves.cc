#include "projections/answers/leaves.h"

#include <array>

#include "common_generated.h"
#include "events/check.h"
#include "events/json/cells.h"
#include "events/json/walk.h"
#include "events/money.h"

namespace ledger::answers {
namespace {

using json::Field;
using json::Kind;
using json::TableView;
using Path = std::vector<std::string>;

// What tells an element of a list from its neighbours, and what such an element is called.
constexpr std::array<std::string_view, 3> kNames{"id", "sku", "seat"};

std::string spaced(std::string_view name) {
    std::string words(name);
    for (char& c : words)
        if (c == '_') c = ' ';
    return words;
}

std::string singular(std::string_view name) {
    return spaced(name.ends_with('s') ? name.substr(0, name.size() - 1) : name);
}

void add_word(std::string& words, std::string_view word) {
    words += (words.empty() ? "" : ", ") + std::string(word);
}

// "global_admin, admin_agent"
std::string flag_words(const Field& field, const std::uint8_t* place) {
    const std::int64_t value = place ? json::read_scalar(field, place) : field.otherwise;
    std::string words;
    for (const json::Choice& choice : field.choices)
        if ((value & choice.value) != 0) add_word(words, choice.name);
    return words;
}

class Reader {
public:
    explicit Reader(const json::OpenText& open) {
        style_.open = open;
        style_.in_words = true;
    }

    void table(const TableView& table, const Path& path, const Field* named_by = nullptr);
    std::vector<Leaf> take() { return std::move(leaves_); }

private:
    void field(const Field& field, const std::uint8_t* place, const Path& path);
    void list(const Field& field, const std::uint8_t* place, const Path& path);
    void element(const Field& field, const TableView& element, std::uint32_t index,
                 const Path& path);
    std::string plain(const Field& field, const std::uint8_t* place) const;

    json::Style style_;
    std::vector<Leaf> leaves_;
};

void Reader::table(const TableView& table, const Path& path, const Field* named_by) {
    for (const Field& each : table.type->fields) {
        // No answer that is compared holds one of several tables.
        LEDGER_CHECK(each.kind != Kind::variant);
        if (&each != named_by && !each.moment)
            field(each, json::place_of(*table.type, each, table.at), path);
    }
}

std::string Reader::plain(const Field& field, const std::uint8_t* place) const {
    if (field.kind == Kind::flags) return flag_words(field, place);
    std::string text = json::cell_at(field, place, style_).text;
    if (field.kind == Kind::boolean) return text == "true" ? "yes" : "no";
    return text;
}

void Reader::field(const Field& field, const std::uint8_t* place, const Path& path) {
    if (field.list) {
        if (place) list(field, place, path);
        return;
    }
    Path inner = path;
    inner.push_back(spaced(field.name));
    if (field.kind != Kind::table) {
        std::string text = plain(field, place);
        if (!text.empty()) leaves_.push_back({std::move(inner), std::move(text), &field});
        return;
    }
    if (!place) return;
    const TableView held{field.table, json::follow(place)};
    if (field.table->name == "Money") {
        const auto& amount = *reinterpret_cast<const fb::Money*>(held.at);
        leaves_.push_back(
            {std::move(inner), money(amount.amount(), amount.currency()->string_view()), &field});
        return;
    }
    table(held, inner);
}

// A list of texts is one value; of a list of things each has its own place.
void Reader::list(const Field& field, const std::uint8_t* place, const Path& path) {
    const json::List elements = json::read_list(field, json::follow(place));
    Field one = field;
    one.list = false;
    std::string words;
    for (std::uint32_t i = 0; i < elements.count; ++i) {
        const std::uint8_t* at = elements.first + std::size_t{i} * elements.stride;
        if (field.kind == Kind::table)
            element(field, {field.table, json::follow(at)}, i, path);
        else
            add_word(words, plain(one, at));
    }
    if (words.empty()) return;
    Path inner = path;
    inner.push_back(spaced(field.name));
    leaves_.push_back({std::move(inner), std::move(words), &field});
}

void Reader::element(const Field& field, const TableView& element, std::uint32_t index,
                     const Path& path) {
    Path inner = path;
    const Field* named_by = nullptr;
    for (const std::string_view candidate : kNames) {
        named_by = element.type->field(candidate);
        if (!named_by) continue;
        inner.push_back(singular(field.name) + " " +
                        plain(*named_by, json::place_of(*element.type, *named_by, element.at)));
        break;
    }
    if (!named_by) inner.push_back(singular(field.name) + " " + std::to_string(index + 1));
    // The mark of a thing: it is there, whatever else is known of it.
    leaves_.push_back({inner, {}, &field});
    table(element, inner, named_by);
}

}  // namespace

std::vector<Leaf> leaves_of(const TableView& table, const json::OpenText& open) {
    Reader reader(open);
    reader.table(table, {});
    return reader.take();
}

}  // namespace ledger::answers
