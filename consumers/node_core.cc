#include "consumers/node_core.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace ledger {
NodeCore::NodeCore(const std::vector<Bytes>& genesis, std::vector<Reading> readings,
                   History& history, Random& random, const WriterSettings& settings) {
    LEDGER_CHECK(genesis.size() == readings.size());
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const PartitionId id{static_cast<std::uint32_t>(i)};
        auto writer = std::make_unique<Writer>(id, genesis[i], history, random, settings);
        writer->start_at(readings[i]);
        partitions_.push_back({Reader(id, std::move(readings[i])), std::move(writer)});
    }
}

void NodeCore::fail(PartitionId partition, Ticket ticket) {
    Answer failed = failed_answer(kNodeStopped.text.data(), stopped(partition));
    failed.partition = partition;
    ready_.push_back({ticket, std::move(failed), {}, {}});
}

void NodeCore::submit(Now now, PartitionId partition, Ticket ticket, Bytes command,
                      Id128 fingerprint, Origin origin) {
    if (!at(partition).goes_on()) return fail(partition, ticket);
    at(partition).writer->submit(now, ticket, std::move(command), fingerprint, origin);
}

void NodeCore::settle(Now now, PartitionId partition, Ticket ticket) {
    if (!at(partition).goes_on()) return fail(partition, ticket);
    at(partition).writer->settle(now, ticket);
}

Result<JudgedBatch> NodeCore::read(Now now, const log::ReadBatch& batch,
                                   const OnOwnClaim& on_own_claim) {
    Partition& partition = at(batch.partition);
    const bool went_on = partition.goes_on();
    auto judged = partition.reader.read(
        batch,
        [&](const Judged& record, const log::StoredRecord& stored,
            const Reading& after) -> Result<bool> {
            const auto sent = partition.writer->claim_sent(record.record);
            if (sent && on_own_claim)
                if (const auto looked = on_own_claim(*sent, stored.taken_at_ms); !looked)
                    return looked.error();
            partition.writer->judged(now, record, after);
            return true;
        });
    if (went_on && !partition.goes_on()) answer_stopped(batch.partition);
    return judged;
}

void NodeCore::take(Now now, const log::Notice& notice) {
    Writer& writer = *at(notice.partition).writer;
    switch (notice.kind) {
        case log::Notice::Kind::end_is:
            return writer.end_is(now, notice.token, notice.end);
        case log::Notice::Kind::end_unavailable:
            return writer.end_unavailable(now, notice.token);
        case log::Notice::Kind::doubt:
            return writer.doubt(now, notice.why);
        case log::Notice::Kind::unfit:
        case log::Notice::Kind::gone:
        case log::Notice::Kind::fit:
            return;
    }
}

void NodeCore::doubt(Now now, PartitionId partition, std::string why) {
    at(partition).writer->doubt(now, std::move(why));
}

void NodeCore::forbid(const std::string& why) {
    for (Partition& partition : partitions_) partition.writer->forbid(why);
}

void NodeCore::view_at(PartitionId partition, Position next) {
    at(partition).writer->view_at(next);
}

NodeCore::Outputs NodeCore::step(Now now) {
    Outputs out;
    for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
        const PartitionId id{i};
        Partition& partition = partitions_[i];
        if (!partition.goes_on()) continue;
        WriterOutputs own = partition.writer->step(now);
        if (!own.append.empty()) out.append.push_back({id, std::move(own.append)});
        if (own.ask_end) out.ask_end.push_back({id, *own.ask_end});
        std::move(own.answers.begin(), own.answers.end(), std::back_inserter(out.answers));
        if (own.stop) stop(id, *own.stop);
    }
    std::move(ready_.begin(), ready_.end(), std::back_inserter(out.answers));
    ready_.clear();
    return out;
}

std::int64_t NodeCore::wake_at_ms() const {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    for (const Partition& partition : partitions_)
        if (partition.goes_on()) at = std::min(at, partition.writer->wake_at_ms());
    return ready_.empty() ? at : std::numeric_limits<std::int64_t>::min();
}

bool NodeCore::waits_for_view() const {
    return std::any_of(partitions_.begin(), partitions_.end(), [](const Partition& partition) {
        return partition.goes_on() && partition.writer->waits_for_view();
    });
}

void NodeCore::close(Now now) {
    for (Partition& partition : partitions_) partition.writer->close(now);
}

bool NodeCore::closed() const {
    return std::all_of(partitions_.begin(), partitions_.end(), [](const Partition& partition) {
        return !partition.goes_on() || partition.writer->closed();
    });
}

bool NodeCore::idle() const {
    return ready_.empty() &&
           std::all_of(partitions_.begin(), partitions_.end(), [](const Partition& partition) {
               return !partition.goes_on() || partition.writer->idle();
           });
}

void NodeCore::stop(PartitionId partition, const std::string& why) {
    if (!at(partition).goes_on()) return;
    at(partition).reader.stop(why);
    answer_stopped(partition);
}

void NodeCore::answer_stopped(PartitionId partition) {
    std::vector<Answered> answers = at(partition).writer->give_up(stopped(partition));
    std::move(answers.begin(), answers.end(), std::back_inserter(ready_));
}

std::vector<Answered> NodeCore::give_up(const std::string& why) {
    std::vector<Answered> answers = std::exchange(ready_, {});
    for (Partition& partition : partitions_) {
        std::vector<Answered> of_one = partition.writer->give_up(why);
        std::move(of_one.begin(), of_one.end(), std::back_inserter(answers));
    }
    return answers;
}

bool NodeCore::all_stopped() const {
    return std::all_of(partitions_.begin(), partitions_.end(),
                       [](const Partition& partition) { return !partition.goes_on(); });
}

}  // namespace ledger
