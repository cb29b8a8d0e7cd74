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
#include "consumers/node_core.h"
#include "consumers/open_answers.h"
#include "consumers/projector.h"
#include "consumers/refusal_row.h"
#include "consumers/start.h"
#include "consumers/stops.h"
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
// While a listener is behind, nothing is read, and the worker looks so often whether it may.
constexpr std::chrono::milliseconds kListenersLook{10};
// What a turn of the worker counts for at most.
constexpr std::int64_t kTurnMaxMs = kWorkerNapMaxMs + 100;

}  // namespace

struct Node::Inside {
    // Who listens, and how far each has come.
    struct Listening {
        Sink* sink;
        Taken taken;
    };
    Inside(NodeParts the_parts, WriterSettings settings, std::vector<Listener> listeners,
           std::vector<Reading> readings, std::unique_ptr<log::Cursor> the_cursor);

    void submit(Submission submission);
    void work();
    void take_submissions(Now now);
    bool listeners_have_room(std::chrono::milliseconds patience);
    Result<void> read(Now now, std::chrono::milliseconds patience);
    Result<void> give_out(JudgedBatch judged);
    Result<void> take_notices(Now now);
    void heed_full_views();
    void forbid();
    bool step_core(Now now);
    void append(Now now, NodeCore::Append append);
    void tell_stopped();
    void release_asked_for();
    void deliver(std::vector<Answered> answers, Now now);
    std::chrono::milliseconds nap(Now now) const;
    Result<void> look_at_clock();
    Result<void> look_at_doubted_clock(const ClockReading& now);
    Result<void> look_at_log_clock(Now sent, std::int64_t taken_at_ms, Now now);
    void stop_reading(const std::string& why);
    void tell_counts(Now now, bool at_the_end);
    std::vector<WriterCounts> counts_now() const;

    NodeParts parts;
    views::RowsHistory history;
    NodeCore core;  // the worker's
    std::vector<Listening> listening;
    std::unique_ptr<log::Cursor> cursor;
    OpenAnswers open;  // the worker's
    std::vector<log::Notice> notices;
    bool doubts_clock;       // the worker's
    std::string log_unfit;   // why the log takes nothing new; the worker's
    std::string views_full;  // why the views take nothing now; the worker's
    TriedAgain told_counts = tried_again({}, {});
    std::int64_t tell_counts_at_ms = 0;
    TurnClock time{kTurnMaxMs};
    Inbox inbox;

