#include "tests/sim/sim_node.h"

#include <algorithm>
#include <limits>

namespace ledger::sim {
namespace {

std::string text_of(Verdict verdict) {
    static constexpr const char* kKinds[] = {"applied", "control", "void", "stop"};
    const std::string why = name_of(verdict.why);
    return kKinds[static_cast<std::size_t>(verdict.kind)] + (why.empty() ? "" : ", " + why);
}

PartitionId id_of(std::size_t partition) {
    return PartitionId{static_cast<std::uint32_t>(partition)};
}

}  // namespace

void SimNode::start() {
    history_ = std::make_unique<views::RowsHistory>(rows_);
    fold_ = std::make_unique<views::Fold>(rows_, 2);
    WriterSettings settings = world_.settings;
    settings.node = "node " + std::to_string(index_);
    Listener views;
    for (std::size_t i = 0; i < world_.logs.size(); ++i) {
        auto stored = views::find_reading(*rows_.snapshot(), id_of(i));
        if (!stored) return violation("restart: " + stored.error().message);
        const Reading& reading = stored->reading;
        if (reading.next > world_.logs[i].end())
            return violation("restart: the views are ahead of the log");
        if (number(reading.next) > 0) {
            const Bytes* last = world_.logs[i].at(reading.last);
            if (!last || sha256(*last) != reading.last_digest)
                return violation("restart: the last record is not the one the views have read");
        }
        views.from.push_back(std::move(stored->reading));
    }
    const std::vector<Listener> listeners{std::move(views), {nullptr, sink_.from()}};
    by_views_.emplace(listeners[0].from);
    by_sink_.emplace(listeners[1].from);
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < world_.logs.size(); ++i) {
        readings.push_back(earliest(listeners, id_of(i)));
        partitions_.push_back({{}, listeners[0].from[i].next, {}, false});
    }
    core_ = std::make_unique<NodeCore>(world_.genesis, std::move(readings), *history_, world_.dice,
                                       settings);
}

void SimNode::forget() {
    for (std::size_t i = 0; i < partitions_.size(); ++i) count(i);
    for (SimLog& log : world_.logs) log.gone(index_);
    partitions_.clear();
    core_.reset();
    fold_.reset();
    history_.reset();
    closing_ = false;
}

bool SimNode::stopped() const {
    for (std::size_t i = 0; i < partitions_.size(); ++i)
        if (!core_->stopped(id_of(i)).empty()) return true;
    return false;
}

void SimNode::crash(bool torn) {
    if (torn) {
        rows_.tear_next();
        project(1);
        if (rows_.torn()) ++world_.met.torn;
    }
    forget();
    sink_.crash();
    ++world_.met.crashes;
    if (rows_.crash(world_.dice)) ++world_.met.went_back;
}

void SimNode::begin_rebuild() {
    std::vector<Position> upto;
    for (std::size_t i = 0; i < world_.logs.size(); ++i)
        upto.push_back(view_next(PartitionId{static_cast<std::uint32_t>(i)}));
    rebuild_ = std::make_unique<SimRebuild>(world_.logs, std::move(upto));
    rebuild_is_compared_ = true;
}

void SimNode::rebuild(std::size_t max_records) {
    const auto more = rebuild_->step(max_records);
    if (!more) return violation("the rebuild " + more.error().message);
    if (*more) return;
    views::MapRows fresh = rebuild_->take();
    const std::string differs =
        rebuild_is_compared_ ? difference_between(fresh, rows_.live()) : std::string();
    if (!differs.empty()) violation("a rebuild comes to another row " + differs);
    rows_.replace(std::move(fresh));
    rebuild_.reset();
    ++world_.met.rebuilds;
}

