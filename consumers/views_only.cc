#include "consumers/views_only.h"

#include <filesystem>

#include "consumers/unlock.h"
#include "consumers/views_identity.h"
#include "projections/generations.h"
#include "projections/rocks_rows.h"

namespace ledger {
namespace {

class SilentLog : public log::Log {
public:
    SilentLog(std::size_t partitions, const Error& why)
        : partitions_(static_cast<std::uint32_t>(partitions)), error_(why) {}

    std::uint32_t partitions() const override { return partitions_; }
    Result<void> append(PartitionId, std::span<const Bytes>) override { return error_; }
    void ask_end(PartitionId partition, std::uint64_t token) override {
        log::Notice notice;
        notice.kind = log::Notice::Kind::end_unavailable;
        notice.partition = partition;
        notice.token = token;
        notice.why = error_.message;
        notices_.push_back(std::move(notice));
    }
    void take_notices(std::vector<log::Notice>& out) override {
        for (log::Notice& notice : notices_) out.push_back(std::move(notice));
        notices_.clear();
    }
    void on_notice(std::function<void()>) override {}
    Result<Position> end(PartitionId) override { return error_; }
    Result<std::unique_ptr<log::Cursor>> read(std::span<const log::ReadFrom>) override {
        return error_;
    }

private:
    std::uint32_t partitions_;
    Error error_;
    std::vector<log::Notice> notices_;
};

}  // namespace

Result<Ledger> open_views_only(const LedgerPlace& place, const Error& why) {
    Ledger ledger;
    ledger.place = place;
    ledger.closed = why;
    if (!std::filesystem::exists(views::views_in(place.directory)))
        return error("there are no views in " + place.directory + " to answer from");
    auto rows = views::RocksRows::open(views::views_in(place.directory));
    if (!rows) return rows.error();
    ledger.rows = std::move(*rows);
    const auto snapshot = ledger.rows->snapshot();
    auto genesis = genesis_of(*snapshot);
    if (!genesis) return genesis.error();
    ledger.genesis = std::move(*genesis);
    const fb::Genesis& first = *decode_record(ledger.genesis.front()).genesis;
    ledger.id = id_of(*first.ledger());
    ledger.sandbox = first.sandbox();
    const auto identity = identity_of(*snapshot, ledger.id);
    if (!identity) return identity.error();
    if (*identity != Identity::ours)
        return error("the views in " + place.directory + " have another format");
    Error silence = why;
    silence.no_answer = true;
    ledger.keys = silent_keys(silence);
    if (const auto unlocked = unlock(ledger); !unlocked) return unlocked.error();
    ledger.log = std::make_unique<SilentLog>(ledger.genesis.size(), silence);
    auto refusals = views::Refusals::open(place.directory + "/refusals", ledger.id);
    if (!refusals) return refusals.error();
    ledger.refusals = std::move(*refusals);
    return ledger;
}

}  // namespace ledger