    Stops stops;
    std::mutex mutex;  // of what follows
    std::vector<PartitionId> to_release;
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

namespace {

std::vector<Position> nexts_of(const std::vector<Reading>& readings) {
    std::vector<Position> nexts;
    nexts.reserve(readings.size());
    for (const Reading& reading : readings) nexts.push_back(reading.next);
    return nexts;
}

}  // namespace

// The first of the listeners is the projector, which is made here.
Node::Inside::Inside(NodeParts the_parts, WriterSettings settings, std::vector<Listener> listeners,
                     std::vector<Reading> readings, std::unique_ptr<log::Cursor> the_cursor)
    : parts(std::move(the_parts)),
      history(parts.rows),
      core(parts.genesis, std::move(readings), history, parts.random, settings),
      cursor(std::move(the_cursor)),
      doubts_clock(!parts.clock_doubt.empty()),
      stops(core.partitions()),
      counts(core.partitions()),
      serving(core.partitions()) {
    if (parts.closed) inbox.close(*parts.closed);
    if (doubts_clock) inbox.doubt(error(kClockInDoubt, parts.clock_doubt));
    projector = std::make_unique<Projector>(
        parts.rows, nexts_of(listeners.front().from),
        [this] {
            if (waits_for_view || !projector->paused().empty()) cursor->wake();
        },
        StoresWitness(parts.keys, parts.refusals));
    listeners.front().sink = projector.get();
    for (const Listener& each : listeners) listening.push_back({each.sink, Taken(each.from)});
    parts.log.on_notice([this] { cursor->wake(); });
    keeper = std::make_unique<KeyKeeper>(parts.log, parts.sealer, [this] { cursor->wake(); });
    worker = std::thread([this] { work(); });
}

Node::Node(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Node::~Node() { close(std::chrono::milliseconds{0}); }

Result<std::unique_ptr<Node>> Node::start(NodeParts parts, WriterSettings settings) {
    Listener views;
    const auto rows = parts.rows.snapshot();
    for (std::uint32_t i = 0; i < parts.log.partitions(); ++i) {
        auto reading = stored_reading(parts.log, *rows, PartitionId{i});
        if (!reading) return reading.error();
        views.from.push_back(std::move(*reading));
    }
    std::vector<Listener> listeners{std::move(views)};
    listeners.insert(listeners.end(), parts.listeners.begin(), parts.listeners.end());
    std::vector<Reading> readings;
    std::vector<log::ReadFrom> from;
    for (std::uint32_t i = 0; i < parts.log.partitions(); ++i) {
        readings.push_back(earliest(listeners, PartitionId{i}));
        from.push_back({PartitionId{i}, readings.back().next});
    }
    auto cursor = parts.log.read(from);
    if (!cursor) return cursor.error();
    return std::unique_ptr<Node>(new Node(
        std::make_unique<Inside>(std::move(parts), std::move(settings), std::move(listeners),
                                 std::move(readings), std::move(*cursor))));
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
        const Ticket ticket = open.put(std::move(submission.on_answer));
        if (submission.command.empty())
            core.settle(now, submission.partition, ticket);
        else
            core.submit(now, submission.partition, ticket, std::move(submission.command),
                        submission.fingerprint, submission.origin);
    }
}

bool Node::Inside::listeners_have_room(std::chrono::milliseconds patience) {
    return std::all_of(listening.begin(), listening.end(),
                       [&](const Listening& each) { return each.sink->has_room(patience); });
}

Result<void> Node::Inside::read(Now now, std::chrono::milliseconds patience) {
    if (!listeners_have_room(std::min(patience, kListenersLook))) return {};
    const auto polled = cursor->poll(patience, limits::kReadMaxRecords);
    if (!polled) return polled.error();
    for (const log::ReadBatch& batch : *polled) {
        auto judged = core.read(now, batch, [&](Now sent, std::int64_t taken_at_ms) {
            return look_at_log_clock(sent, taken_at_ms, now);
        });
        if (!judged) return judged.error();
        if (judged->records.empty()) continue;
        if (const auto given = give_out(std::move(*judged)); !given) return given;
    }
    return {};
}

Result<void> Node::Inside::give_out(JudgedBatch judged) {
    const auto give = [](Listening& to, JudgedBatch batch) -> Result<void> {
        auto news = to.taken.news(std::move(batch));
        return news ? to.sink->push(*std::move(news)) : Result<void>();
    };
    for (std::size_t i = 1; i < listening.size(); ++i)
        if (const auto given = give(listening[i], judged); !given) return given;
    return give(listening.front(), std::move(judged));
}

Result<void> Node::Inside::take_notices(Now now) {
    notices.clear();
    parts.log.take_notices(notices);
    for (const log::Notice& notice : notices) {
        if (notice.kind == log::Notice::Kind::gone)
            return error("this node stopped: " + notice.why);
        if (notice.kind == log::Notice::Kind::unfit || notice.kind == log::Notice::Kind::fit) {
            log_unfit = notice.why;
            forbid();
        } else {
            core.take(now, notice);
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

void Node::Inside::forbid() { core.forbid(log_unfit.empty() ? views_full : log_unfit); }

// True when something was handed to the log or asked of it.
bool Node::Inside::step_core(Now now) {
    const auto look_at_views = [this] {
        for (std::uint32_t i = 0; i < core.partitions(); ++i)
            core.view_at(PartitionId{i}, projector->view_next(PartitionId{i}));
    };
    look_at_views();
    NodeCore::Outputs out = core.step(now);
    const bool to_log = out.to_log();
    for (NodeCore::Append& each : out.append) append(now, std::move(each));
    for (const NodeCore::AskEnd& each : out.ask_end) parts.log.ask_end(each.partition, each.token);
    deliver(std::move(out.answers), now);
    for (std::uint32_t i = 0; i < core.partitions(); ++i) serving[i] = core.serving(PartitionId{i});
    waits_for_view = core.waits_for_view();
    if (waits_for_view) {
        projector->hurry();
        // The view may have moved between the look at it and the flag.
        look_at_views();
    }
    return to_log;
}

void Node::Inside::append(Now now, NodeCore::Append append) {
    if (const auto appended = keeper->append(append.partition, std::move(append.records));
        !appended)
        core.doubt(now, append.partition, appended.error().message);
}

// What stops one partition stops it alone.
void Node::Inside::tell_stopped() {
    for (std::uint32_t i = 0; i < core.partitions(); ++i)
        if (const std::string& why = core.stopped(PartitionId{i}); !why.empty())
            stops.stop(PartitionId{i}, why);
}

void Node::Inside::deliver(std::vector<Answered> answers, Now now) {
    for (Answered& answered : answers) {
        if (parts.refusals && answered.answer.outcome == Outcome::refused)
            projector->run(
                [refusals = parts.refusals, row = refusal_row(answered, Time{now.wall_ms})] {
                    if (const auto kept = refusals->add(row); !kept)
                        std::fprintf(stderr, "%s\n", printable(kept.error().message).c_str());
                });
        const OnAnswer on_answer = open.take(answered.ticket);
        LEDGER_CRASH_POINT(before_answer);
        on_answer(answered.answer);
        LEDGER_CRASH_POINT(after_answer);
    }
}

std::chrono::milliseconds Node::Inside::nap(Now now) const {
    std::int64_t until = std::min(now.monotonic_ms + kWorkerNapMaxMs, core.wake_at_ms());
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
    for (std::uint32_t i = 0; i < core.partitions(); ++i)
        if (const JudgeState& judge = core.reading(PartitionId{i}).judge; judge.seq > 0)
            newest = std::max(newest, std::optional(Time{judge.time}));
    const auto doubt = parts.clock->look(now, newest);
    std::string why = doubt ? *doubt : doubt.error().message;
    doubts_clock = !why.empty();
    inbox.doubt(doubts_clock ? std::optional(error(kClockInDoubt, why)) : std::nullopt);
    return {};
}

// An own claim that was read back, before the first entry behind it.
Result<void> Node::Inside::look_at_log_clock(Now sent, std::int64_t taken_at_ms, Now now) {
    if (!parts.clock || taken_at_ms == 0) return {};
    const auto doubt = clock_doubt_by_log(Time{sent.wall_ms}, Time{taken_at_ms}, Time{now.wall_ms});
    if (doubt) return error("this node stopped: " + *doubt);
    parts.clock->broker_agrees(read_clocks());
    return {};
}

void Node::Inside::release_asked_for() {
    std::vector<PartitionId> asked;
    {
        const std::lock_guard lock(mutex);
        asked.swap(to_release);
    }
    for (const PartitionId partition : asked) core.release(partition);
}

void Node::Inside::stop_reading(const std::string& why) {
    stops.stop_all(why);
    inbox.close(error(kNodeStopped, why));
}

void Node::Inside::tell_counts(Now now, bool at_the_end) {
    if (!parts.on_tried_again || (!at_the_end && now.monotonic_ms < tell_counts_at_ms)) return;
    tell_counts_at_ms = now.monotonic_ms + kTellCountsEveryMs;
    TriedAgain now_counted = tried_again(counts_now(), retry_counts());
    if (now_counted == told_counts) return;
    told_counts = std::move(now_counted);
    // It is written to disk, which the worker must not wait for.
    projector->run([tell = parts.on_tried_again, counts = told_counts] { tell(counts); });
}

std::vector<WriterCounts> Node::Inside::counts_now() const {
    std::vector<WriterCounts> writers;
    for (std::uint32_t i = 0; i < core.partitions(); ++i)
        writers.push_back(core.counts(PartitionId{i}));
    return writers;
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
        release_asked_for();
        if (closing) core.close(now);
        went = take_notices(now);
        if (!went) break;
        heed_full_views();
        for (const KeyKeeper::Lost& lost : keeper->go_on())
            core.doubt(now, lost.partition, lost.why.message);
        const bool handed = step_core(now);
        tell_stopped();
        tell_counts(now, false);
        if (closing && (core.closed() || time.monotonic_ms() >= give_up_at_ms)) break;
        if (core.all_stopped()) {
            went = error(core.stopped(PartitionId{0}));
            break;
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
        counts = counts_now();
    }
    const Now now = time.look();
    tell_counts(now, true);
    take_submissions(now);
    const std::string why = went ? std::string() : went.error().message;
    deliver(core.give_up(why), now);
}

Result<void> Node::wait_for(PartitionId partition, Position position,
                            std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    constexpr std::chrono::milliseconds kLook{50};  // between looks at whether the node has stopped
    while (!inside_->projector->wait_for(partition, position, kLook)) {
        if (const std::string why = stopped(partition); !why.empty())
            return error(kNodeStopped, why);
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
    Result<void> first_stopped;
    for (std::uint32_t i = 0; i < partitions(); ++i) {
        const auto end = inside_->parts.log.end(PartitionId{i});
        if (!end) return end.error();
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        const auto waited = wait_for(PartitionId{i}, *end, left);
        // The others are brought up to date all the same.
        if (!waited && waited.error().code != kNodeStopped) return waited;
        if (!waited && first_stopped) first_stopped = waited;
    }
    return first_stopped;
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

std::uint32_t Node::partitions() const { return inside_->core.partitions(); }

PartitionId Node::partition_of(const PartnerId& partner) const {
    return ledger::partition_of(partner, partitions());
}

std::string Node::stopped() const {
    const std::string why = inside_->stops.any();
    return why.empty() ? inside_->projector->stopped() : why;
}

std::string Node::stopped(PartitionId partition) const {
    const std::string why = inside_->stops.why(partition);
    return why.empty() ? inside_->projector->stopped() : why;
}

void Node::release(PartitionId partition) {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->to_release.push_back(partition);
    }
    inside_->cursor->wake();
}

bool Node::serves(PartitionId partition) const { return inside_->serving[number(partition)]; }

WriterCounts Node::counts(PartitionId partition) const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->counts[number(partition)];
}

}  // namespace ledger
