#include "consumers/try_policy.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "projections/answers/ledger_then.h"
#include "projections/queries.h"
#include "visit_generated.h"

namespace ledger {
namespace {

using views::Family;

// Entries between two calls of the progress.
constexpr std::uint64_t kTellEveryEntries = 1024;

Position position_of(std::string_view row) {
    std::uint64_t position = 0;
    std::memcpy(&position, row.data(), sizeof position);
    return Position{flatbuffers::EndianScalar(position)};
}

// What a partition had been told at a place in its log, and the same with the draft. Going back and
// forth moves the versions that were published in between.
class LedgerAt {
public:
    LedgerAt(LedgerState now, fb::PolicyVersionT draft)
        : ledger_(std::move(now)), other_(ledger_), draft_(std::move(draft)) {}

    void published(Position at, fb::Event type) { publications_.push_back({at, type}); }

    void go_to(Position position) {
        bool other_policies = !ready_;
        if (!ready_) told_ = publications_.size();
        ready_ = true;
        while (told_ > 0 && publications_[told_ - 1].at > position)
            other_policies |= take(publications_[--told_].type);
        while (told_ < publications_.size() && publications_[told_].at < position)
            other_policies |= give(publications_[told_++].type);
        if (other_policies) other_.policies = with_draft(ledger_.policies, draft_);
    }

    const LedgerState& ledger() const { return ledger_; }
    const LedgerState& other() const { return other_; }

private:
    struct Publication {
        Position at{};
        fb::Event type{};
    };

    template <typename Version>
    static void move_last(std::vector<Version>& from, std::vector<Version>& to) {
        to.push_back(std::move(from.back()));
        from.pop_back();
    }
    // Whether it is a policy.
    bool take(fb::Event type) {
        if (type == fb::Event::PolicyPublished) {
            move_last(ledger_.policies, later_policies_);
            return true;
        }
        move_last(ledger_.catalogues, later_catalogues_);
        other_.catalogues.pop_back();
        return false;
    }
    bool give(fb::Event type) {
        if (type == fb::Event::PolicyPublished) {
            move_last(later_policies_, ledger_.policies);
            return true;
        }
        other_.catalogues.push_back(later_catalogues_.back());
        move_last(later_catalogues_, ledger_.catalogues);
        return false;
    }

    LedgerState ledger_;
    LedgerState other_;
    fb::PolicyVersionT draft_;
    std::vector<Publication> publications_;
    std::vector<fb::PolicyVersionT> later_policies_;  // the last of all first
    std::vector<fb::CatalogueVersionT> later_catalogues_;
    std::size_t told_ = 0;  // publications that ledger_ has
    bool ready_ = false;
};

class PartitionTrial {
public:
    PartitionTrial(const views::Snapshot& rows, PartitionId partition, LedgerAt ledger,
                   const OnTriedEntry& on_entry, const TriedRefusals& refusals, PolicyTried& tried)
        : rows_(rows),
          partition_(partition),
          ledger_(std::move(ledger)),
          on_entry_(on_entry),
          refusals_(refusals),
          tried_(tried) {}

    // False: `on_entry` ended it. `each` is called once an entry.
    Result<bool> run(const std::function<void()>& each);

private:
    bool take(std::string_view partner, std::string_view row);
    void judge(const RecordView& record);
    // Of the partner that begins.
    Result<void> read_refusals();
    // Those that were given on the state as it is.
    void judge_refusals();

