#include "projections/answers/changes.h"

#include <algorithm>
#include <map>
#include <set>

#include "projections/answers/partner_sheet.h"

namespace ledger::answers {
namespace {

using Path = std::vector<std::string>;

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

fb::ChangeT change(const Path& path, std::string before, std::string after) {
    fb::ChangeT change;
    change.path = path;
    for (const std::string& step : path) change.what += (change.what.empty() ? "" : ", ") + step;
    change.before = std::move(before);
    change.after = std::move(after);
    return change;
}

std::unique_ptr<fb::ComparedMomentT> moment(const PartnerThen& partner) {
    auto moment = std::make_unique<fb::ComparedMomentT>();
    moment->day = partner.day.days;
    moment->version = partner.state.version;
    return moment;
}

}  // namespace

std::vector<fb::ChangeT> changes_between(const std::vector<Leaf>& before,
                                         const std::vector<Leaf>& after) {
    const auto was = by_path(before);
    const auto is = by_path(after);
    const std::set<Path> came = whole_things(after, was);
    const std::set<Path> went = whole_things(before, is);
    std::vector<fb::ChangeT> changes;
    for (const Leaf& leaf : after) {
        if (const Path* thing = thing_around(leaf.path, came)) {
            if (*thing == leaf.path) changes.push_back(change(*thing, {}, summary(*thing, after)));
            continue;
        }
        const auto old = was.find(leaf.path);
        const std::string before_it = old == was.end() ? "" : old->second;
        if (before_it != leaf.value) changes.push_back(change(leaf.path, before_it, leaf.value));
    }
    for (const Leaf& leaf : before) {
        if (const Path* thing = thing_around(leaf.path, went)) {
            if (*thing == leaf.path) changes.push_back(change(*thing, summary(*thing, before), {}));
        } else if (!is.contains(leaf.path)) {
            changes.push_back(change(leaf.path, leaf.value, {}));
        }
    }
    return changes;
}

fb::ChangesT changes(const Snapshot& snapshot, const PartnerThen& from, const PartnerThen& to,
                     const json::OpenText& open) {
    const auto leaves = [&](const PartnerThen& then) {
        return leaves_of(json::Packed(partner_sheet(snapshot, then)).view(), open);
    };
    fb::ChangesT answer;
    answer.partner = to.state.partner;
    answer.from = moment(from);
    answer.to = moment(to);
    answer.changes = changes_between(leaves(from), leaves(to));
    return answer;
}

}  // namespace ledger::answers
