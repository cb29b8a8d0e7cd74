#include "tools/benefits/screens/json_leaves.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "events/json/node.h"
#include "tools/benefits/cli/money_text.h"
#include "tools/benefits/screens/partner_sheet.h"

namespace ledger::tools {
namespace {

using json::Node;
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

std::string scalar(const Node& value) {
    if (const auto text = value.text()) return std::string(*text);
    if (const auto yes = value.boolean()) return *yes ? "yes" : "no";
    return value.json();
}

bool is_plain(const Node& value) {
    return !value.is(Node::Kind::object) && !value.is(Node::Kind::list);
}

class Reader {
public:
    explicit Reader(const std::vector<std::string_view>& left_out) : left_out_(left_out) {}

    void object(const Node& object, const Path& path, std::string_view name_member = {});
    std::vector<Leaf> take() { return std::move(leaves_); }

private:
    void value(std::string_view name, const Node& value, const Path& path);
    void list(std::string_view name, const Node& list, const Path& path);

    const std::vector<std::string_view>& left_out_;
    std::vector<Leaf> leaves_;
};

void Reader::object(const Node& object, const Path& path, std::string_view name_member) {
    object.each_member([&](std::string_view name, const Node& member) {
        if (name != name_member &&
            std::find(left_out_.begin(), left_out_.end(), name) == left_out_.end())
            value(name, member, path);
    });
}

void Reader::value(std::string_view name, const Node& value, const Path& path) {
    if (value.is(Node::Kind::list)) return list(name, value, path);
    Path inner = path;
    inner.push_back(spaced(name));
    if (!value.is(Node::Kind::object)) {
        leaves_.push_back({std::move(inner), scalar(value)});
        return;
    }
    const auto amount = value.member("amount");
    const auto currency = value.member("currency");
    if (amount && amount->integer() && currency && currency->text())
        leaves_.push_back(
            {std::move(inner), money(*amount->integer(), std::string(*currency->text()))});
    else
        object(value, inner);
}

// A list of texts is one value; of a list of things each has its own place.
void Reader::list(std::string_view name, const Node& list, const Path& path) {
    std::string words;
    list.each_element([&](const Node& each) {
        if (is_plain(each)) {
            words += (words.empty() ? "" : ", ") + scalar(each);
            return;
        }
        Path inner = path;
        std::string_view named_by;
        for (const std::string_view candidate : kNames) {
            const auto id = each.member(candidate);
            if (!named_by.empty() || !id) continue;
            named_by = candidate;
            inner.push_back(singular(name) + " " + scalar(*id));
        }
        // The mark of a thing: it is there, whatever else is known of it.
        leaves_.push_back({inner, {}});
        object(each, inner, named_by);
    });
    if (words.empty()) return;
    Path inner = path;
    inner.push_back(spaced(name));
    leaves_.push_back({std::move(inner), std::move(words)});
}

std::map<Path, std::string> by_path(const std::vector<Leaf>& leaves) {
    std::map<Path, std::string> map;
    for (const Leaf& leaf : leaves) map.emplace(leaf.path, leaf.value);
    return map;
}

// The things that stand in `leaves` and not in `others`, the outermost only.
std::set<Path> whole_things(const std::vector<Leaf>& leaves,
                            const std::map<Path, std::string>& others) {
    std::set<Path> things;
    for (const Leaf& leaf : leaves) {
        if (!leaf.value.empty() || others.contains(leaf.path)) continue;
        const bool inside = std::any_of(things.begin(), things.end(), [&](const Path& thing) {
            return thing.size() < leaf.path.size() &&
                   std::equal(thing.begin(), thing.end(), leaf.path.begin());
        });
        if (!inside) things.insert(leaf.path);
    }
    return things;
}

// The thing of `things` that the path lies in; null when it lies in none.
const Path* thing_around(const Path& path, const std::set<Path>& things) {
    for (std::size_t size = path.size(); size > 0; --size) {
        const auto found =
            things.find(Path(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(size)));
        if (found != things.end()) return &*found;
    }
    return nullptr;
}

// "offer action-pack, term active": its own fields, without those of what it holds.
std::string summary(const Path& thing, const std::vector<Leaf>& leaves) {
    std::string words;
    for (const Leaf& leaf : leaves) {
        const bool own = leaf.path.size() == thing.size() + 1 && !leaf.value.empty() &&
                         std::equal(thing.begin(), thing.end(), leaf.path.begin());
        if (own) words += (words.empty() ? "" : ", ") + leaf.path.back() + " " + leaf.value;
    }
    return words.empty() ? "there" : words;
}

}  // namespace

std::vector<Leaf> leaves_of(std::string_view json, const std::vector<std::string_view>& left_out) {
    const auto root = json::read_node(json);
    LEDGER_CHECK(root.ok());
    Reader reader(left_out);
    reader.object(*root, {});
    return reader.take();
}

std::vector<Change> changes_between(const std::vector<Leaf>& before,
                                    const std::vector<Leaf>& after) {
    const auto was = by_path(before);
    const auto is = by_path(after);
    const std::set<Path> came = whole_things(after, was);
    const std::set<Path> went = whole_things(before, is);
    std::vector<Change> changes;
    for (const Leaf& leaf : after) {
        if (const Path* thing = thing_around(leaf.path, came)) {
            if (*thing == leaf.path) changes.push_back({*thing, {}, summary(*thing, after)});
            continue;
        }
        const auto old = was.find(leaf.path);
        const std::string before_it = old == was.end() ? "" : old->second;
        if (before_it != leaf.value) changes.push_back({leaf.path, before_it, leaf.value});
    }
    for (const Leaf& leaf : before) {
        if (const Path* thing = thing_around(leaf.path, went)) {
            if (*thing == leaf.path) changes.push_back({*thing, summary(*thing, before), {}});
        } else if (!is.contains(leaf.path)) {
            changes.push_back({leaf.path, leaf.value, {}});
        }
    }
    return changes;
}

}  // namespace ledger::tools
