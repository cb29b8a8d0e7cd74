#include "aggregates/version_files.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "aggregates/catalogue/other_kinds.h"
#include "events/json/cells.h"
#include "events/json/decode.h"
#include "events/json/quote.h"
#include "events/json/syntax_place.h"
#include "events/json/table_view.h"
#include "events/json/walk.h"
#include "events/record.h"

namespace ledger {
namespace {

using json::Field;
using json::Kind;
using json::TableView;

// What tells the elements of a list from each other.
constexpr std::string_view kNames[] = {"id", "sku"};
constexpr std::string_view kFrom = "_from";
constexpr std::string_view kTo = "_to";

Error fault(ErrorCode code, const std::string& place, const std::string& reason) {
    Error found = error(code, place.empty() ? reason : place + ": " + reason);
    found.place = place;
    return found;
}

std::string inside(const std::string& place, std::string_view field) {
    return place + (place.empty() || field.starts_with('[') ? "" : ".") + std::string(field);
}

// What no single field says: names that stand twice, and periods.
class ContentCheck {
public:
    ContentCheck(std::string file, std::vector<FileFault>& faults)
        : file_(std::move(file)), faults_(faults) {}

    void add(ErrorCode code, const std::string& place, const std::string& reason) {
        faults_.push_back({file_, fault(code, place, reason)});
    }

    void table(const TableView& table, const std::string& place) {
        for (const Field& field : table.type->fields) {
            if (field.kind == Kind::date && field.name.ends_with(kFrom))
                period(table, field, place);
            const std::uint8_t* at = json::place_of(*table.type, field, table.at);
            if (!at || field.kind != Kind::table) continue;
            if (field.list)
                list(field, at, inside(place, field.name));
            else
                this->table({field.table, json::follow(at)}, inside(place, field.name));
        }
    }

private:
    void list(const Field& field, const std::uint8_t* at, const std::string& place) {
        const json::List elements = json::read_list(field, json::follow(at));
        std::map<std::string, std::string> first;  // where each name stood first
        for (std::uint32_t i = 0; i < elements.count; ++i) {
            const std::uint8_t* element =
                json::follow(elements.first + std::size_t{i} * elements.stride);
            const std::string here = inside(place, "[" + std::to_string(i) + "]");
            name(*field.table, element, here, first);
            table({field.table, element}, here);
        }
    }

    void name(const json::Table& type, const std::uint8_t* element, const std::string& here,
              std::map<std::string, std::string>& first) {
        for (const std::string_view called : kNames) {
            const Field* field = type.field(called);
            const std::uint8_t* at = field ? json::place_of(type, *field, element) : nullptr;
            if (!at) continue;
            const std::string text = json::cell_at(*field, at, {}).text;
            const auto [found, is_new] = first.emplace(text, here);
            if (!is_new)
                add(kNameTwice, inside(here, called),
                    json::quote(text) + " stands in " + found->second + " already");
            return;
        }
    }

    // A date `x_from` and its `x_to`: both or none, and in their order.
    void period(const TableView& table, const Field& from, const std::string& place) {
        const std::string stem = from.name.substr(0, from.name.size() - kFrom.size());
        const Field* to = table.type->field(stem + std::string(kTo));
        if (!to) return;
        const auto value = [&](const Field& field) {
            const std::uint8_t* at = json::place_of(*table.type, field, table.at);
            return at ? json::read_scalar(field, at) : field.otherwise;
        };
        const std::int64_t begin = value(from), end = value(*to);
        if ((begin == 0) != (end == 0))
            add(kPeriodOpen, inside(place, begin == 0 ? from.name : to->name),
                "missing, the period has but one of its two dates");
        else if (begin > end)
            add(kPeriodBackwards, inside(place, to->name),
                "expected a date that is not before " + from.name);
    }