    const views::Snapshot& rows_;
    PartitionId partition_;
    LedgerAt ledger_;
    const OnTriedEntry& on_entry_;
    const TriedRefusals& refusals_;
    PolicyTried& tried_;
    std::vector<Bytes> refused_;  // rows of the partner, in the order of versions
    std::size_t next_refused_ = 0;
    std::optional<Error> failed_;
    PolicyTrial trial_;
    PartnerState state_;
    Bytes scratch_;
    bool goes_on_ = true;
};

Result<bool> PartitionTrial::run(const std::function<void()>& each) {
    bool damaged = false;
    std::string where;
    const auto scanned = rows_.scan(
        Family::history, views::history_prefix(partition_, {}).substr(0, sizeof(std::uint16_t)),
        [&](std::string_view key, std::string_view row) {
            const std::string_view partner = views::parse_partner_key(key).partner;
            if (partner.empty()) {
                ++tried_.ledgers_own;
            } else if (!take(partner, row)) {
                damaged = true;
                where = partner;
            }
            each();
            return goes_on_ && !damaged && !failed_;
        });
    if (!scanned) return scanned.error();
    if (failed_) return *failed_;
    if (!damaged && goes_on_) judge_refusals();
    if (damaged)
        return error(views::kRowDamaged, "a history row of partner '" + where +
                                             "' is damaged; 'benefits verify' names the place");
    return goes_on_;
}

// False: the row is damaged.
bool PartitionTrial::take(std::string_view partner, std::string_view row) {
    if (state_.partner != partner) {
        judge_refusals();
        state_ = new_partner(PartnerId{partner});
        ++tried_.partners;
        if (const auto read = read_refusals(); !read) {
            failed_ = read.error();
            return true;
        }
    }
    judge_refusals();
    if (!goes_on_) return true;
    if (row.size() <= views::kHistoryHeaderBytes) return false;
    const RecordView record =
        decode_record(aligned(view_of(row.substr(views::kHistoryHeaderBytes)), scratch_));
    if (!record.entry || !is_known_event(record.body->event_type()) ||
        is_ledger_event(record.body->event_type()))
        return false;
    ledger_.go_to(position_of(row));
    judge(record);
    evolve(state_, *record.body);
    return true;
}

void PartitionTrial::judge(const RecordView& record) {
    const Trial trial = trial_.of(record, state_, ledger_.ledger(), ledger_.other());
    if (std::holds_alternative<CameToTheSame>(trial)) {
        ++tried_.same;
        return;
    }
    const auto* other = std::get_if<CameToOther>(&trial);
    if (!other) {
        ++tried_.untried[static_cast<std::size_t>(record.body->event_type())];
        return;
    }
    if (std::holds_alternative<Refusal>(other->ruling.says))
        ++tried_.refused;
    else if (std::holds_alternative<Nothing>(other->ruling.says))
        ++tried_.nothing;
    else
        ++tried_.otherwise;
    goes_on_ = on_entry_({partition_, record, other->ruling});
}

const fb::RefusalRow& row_in(const Bytes& bytes) {
    return *flatbuffers::GetRoot<fb::RefusalRow>(bytes.data());
}

Result<void> PartitionTrial::read_refusals() {
    refused_.clear();
    next_refused_ = 0;
    if (!refusals_.kept) return {};
    const auto keep = [this](const fb::RefusalRow& row) {
        if (!row.asked()) return true;
        flatbuffers::FlatBufferBuilder builder;
        fb::RefusalRowT copy;
        row.UnPackTo(&copy);
        builder.Finish(fb::CreateRefusalRow(builder, &copy));
        refused_.emplace_back(builder.GetBufferPointer(),
                              builder.GetBufferPointer() + builder.GetSize());
        return true;
    };
    const auto read = refusals_.kept->each(PartnerId{state_.partner}, {refusals_.today}, keep);
    std::stable_sort(refused_.begin(), refused_.end(), [](const Bytes& a, const Bytes& b) {
        return row_in(a).version() < row_in(b).version();
    });
    return read;
}

void PartitionTrial::judge_refusals() {
    for (; next_refused_ < refused_.size() && goes_on_; ++next_refused_) {
        const fb::RefusalRow& row = row_in(refused_[next_refused_]);
        if (row.version() > state_.version) return;
        Bytes scratch;
        const BytesView bytes = aligned({row.asked()->data(), row.asked()->size()}, scratch);
        flatbuffers::Verifier verifier(bytes.data(), bytes.size());
        if (row.version() != state_.version || !fb::VerifyCommandBuffer(verifier)) continue;
        ledger_.go_to(Position{row.position()});
        const Trial trial =
            PolicyTrial::of_refused(*fb::GetCommand(bytes.data()), text_of(row.code()),
                                    Time{row.time()}, state_, ledger_.ledger(), ledger_.other());
        if (std::holds_alternative<CameToTheSame>(trial)) ++tried_.refused_again;
        const auto* other = std::get_if<CameToOther>(&trial);
        if (!other) continue;
        ++tried_.not_refused;
        if (refusals_.on_refusal) goes_on_ = refusals_.on_refusal({row, other->ruling});
    }
}

Result<LedgerAt> ledger_at(const views::Snapshot& rows, PartitionId partition,
                           const fb::PolicyVersionT& draft) {
    auto now = answers::ledger_then(rows, partition);
    if (!now) return now.error();
    LedgerAt ledger(std::move(*now), draft);
    const auto replayed =
        views::replay(rows, partition, PartnerId{""}, [&](Position at, const RecordView& record) {
            const fb::Event type = record.body->event_type();
            if (type == fb::Event::PolicyPublished || type == fb::Event::CataloguePublished)
                ledger.published(at, type);
        });
    if (!replayed) return replayed.error();
    return ledger;
}

}  // namespace

std::uint64_t PolicyTried::untried_in_all() const {
    return std::accumulate(untried.begin(), untried.end(), std::uint64_t{0});
}

Result<PolicyTried> try_policy(const views::Snapshot& rows, std::uint32_t partitions,
                               const fb::PolicyVersionT& draft, const OnTriedEntry& on_entry,
                               const TriedRefusals& refusals,
                               const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    std::uint64_t all = 0;
    for (std::uint32_t i = 0; i < partitions; ++i) {
        const auto stored = views::find_reading(rows, PartitionId{i});
        if (!stored) return stored.error();
        all += stored->reading.counts.applied;
    }
    PolicyTried tried;
    std::uint64_t done = 0;
    const auto each = [&] {
        if (progress && ++done % kTellEveryEntries == 0) progress(done, all);
    };
    for (std::uint32_t i = 0; i < partitions; ++i) {
        auto ledger = ledger_at(rows, PartitionId{i}, draft);
        if (!ledger) return ledger.error();
        const auto goes_on =
            PartitionTrial(rows, PartitionId{i}, std::move(*ledger), on_entry, refusals, tried)
                .run(each);
        if (!goes_on) return goes_on.error();
        if (!*goes_on) break;
    }
    return tried;
}

}  // namespace ledger
