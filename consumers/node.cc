#include "consumers/node.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "consumers/inbox.h"
#include "consumers/key_keeper.h"
#include "consumers/projector.h"
#include "consumers/refusal_row.h"
#include "consumers/start.h"
#include "consumers/turn_clock.h"
#include "events/crash_point.h"
#include "events/partition.h"
#include "events/printable.h"

namespace ledger {
namespace {

// The worker looks at its clocks at least this often, should a wake-up be lost.
constexpr std::int64_t kWorkerNapMaxMs = 500;
// Counts for people are told so often, if they have changed.
constexpr std::int64_t kTellCountsEveryMs = 10'000;
// While the views are behind, nothing is read, and the worker looks so often whether it may.
constexpr std::chrono::milliseconds kProjectorLook{10};
// What a turn of the worker counts for at most.
constexpr std::int64_t kTurnMaxMs = kWorkerNapMaxMs + 100;

}  // namespace

struct Node::Inside {
    struct Partition {
        Reading reading;
        std::unique_ptr<Writer> writer;
    };
    Inside(NodeParts the_parts, WriterSettings settings, std::vector<Reading> readings,
           std::unique_ptr<log::Cursor> the_cursor);

    void submit(Submission submission);
    void work();
    void take_submissions(Now now);
    Result<void> read(Now now, std::chrono::milliseconds patience);
    Result<void> take_notices(Now now);
    void heed_full_views();
    void forbid();
    bool step_writers(Now now);
    bool carry_out(PartitionId partition, Now now, WriterOutputs out);
    void deliver(std::vector<Answered> answers, Now now);
    std::chrono::milliseconds nap(Now now) const;
    Result<void> look_at_clock();
    Result<void> look_at_doubted_clock(const ClockReading& now);
    Result<void> look_at_log_clock(const Writer& writer, const Judged& judged,
                                   const log::StoredRecord& stored, Now now);
    void stop_reading(const std::string& why);
    void tell_counts(Now now, bool at_the_end);

    NodeParts parts;
    views::RowsHistory history;
    std::vector<Partition> partitions;
    std::unique_ptr<log::Cursor> cursor;
    std::vector<OnAnswer> open;           // by ticket; the worker's
    std::vector<std::size_t> free_slots;  // in `open`
    std::vector<log::Notice> notices;
    bool doubts_clock;       // the worker's
    std::string log_unfit;   // why the log takes nothing new; the worker's
    std::string views_full;  // why the views take nothing now; the worker's
    TriedAgain told_counts = tried_again({}, {});
    std::int64_t tell_counts_at_ms = 0;
    TurnClock time{kTurnMaxMs};
    Inbox inbox;

    mutable std::mutex mutex;  // of what follows
    std::string stopped;
    std::vector<WriterCounts> counts;

    std::vector<std::atomic<bool>> serving;  // by partition
    std::atomic<bool> closing{false};
    std::atomic<bool> waits_for_view{false};
    std::atomic<std::int64_t> give_up_at_ms{0};
    std::unique_ptr<Projector> projector;
    std::atomic<std::thread::id> worker_id{};
    std::unique_ptr<KeyKeeper> keeper;
    std::thread worker;
};

Node::Inside::Inside(NodeParts the_parts, WriterSettings settings, std::vector<Reading> readings,
                     std::unique_ptr<log::Cursor> the_cursor)
    : parts(std::move(the_parts)),
      history(parts.rows),
      cursor(std::move(the_cursor)),
      doubts_clock(!parts.clock_doubt.empty()),
      counts(readings.size()),
      serving(readings.size()) {
    if (parts.closed) inbox.close(*parts.closed);
    if (doubts_clock) inbox.doubt(error(kClockInDoubt, parts.clock_doubt));
    std::vector<Position> from;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        from.push_back(readings[i].next);
        Partition partition;
        partition.writer =
            std::make_unique<Writer>(PartitionId{static_cast<std::uint32_t>(i)}, parts.genesis[i],
                                     history, parts.random, settings);
        partition.reading = std::move(readings[i]);
        partition.writer->start_at(partition.reading);
        partitions.push_back(std::move(partition));
    }
    projector = std::make_unique<Projector>(
        parts.rows, std::move(from),
        [this] {
            if (waits_for_view || !projector->paused().empty()) cursor->wake();
        },
        StoresWitness(parts.keys, parts.refusals));
    parts.log.on_notice([this] { cursor->wake(); });
    keeper = std::make_unique<KeyKeeper>(parts.log, parts.sealer, [this] { cursor->wake(); });
    worker = std::thread([this] { work(); });
}