    std::string file_;
    std::vector<FileFault>& faults_;
};

void check_own(const fb::PolicyVersion& policy, const std::string& place, ContentCheck& check) {
    if (policy.benefit_roles() == fb::Role::NONE)
        check.add(kRolesNone, inside(place, "benefit_roles"),
                  "expected at least one role, else nobody manages benefits");
}

void check_own(const fb::CatalogueVersion& catalogue, const std::string& place,
               ContentCheck& check) {
    for (const catalogue::OtherKind& other : catalogue::other_kinds_in(catalogue)) {
        const std::string line = "competencies[" + std::to_string(other.area) + "]." +
                                 fb::EnumNameOfferKind(other.level) + "[" +
                                 std::to_string(other.line) + "]";
        check.add(kSkuDiffers, inside(place, line),
                  "expected the kind and unit in which offer " +
                      json::quote(text_of(other.offer->id())) + " grants " +
                      json::quote(text_of(other.granted->sku())) + " too, " +
                      fb::EnumNameBenefitKind(other.granted->kind()) + " and " +
                      fb::EnumNameUnit(other.granted->unit()));
    }
}

template <typename Native>
void read_one(const NamedText& file, const std::string& place, const json::Node& given,
              VersionFiles<Native>& files) {
    using Table = typename Native::TableType;
    std::vector<Error> faults;
    const auto bytes = json::table_from(Table::GetFullyQualifiedName(), given, faults);
    for (Error& each : faults) {
        if (!place.empty()) {
            const bool whole = each.place.empty();
            each.message = place + (whole ? ": " : ".") + each.message;
            each.place = whole ? place : inside(place, each.place);
        }
        files.faults.push_back({file.name, std::move(each)});
    }
    if (!bytes) {
        if (faults.empty()) files.faults.push_back({file.name, bytes.error()});
        return;
    }
    const Table& table = *flatbuffers::GetRoot<Table>(bytes->data());
    auto& one = files.versions.emplace_back();
    one.file = file.name;
    one.place = place;
    table.UnPackTo(&one.version);
    ContentCheck check(file.name, files.faults);
    check.table(json::view_of_table(table), place);
    check_own(table, place, check);
}

// The parser's reason, and where in the file it is.
Error syntax_fault(std::string_view text, const Error& reason) {
    const auto at = json::syntax_fault_at(text);
    return at ? fault(reason.code, json::line_and_column(text, *at), reason.message) : reason;
}

template <typename Native>
std::string stands_in(const typename VersionFiles<Native>::One& one) {
    return one.file + (one.place.empty() ? "" : " " + one.place);
}

}  // namespace

template <typename Native>
VersionFiles<Native> read_version_files(const std::vector<NamedText>& given) {
    VersionFiles<Native> files;
    for (const NamedText& file : given) {
        const auto root = json::read_node(file.text);
        if (!root) {
            files.faults.push_back({file.name, syntax_fault(file.text, root.error())});
        } else if (root->is(json::Node::Kind::list)) {
            std::size_t index = 0;
            root->each_element([&](const json::Node& each) {
                read_one(file, "[" + std::to_string(index++) + "]", each, files);
                return true;
            });
        } else {
            read_one(file, "", *root, files);
        }
    }
    std::stable_sort(
        files.versions.begin(), files.versions.end(),
        [](const auto& a, const auto& b) { return a.version.version < b.version.version; });
    return files;
}

template <typename Native>
void check_sequence(VersionFiles<Native>& files, std::optional<std::uint32_t> first,
                    const std::optional<Published<Native>>& published) {
    using One = typename VersionFiles<Native>::One;
    const auto add = [&](const One& one, ErrorCode code, const char* field,
                         const std::string& reason) {
        files.faults.push_back({one.file, fault(code, inside(one.place, field), reason)});
    };
    std::uint32_t before = first ? *first - 1 : 0;
    std::int32_t since = 0;  // of the version before
    if (published && !published->versions.empty()) {
        before = published->versions.back().version;
        since = published->versions.back().effective;
    }
    const std::uint32_t last_published = published ? before : 0;
    const One* last = nullptr;
    for (const One& one : files.versions) {
        const Native& version = one.version;
        if (last && last->version.version == version.version) {
            add(one, kVersionTwice, "version",
                std::to_string(version.version) + " stands in " + stands_in<Native>(*last) +
                    " already");
            continue;
        }
        const bool begins = !last && !first && !published;
        last = &one;
        if (version.version <= last_published) {
            const auto& known = published->versions;
            const auto same = std::find_if(known.begin(), known.end(), [&](const Native& each) {
                return each.version == version.version;
            });
            if (same == known.end() || !(*same == version))
                add(one, kNotTheLedgers, "version",
                    std::to_string(version.version) +
                        " is published and says something else; 'diff' tells what");
            continue;
        }
        if (!begins && version.version != before + 1)
            add(one, kVersionMissing, "version",
                std::to_string(before + 1) + " is missing before " +
                    std::to_string(version.version));
        const bool follows = before != 0 && since != 0;
        if (follows && version.effective == since)
            add(one, kVersionsOverlap, "effective",
                "version " + std::to_string(before) + " takes effect on " + to_string(Date{since}) +
                    " too");
        else if (follows && version.effective < since)
            add(one, kDatesBackwards, "effective",
                "expected a date after " + to_string(Date{since}) + ", that of version " +
                    std::to_string(before));
        if (published && version.effective < published->today.days)
            add(one, kEffectivePast, "effective",
                "expected a date that is not before the ledger's day, " +
                    to_string(published->today));
        before = version.version;
        since = version.effective;
    }
}

template VersionFiles<fb::PolicyVersionT> read_version_files(const std::vector<NamedText>&);
template VersionFiles<fb::CatalogueVersionT> read_version_files(const std::vector<NamedText>&);
template void check_sequence(VersionFiles<fb::PolicyVersionT>&, std::optional<std::uint32_t>,
                             const std::optional<Published<fb::PolicyVersionT>>&);
template void check_sequence(VersionFiles<fb::CatalogueVersionT>&, std::optional<std::uint32_t>,
                             const std::optional<Published<fb::CatalogueVersionT>>&);

}  // namespace ledger