bool SimNode::differ() {
    std::size_t victim = 0;
    while (victim < partitions_.size() && reading(victim).judge.frontier.size() == 0) ++victim;
    if (victim == partitions_.size()) return false;
    // What no core lets anybody do is the point of it.
    Frontier& frontier = const_cast<Reading&>(reading(victim)).judge.frontier;
    std::vector<Hash> subtrees = frontier.subtrees();
    Hash& hash = subtrees[world_.dice.index(subtrees.size())];
    hash[world_.dice.index(hash.size())] ^=
        static_cast<std::uint8_t>(1U << world_.dice.between(0, 7));
    LEDGER_CHECK(Frontier::restore(frontier.size(), std::move(subtrees), frontier));
    partitions_[victim].differs = true;
    ++world_.met.differs;
    return true;
}

bool SimNode::differs() const {
    return std::any_of(partitions_.begin(), partitions_.end(),
                       [](const Partition& partition) { return partition.differs; });
}

void SimNode::throw_views_away() {
    forget();
    sink_.forget();
    rows_.replace({});
    std::vector<Position> upto;
    for (const SimLog& log : world_.logs) upto.push_back(log.end());
    rebuild_ = std::make_unique<SimRebuild>(world_.logs, std::move(upto));
    rebuild_is_compared_ = false;
}

Result<std::optional<fb::Receipt>> SimNode::find_receipt(const Asked& asked) const {
    return views::find_receipt(*rows_.snapshot(), asked.partition, PartnerId{asked.partner},
                               CommandId{asked.id});
}

// Views are there to be looked at while their node is down, too.
Look SimNode::look(PartitionId partition, const PartnerId& id) const {
    auto partner = views::find_partner(*rows_.snapshot(), id).value();
    Look look{partner ? *std::move(partner) : new_partner(id),
              from_genesis(*decode_record(world_.genesis[number(partition)]).genesis)};
    const auto replayed = views::RowsHistory(rows_).replay(
        partition, PartnerId{},
        [&](Position, const RecordView& record) { evolve(look.ledger, *record.body); });
    LEDGER_CHECK(replayed.ok());
    return look;
}

Position SimNode::view_next(PartitionId partition) const {
    const auto stored = views::find_reading(*rows_.snapshot(), partition);
    return stored ? stored->reading.next : Position{};
}

void SimNode::give_up() {
    for (Answered& answered : core_->give_up()) world_.on_answer(index_, std::move(answered));
}

void SimNode::end() {
    while (project(1)) {
    }
    forget();
    rows_.flush();
    sink_.keep();
    ++world_.met.closings;
}

void SimNode::submit(Now now, PartitionId partition, Ticket ticket, Bytes command,
                     Id128 fingerprint) {
    core_->submit(now, partition, ticket, std::move(command), fingerprint);
}

void SimNode::settle(Now now, PartitionId partition, Ticket ticket) {
    core_->settle(now, partition, ticket);
}

void SimNode::close(Now now) {
    closing_ = true;
    if (core_) core_->close(now);
}

bool SimNode::closed() const { return !core_ || core_->closed(); }

bool SimNode::idle() const {
    return (!core_ || core_->idle()) &&
           std::all_of(partitions_.begin(), partitions_.end(),
                       [](const Partition& partition) { return partition.to_project.empty(); });
}

// The next record of a partition, judged as the reference has it; nothing: there is none.
std::optional<JudgedBatch> SimNode::read_one(Now now, std::size_t index) {
    const Partition& partition = partitions_[index];
    if (!core_->stopped(id_of(index)).empty()) return std::nullopt;
    const SimLog& log = world_.logs[index];
    Position at = reading(index).next;
    while (at < log.end() && !log.at(at)) at = next(at);
    if (at >= log.end()) return std::nullopt;
    const Verdict expected = log.verdict_at(at);
    const bool must_stop =
        partition.differs && expected.kind == VerdictKind::control && log.view_at(at).checkpoint;
    const log::ReadBatch batch{id_of(index), {{at, *log.at(at), 0}}, nullptr};
    auto judged = core_->read(now, batch);
    LEDGER_CHECK(judged);
    if (has_stopped(index, must_stop)) return std::nullopt;
    if (must_stop) {
        violation("its tree differs from the writer's, and it read on over the checkpoint at " +
                  std::to_string(number(at)));
        return std::nullopt;
    }
    const Judged& record = judged->records.front();
    if (record.verdict.kind != expected.kind || record.verdict.why != expected.why) {
        violation("position " + std::to_string(number(at)) + ", " + describe(record.record) +
                  ": judged " + text_of(record.verdict) + ", the reference says " +
                  text_of(expected));
        return std::nullopt;
    }
    return std::move(*judged);
}