Node::Node(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Node::~Node() { close(std::chrono::milliseconds{0}); }

Result<std::unique_ptr<Node>> Node::start(NodeParts parts, WriterSettings settings) {
    std::vector<Reading> readings;
    std::vector<log::ReadFrom> from;
    const auto rows = parts.rows.snapshot();
    for (std::uint32_t i = 0; i < parts.log.partitions(); ++i) {
        auto reading = stored_reading(parts.log, *rows, PartitionId{i});
        if (!reading) return reading.error();
        from.push_back({PartitionId{i}, reading->next});
        readings.push_back(std::move(*reading));
    }
    auto cursor = parts.log.read(from);
    if (!cursor) return cursor.error();
    return std::unique_ptr<Node>(new Node(std::make_unique<Inside>(
        std::move(parts), std::move(settings), std::move(readings), std::move(*cursor))));
}

void Node::submit(Bytes command, OnAnswer on_answer, Origin origin) {
    const fb::Command& read = *fb::GetCommand(command.data());
    const PartitionId partition = partition_of(PartnerId{text_of(read.partner())});
    submit_to(partition, std::move(command), std::move(on_answer), origin);
}

void Node::submit_to(PartitionId partition, Bytes command, OnAnswer on_answer, Origin origin) {
    const Id128 fingerprint = inside_->parts.fingerprint(*fb::GetCommand(command.data()));
    inside_->submit({partition, std::move(command), fingerprint, std::move(on_answer), origin});
}

void Node::submit_together(std::vector<Handed> handed) {
    std::vector<Submission> all;
    for (Handed& each : handed) {
        const Id128 fingerprint = inside_->parts.fingerprint(*fb::GetCommand(each.command.data()));
        all.push_back(
            {each.partition, std::move(each.command), fingerprint, std::move(each.on_answer)});
    }
    if (inside_->inbox.put(std::move(all))) inside_->cursor->wake();
}

void Node::settle(PartitionId partition, OnAnswer on_answer) {
    inside_->submit({partition, {}, {}, std::move(on_answer)});
}

void Node::Inside::submit(Submission submission) {
    if (inbox.put(std::move(submission), std::this_thread::get_id() == worker_id)) cursor->wake();
}

void Node::Inside::take_submissions(Now now) {
    for (Submission& submission : inbox.take()) {
        if (free_slots.empty()) {
            free_slots.push_back(open.size());
            open.emplace_back();
        }
        const Ticket ticket{free_slots.back()};
        open[free_slots.back()] = std::move(submission.on_answer);
        free_slots.pop_back();
        Writer& writer = *partitions[number(submission.partition)].writer;
        if (submission.command.empty())
            writer.settle(now, ticket);
        else
            writer.submit(now, ticket, std::move(submission.command), submission.fingerprint,
                          submission.origin);
    }
}

Result<void> Node::Inside::read(Now now, std::chrono::milliseconds patience) {
    if (!projector->has_room(std::min(patience, kProjectorLook))) return {};
    auto polled = cursor->poll(patience, limits::kReadMaxRecords);
    if (!polled) return polled.error();
    for (log::ReadBatch& batch : *polled) {
        Partition& partition = partitions[number(batch.partition)];
        JudgedBatch judged{batch.partition, {}, batch.owner, {}};
        judged.records.reserve(batch.records.size());
        std::shared_ptr<std::vector<Bytes>> copies;  // of records at odd addresses
        for (const log::StoredRecord& stored : batch.records) {
            BytesView bytes = stored.bytes;
            if (!is_aligned(bytes)) {
                if (!copies) copies = std::make_shared<std::vector<Bytes>>();
                copies->emplace_back(bytes.begin(), bytes.end());
                bytes = copies->back();
            }
            const auto next = read_next(partition.reading, stored.position, bytes);
            if (!next)
                return error("partition " + std::to_string(number(batch.partition)) + " " +
                             next.error().message);
            if (const auto looked = look_at_log_clock(*partition.writer, *next, stored, now);
                !looked)
                return looked;
            partition.writer->judged(now, *next, partition.reading);
            judged.records.push_back(*next);
        }
        judged.after = partition.reading;
        if (copies)
            judged.owner = std::make_shared<
                std::pair<std::shared_ptr<const void>, std::shared_ptr<std::vector<Bytes>>>>(
                std::move(judged.owner), std::move(copies));
        if (!projector->push(std::move(judged))) return error(projector->stopped());
    }
    return {};
}

Result<void> Node::Inside::take_notices(Now now) {
    notices.clear();
    parts.log.take_notices(notices);
    for (const log::Notice& notice : notices) {
        if (notice.kind == log::Notice::Kind::gone)
            return error("this node stopped: " + notice.why);
        Writer& writer = *partitions[number(notice.partition)].writer;
        switch (notice.kind) {
            case log::Notice::Kind::end_is:
                writer.end_is(now, notice.token, notice.end);
                break;
            case log::Notice::Kind::end_unavailable:
                writer.end_unavailable(now, notice.token);
                break;
            case log::Notice::Kind::doubt:
                writer.doubt(now, notice.why);
                break;
            case log::Notice::Kind::unfit:
            case log::Notice::Kind::fit:
                log_unfit = notice.why;
                forbid();
                break;
            case log::Notice::Kind::gone:
                break;
        }
    }
    return {};
}

// What the views can't take is not written to the log either.
void Node::Inside::heed_full_views() {
    std::string full = projector->paused();
    if (full == views_full) return;
    views_full = std::move(full);
    forbid();
}

void Node::Inside::forbid() {
    for (Partition& partition : partitions)
        partition.writer->forbid(log_unfit.empty() ? views_full : log_unfit);
}

// True when something was handed to the log or asked of it.
bool Node::Inside::step_writers(Now now) {
    bool handed = false;
    bool waits = false;
    for (std::uint32_t i = 0; i < partitions.size(); ++i) {
        Writer& writer = *partitions[i].writer;
        writer.view_at(projector->view_next(PartitionId{i}));
        handed |= carry_out(PartitionId{i}, now, writer.step(now));
        waits |= writer.waits_for_view();
        serving[i] = writer.serving();
    }
    waits_for_view = waits;
    if (waits) projector->hurry();
    // The view may have moved between the look at it and the flag.
    if (waits)
        for (std::uint32_t i = 0; i < partitions.size(); ++i)
            partitions[i].writer->view_at(projector->view_next(PartitionId{i}));
    return handed;
}

bool Node::Inside::carry_out(PartitionId partition, Now now, WriterOutputs out) {
    const bool handed = !out.append.empty() || out.ask_end.has_value();
    if (!out.append.empty())
        if (const auto appended = keeper->append(partition, std::move(out.append)); !appended)
            partitions[number(partition)].writer->doubt(now, appended.error().message);
    if (out.ask_end) parts.log.ask_end(partition, *out.ask_end);
    deliver(std::move(out.answers), now);
    if (out.stop) stop_reading(*out.stop);
    return handed;
}

void Node::Inside::deliver(std::vector<Answered> answers, Now now) {
    for (Answered& answered : answers) {
        if (parts.refusals && answered.answer.outcome == Outcome::refused)
            projector->run(
                [refusals = parts.refusals, row = refusal_row(answered, Time{now.wall_ms})] {
                    if (const auto kept = refusals->add(row); !kept)
                        std::fprintf(stderr, "%s\n", printable(kept.error().message).c_str());
                });
        const auto slot = static_cast<std::size_t>(answered.ticket);
        const OnAnswer on_answer = std::exchange(open[slot], nullptr);
        LEDGER_CHECK(on_answer);
        free_slots.push_back(slot);
        LEDGER_CRASH_POINT(before_answer);
        on_answer(answered.answer);
        LEDGER_CRASH_POINT(after_answer);
    }
}

std::chrono::milliseconds Node::Inside::nap(Now now) const {
    std::int64_t until = now.monotonic_ms + kWorkerNapMaxMs;
    for (const Partition& partition : partitions)
        until = std::min(until, partition.writer->wake_at_ms());
    if (closing) until = std::min(until, give_up_at_ms - time.asleep_ms());
    return std::chrono::milliseconds(
        std::clamp<std::int64_t>(until - now.monotonic_ms, 0, kWorkerNapMaxMs));
}

// Before anything is decided: an entry with a wrong time can't be taken back.
Result<void> Node::Inside::look_at_clock() {
    if (!parts.clock) return {};
    const ClockReading now = read_clocks();
    if (doubts_clock) return look_at_doubted_clock(now);
    if (const auto doubt = parts.clock->look_on(now)) return error("this node stopped: " + *doubt);
    return {};
}

// Nothing was decided yet, so a clock that is right again is as good as one that always was.
Result<void> Node::Inside::look_at_doubted_clock(const ClockReading& now) {
    std::optional<Time> newest;
    for (const Partition& partition : partitions)
        if (partition.reading.judge.seq > 0)
            newest = std::max(newest, std::optional(Time{partition.reading.judge.time}));
    const auto doubt = parts.clock->look(now, newest);
    std::string why = doubt ? *doubt : doubt.error().message;
    doubts_clock = !why.empty();
    inbox.doubt(doubts_clock ? std::optional(error(kClockInDoubt, why)) : std::nullopt);
    return {};
}

// An own claim that was read back, before the first entry behind it.
Result<void> Node::Inside::look_at_log_clock(const Writer& writer, const Judged& judged,
                                             const log::StoredRecord& stored, Now now) {
    if (!parts.clock || stored.taken_at_ms == 0) return {};
    const auto sent = writer.claim_sent(judged.record);
    if (!sent) return {};
    const auto doubt =
        clock_doubt_by_log(Time{sent->wall_ms}, Time{stored.taken_at_ms}, Time{now.wall_ms});
    if (doubt) return error("this node stopped: " + *doubt);
    parts.clock->broker_agrees(read_clocks());
    return {};
}

void Node::Inside::stop_reading(const std::string& why) {
    {
        const std::lock_guard lock(mutex);
        if (stopped.empty()) stopped = why;
    }
    inbox.close(error(kNodeStopped, why));
}

void Node::Inside::tell_counts(Now now, bool at_the_end) {
    if (!parts.on_tried_again || (!at_the_end && now.monotonic_ms < tell_counts_at_ms)) return;
    tell_counts_at_ms = now.monotonic_ms + kTellCountsEveryMs;
    std::vector<WriterCounts> writers;
    for (const Partition& partition : partitions) writers.push_back(partition.writer->counts());
    TriedAgain now_counted = tried_again(writers, retry_counts());
    if (now_counted == told_counts) return;
    told_counts = std::move(now_counted);
    // It is written to disk, which the worker must not wait for.
    projector->run([tell = parts.on_tried_again, counts = told_counts] { tell(counts); });
}

void Node::Inside::work() {
    ::pthread_setname_np(::pthread_self(), "worker");
    worker_id = std::this_thread::get_id();
    Result<void> went;
    while (true) {
        went = look_at_clock();
        if (!went) break;
        const Now now = time.look();
        take_submissions(now);
        if (closing)
            for (Partition& partition : partitions) partition.writer->close(now);
        went = take_notices(now);
        if (!went) break;
        heed_full_views();
        for (const KeyKeeper::Lost& lost : keeper->go_on())
            partitions[number(lost.partition)].writer->doubt(now, lost.why.message);
        const bool handed = step_writers(now);
        tell_counts(now, false);
        if (closing) {
            const bool all_closed =
                std::all_of(partitions.begin(), partitions.end(),
                            [](const Partition& partition) { return partition.writer->closed(); });
            if (all_closed || time.monotonic_ms() >= give_up_at_ms) break;
        }
        // What was handed over may be answered at once; only a second look that finds nothing
        // waits.
        went = read(now, handed ? std::chrono::milliseconds{0} : nap(now));
        if (!went) break;
    }
    if (!went) stop_reading(went.error().message);
    inbox.close(error(kNodeStopped, "this node is shutting down; send the command to another one"));
    {
        const std::lock_guard lock(mutex);
        for (std::size_t i = 0; i < partitions.size(); ++i)
            counts[i] = partitions[i].writer->counts();
    }
    const Now now = time.look();
    tell_counts(now, true);
    take_submissions(now);
    const std::string why = went ? std::string() : went.error().message;
    for (Partition& partition : partitions) deliver(partition.writer->give_up(why), now);
}

Result<void> Node::wait_for(PartitionId partition, Position position,
                            std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    constexpr std::chrono::milliseconds kLook{50};  // between looks at whether the node has stopped
    while (!inside_->projector->wait_for(partition, position, kLook)) {
        if (const std::string why = stopped(); !why.empty()) return error(why);
        if (const std::string why = inside_->projector->paused(); !why.empty()) return error(why);
        if (inside_->closing) return error(kNodeStopped, "this node is shutting down");
        if (std::chrono::steady_clock::now() >= until)
            return no_answer("partition " + std::to_string(number(partition)) +
                             " was not read up to position " + std::to_string(number(position)) +
                             " in time; is the log reachable?");
    }
    return {};
}

Result<void> Node::catch_up(std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (std::uint32_t i = 0; i < partitions(); ++i) {
        const auto end = inside_->parts.log.end(PartitionId{i});
        if (!end) return end.error();
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        if (const auto waited = wait_for(PartitionId{i}, *end, left); !waited) return waited;
    }
    return {};
}

void Node::close(std::chrono::milliseconds patience) {
    if (inside_->worker.joinable()) {
        inside_->give_up_at_ms = clock_now().monotonic_ms + patience.count();
        inside_->closing = true;
        inside_->cursor->wake();
        inside_->worker.join();
    }
    inside_->keeper.reset();
    inside_->projector->stop();
    inside_->parts.log.on_notice([] {});
}

std::uint32_t Node::partitions() const {
    return static_cast<std::uint32_t>(inside_->partitions.size());
}

PartitionId Node::partition_of(const PartnerId& partner) const {
    return ledger::partition_of(partner, partitions());
}

std::string Node::stopped() const {
    {
        const std::lock_guard lock(inside_->mutex);
        if (!inside_->stopped.empty()) return inside_->stopped;
    }
    return inside_->projector->stopped();
}

bool Node::serves(PartitionId partition) const { return inside_->serving[number(partition)]; }

WriterCounts Node::counts(PartitionId partition) const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->counts[number(partition)];
}

}  // namespace ledger
