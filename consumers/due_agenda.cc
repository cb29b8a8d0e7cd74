#include "consumers/due_agenda.h"

#include <algorithm>

#include "aggregates/ledger_row.h"
#include "events/partition.h"
#include "projections/anchors.h"
#include "projections/queries.h"

namespace ledger {
namespace {

Error index_damaged(const std::string& what) {
    return error(views::kRowDamaged, what + "; run 'benefits rebuild'");
}

std::string passed(std::string_view partner, std::string_view id) {
    std::string key(partner);
    key.push_back('\0');
    key.append(id);
    return key;
}

}  // namespace

Result<std::optional<DueDay>> DueAgenda::next(const views::Snapshot& rows,
                                              const DueSought& sought) {
    if (const auto looked = look_at_policies(rows); !looked) return looked.error();
    // What was not there a moment ago and has an anchor that is long past, for something was undone,
    // stands before all that is walked over each time; it is found before nothing is said to be due.
    bool whole = false;
    while (true) {
        if (const auto walked = walk(rows, sought, whole); !walked) return walked.error();
        const std::optional<Date> day = earliest(sought);
        if (!day || sought.through < *day) {
            if (whole) return std::optional<DueDay>();
            whole = true;
            continue;
        }
        auto found = due_on(rows, *day, sought);
        if (!found) return found.error();
        // As the rows are now it may have been another day.
        if (!found->commands.empty() && earliest(sought) == day)
            return std::optional(std::move(*found));
    }
}

// A version that is published makes the row of the ledger's own state longer, and none is ever taken
// away.
Result<void> DueAgenda::look_at_policies(const views::Snapshot& rows) {
    for (std::uint32_t i = 0; i < partitions_; ++i) {
        const PartitionId partition{i};
        const auto row = rows.get(views::Family::ledger, views::ledger_key(partition));
        if (!row) return row.error();
        const std::size_t bytes = *row ? (*row)->size() : 0;
        const auto known = ruled_.find(partition);
        if (known != ruled_.end() && known->second.row_bytes == bytes) continue;
        Ruled ruled;
        ruled.row_bytes = bytes;
        if (*row) {
            auto ledger = unpack_ledger(view_of(**row));
            if (!ledger) return ledger.error();
            ruled.policies = std::move(ledger->policies);
        }
        lead_days_ = std::max(lead_days_, deadlines::lead_days(Policies(ruled.policies)));
        ruled_.insert_or_assign(partition, std::move(ruled));
        for (auto partner = partners_.begin(); partner != partners_.end();) {
            const auto each = partner++;
            if (each->second.partition == partition) again(each);
        }
    }
    return {};
}

// Over the keys within reach, beside those that are known: both in ascending order.
Result<void> DueAgenda::walk(const views::Snapshot& rows, const DueSought& sought, bool whole) {
    ++walks_;
    const std::string from = whole || keys_.empty() ? std::string() : *keys_.begin();
    auto known = keys_.begin();
    const auto forget_through = [&](std::string_view key) {
        while (known != keys_.end() && *known < key) {
            forget_key(*known);
            known = keys_.erase(known);
        }
    };
    bool at_end = true;
    Result<void> went;
    Date reach = reach_of(sought);
    const auto walked =
        rows.walk(views::Family::anchors, {.prefix = {}, .from = from},
                  [&](std::string_view key, std::string_view) {
                      const auto anchor = views::parse_anchor_key(key);
                      if (!anchor) {
                          went = index_damaged("a row of the index of due dates is damaged");
                          return false;
                      }
                      if (reach < anchor->on) {
                          at_end = false;
                          return false;
                      }
                      forget_through(key);
                      if (known != keys_.end() && *known == key) {
                          ++known;
                          return true;
                      }
                      went = meet(rows, key, sought, known);
                      reach = reach_of(sought);
                      return went.ok();
                  });
    if (!walked) return walked.error();
    reach_ = reach;
    if (went && at_end) {
        for (auto gone = known; gone != keys_.end(); gone = keys_.erase(gone)) forget_key(*gone);
    }
    return went;
}

Result<void> DueAgenda::meet(const views::Snapshot& rows, std::string_view key,
                             const DueSought& sought, std::set<std::string>::iterator before) {
    const auto anchor = *views::parse_anchor_key(key);
    const PartnerId id{std::string(anchor.partner)};
    const PartitionId partition = partition_of(id, partitions_);
    if (sought.wanted && !sought.wanted(partition)) return {};
    const auto partner = partners_.try_emplace(id.text()).first;
    partner->second.partition = partition;
    ++partner->second.anchors;
    keys_.emplace_hint(before, key);
    // One partner may have many anchors, and what is next of it is the same from each.
    if (partner->second.walk == walks_) return {};
    const auto found = due_of(rows, id.text(), partition);
    if (!found) return found.error();
    partner->second.walk = walks_;
    place(partner, found->empty() ? std::nullopt : std::optional(found->front().on));
    return {};
}

void DueAgenda::forget_key(std::string_view key) {
    const auto partner = partners_.find(views::parse_anchor_key(key)->partner);
    if (partner == partners_.end()) return;
    --partner->second.anchors;
    place(partner, partner->second.next);
}

Result<std::vector<deadlines::Due>> DueAgenda::due_of(const views::Snapshot& rows,
                                                      std::string_view partner,
                                                      PartitionId partition) {
    const auto state = views::find_partner(rows, PartnerId{std::string(partner)});
    if (!state) return state.error();
    if (!*state)
        return index_damaged("the index of due dates names partner '" + std::string(partner) +
                             "', who isn't there");
    auto due = deadlines::due(**state, Policies(ruled_.at(partition).policies), deadlines::kAnyDay);
    if (!passed_over_.empty())
        std::erase_if(due, [&](const deadlines::Due& each) {
            return passed_over_.contains(passed(partner, deadlines::id_of(each)));
        });
    return due;
}

// Whoever has nothing on that day after all is placed where it has.
Result<DueDay> DueAgenda::due_on(const views::Snapshot& rows, Date day, const DueSought& sought) {
    DueDay found{day, {}};
    for (const auto& [partition, days] : by_day_) {
        if (sought.wanted && !sought.wanted(partition)) continue;
        std::vector<std::string_view> names;
        for (auto at = days.lower_bound({day, {}}); at != days.end() && at->first == day; ++at)
            names.push_back(at->second);
        for (const std::string_view name : names) {
            const auto due = due_of(rows, name, partition);
            if (!due) return due.error();
            if (due->empty() || due->front().on != day) {
                place(partners_.find(name),
                      due->empty() ? std::nullopt : std::optional(due->front().on));
                continue;
            }
            DueCommand command{std::string(name), deadlines::id_of(due->front()),
                               deadlines::command_of(name, due->front()), std::nullopt};
            if (due->size() > 1) command.then = (*due)[1].on;
            found.commands.push_back(std::move(command));
        }
    }
    return found;
}

// A partner without an anchor in reach is kept no longer than something is due in reach: it is met
// again with its next anchor.
void DueAgenda::place(Partners::iterator partner, std::optional<Date> next) {
    Kept& kept = partner->second;
    Days& days = by_day_[kept.partition];
    if (kept.next) days.erase({*kept.next, partner->first});
    kept.next = next;
    if (kept.anchors == 0 && (!next || reach_ < *next))
        partners_.erase(partner);
    else if (next)
        days.emplace(*next, partner->first);
}

// The last day on which an anchor can stand of which something is due by the earliest day that is
// known.
Date DueAgenda::reach_of(const DueSought& sought) const {
    const Date by = std::min(sought.through, earliest(sought).value_or(sought.through));
    return plus_days(by, lead_days_);
}

std::optional<Date> DueAgenda::earliest(const DueSought& sought) const {
    std::optional<Date> first;
    for (const auto& [partition, days] : by_day_) {
        if (days.empty() || (sought.wanted && !sought.wanted(partition))) continue;
        const Date day = days.begin()->first;
        if (!first || day < *first) first = day;
    }
    return first;
}

void DueAgenda::done(const DueCommand& command) {
    const auto partner = partners_.find(command.partner);
    if (partner != partners_.end()) place(partner, command.then);
}

void DueAgenda::pass_over(const DueCommand& command) {
    passed_over_.insert(passed(command.partner, command.id));
}

void DueAgenda::look_anew() {
    for (const std::string& each : passed_over_) {
        const auto partner = partners_.find(std::string_view(each).substr(0, each.find('\0')));
        if (partner != partners_.end()) again(partner);
    }
    passed_over_.clear();
}

}  // namespace ledger