bool SimNode::has_stopped(std::size_t partition, bool must_stop) {
    const std::string& why = core_->stopped(id_of(partition));
    if (why.empty()) return false;
    if (must_stop)
        ++world_.met.divergence_stops;
    else
        violation("it stopped: " + why);
    return true;
}

bool SimNode::read(Now now, std::size_t max_records) {
    bool any = false;
    for (std::size_t i = 0; i < partitions_.size(); ++i)
        for (std::size_t n = 0; n < max_records; ++n) {
            auto judged = read_one(now, i);
            if (!judged) break;
            any = true;
            if (const auto news = by_sink_->news(*judged))
                if (const std::string wrong = sink_.take(*news); !wrong.empty()) violation(wrong);
            if (auto news = by_views_->news(*std::move(judged)))
                partitions_[i].to_project.push_back(*std::move(news));
        }
    return any;
}

bool SimNode::project(std::size_t max_batches) {
    bool any = false;
    std::vector<Position> view_next;
    for (std::size_t i = 0; i < partitions_.size(); ++i) {
        Partition& partition = partitions_[i];
        view_next.push_back(partition.view_next);
        for (std::size_t n = 0; n < max_batches && !partition.to_project.empty(); ++n) {
            const JudgedBatch batch = std::move(partition.to_project.front());
            partition.to_project.pop_front();
            const auto added = fold_->add(id_of(i), batch.records, batch.after);
            if (!added) {
                violation("the fold stopped: " + added.error().message);
                return false;
            }
            view_next.back() = batch.after.next;
            any = true;
        }
    }
    if (!any) return false;
    const auto written = fold_->commit();
    if (rows_.torn()) return true;
    if (!written) violation(written.error().message);
    for (std::size_t i = 0; i < partitions_.size(); ++i) partitions_[i].view_next = view_next[i];
    return true;
}

bool SimNode::take_notices(Now now) {
    bool any = false;
    for (std::size_t i = 0; i < partitions_.size(); ++i)
        for (const log::Notice& notice : world_.logs[i].take_notices(index_)) {
            any = true;
            core_->take(now, notice);  // this log is always fit
        }
    return any;
}

bool SimNode::step(Now now) {
    if (!core_) return false;
    for (std::size_t i = 0; i < partitions_.size(); ++i)
        core_->view_at(id_of(i), partitions_[i].view_next);
    NodeCore::Outputs out = core_->step(now);
    const bool any = out.to_log() || !out.answers.empty();
    for (NodeCore::Append& each : out.append)
        world_.logs[number(each.partition)].append(index_, std::move(each.records));
    for (const NodeCore::AskEnd& each : out.ask_end)
        world_.logs[number(each.partition)].ask_end(index_, each.token);
    for (Answered& answered : out.answers) world_.on_answer(index_, std::move(answered));
    for (std::size_t i = 0; i < partitions_.size(); ++i) {
        if (!partitions_[i].differs) has_stopped(i, false);
        count(i);
    }
    return any;
}

void SimNode::count(std::size_t partition) {
    const WriterCounts& counts = core_->counts(id_of(partition));
    WriterCounts& before = partitions_[partition].counted;
    world_.met.doubts += counts.doubts - before.doubts;
    world_.met.decided_again += counts.decided_again - before.decided_again;
    world_.met.superseded += counts.superseded - before.superseded;
    world_.met.own_void += counts.own_void - before.own_void;
    if (counts.self_check_failed > 0) violation("the writer's own check of a record failed");
    before = counts;
}

std::int64_t SimNode::wake_at_ms() const {
    return core_ ? core_->wake_at_ms() : std::numeric_limits<std::int64_t>::max();
}

}  // namespace ledger::sim
