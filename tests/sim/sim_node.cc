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

}  // namespace

void SimNode::start() {
    history_ = std::make_unique<views::RowsHistory>(rows_);
    fold_ = std::make_unique<views::Fold>(rows_, 2);
    WriterSettings settings = world_.settings;
    settings.node = "node " + std::to_string(index_);
    for (std::size_t i = 0; i < world_.logs.size(); ++i) {
        const PartitionId id{static_cast<std::uint32_t>(i)};
        const auto stored = views::find_reading(*rows_.snapshot(), id);
        if (!stored) return violation("restart: " + stored.error().message);
        Partition partition;
        partition.reading = stored->reading;
        const Reading& reading = partition.reading;
        if (reading.next > world_.logs[i].end())
            return violation("restart: the views are ahead of the log");
        if (number(reading.next) > 0) {
            const Bytes* last = world_.logs[i].at(reading.last);
            if (!last || sha256(*last) != reading.last_digest)
                return violation("restart: the last record is not the one the views have read");
        }
        partition.view_next = reading.next;
        partition.writer =
            std::make_unique<Writer>(id, world_.genesis[i], *history_, world_.dice, settings);
        partition.writer->start_at(reading);
        partitions_.push_back(std::move(partition));
    }
}

void SimNode::forget() {
    for (Partition& partition : partitions_) count(partition);
    for (SimLog& log : world_.logs) log.gone(index_);
    partitions_.clear();
    fold_.reset();
    history_.reset();
    closing_ = stopped_ = false;
}

void SimNode::crash(bool torn) {
    if (torn) {
        rows_.tear_next();
        project(1);
        if (rows_.torn()) ++world_.met.torn;
    }
    forget();
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
    const auto victim = std::find_if(
        partitions_.begin(), partitions_.end(),
        [](const Partition& partition) { return partition.reading.judge.frontier.size() > 0; });
    if (victim == partitions_.end()) return false;
    Frontier& frontier = victim->reading.judge.frontier;
    std::vector<Hash> subtrees = frontier.subtrees();
    Hash& hash = subtrees[world_.dice.index(subtrees.size())];
    hash[world_.dice.index(hash.size())] ^=
        static_cast<std::uint8_t>(1U << world_.dice.between(0, 7));
    LEDGER_CHECK(Frontier::restore(frontier.size(), std::move(subtrees), frontier));
    victim->differs = true;
    ++world_.met.differs;
    return true;
}

bool SimNode::differs() const {
    return std::any_of(partitions_.begin(), partitions_.end(),
                       [](const Partition& partition) { return partition.differs; });
}

void SimNode::throw_views_away() {
    forget();
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
    for (Partition& partition : partitions_)
        for (Answered& answered : partition.writer->give_up())
            world_.on_answer(index_, std::move(answered));
}

void SimNode::end() {
    while (project(1)) {
    }
    forget();
    rows_.flush();
    ++world_.met.closings;
}

void SimNode::submit(Now now, PartitionId partition, Ticket ticket, Bytes command,
                     Id128 fingerprint) {
    partitions_[number(partition)].writer->submit(now, ticket, std::move(command), fingerprint);
}

void SimNode::settle(Now now, PartitionId partition, Ticket ticket) {
    partitions_[number(partition)].writer->settle(now, ticket);
}

void SimNode::close(Now now) {
    closing_ = true;
    for (Partition& partition : partitions_) partition.writer->close(now);
}

bool SimNode::closed() const {
    return std::all_of(partitions_.begin(), partitions_.end(),
                       [](const Partition& partition) { return partition.writer->closed(); });
}

bool SimNode::idle() const {
    return std::all_of(partitions_.begin(), partitions_.end(), [](const Partition& partition) {
        return partition.writer->idle() && partition.to_project.empty();
    });
}

bool SimNode::read_one(Now now, std::size_t index, Batch& batch) {
    if (stopped_) return false;
    Partition& partition = partitions_[index];
    const SimLog& log = world_.logs[index];
    Position at = partition.reading.next;
    while (at < log.end() && !log.at(at)) at = next(at);
    if (at >= log.end()) return false;
    const Verdict expected = log.verdict_at(at);
    const bool must_stop =
        partition.differs && expected.kind == VerdictKind::control && log.view_at(at).checkpoint;
    const auto judged = read_next(partition.reading, at, *log.at(at));
    if (!judged && must_stop) {
        ++world_.met.divergence_stops;
        stopped_ = true;
        return false;
    }
    if (!judged) {
        violation("the reader " + judged.error().message);
        return false;
    }
    if (must_stop) {
        violation("its tree differs from the writer's, and it read on over the checkpoint at " +
                  std::to_string(number(at)));
        return false;
    }
    if (judged->verdict.kind != expected.kind || judged->verdict.why != expected.why) {
        violation("position " + std::to_string(number(at)) + ", " + describe(judged->record) +
                  ": judged " + text_of(judged->verdict) + ", the reference says " +
                  text_of(expected));
        return false;
    }
    partition.writer->judged(now, *judged, partition.reading);
    batch.records.push_back(*judged);
    return true;
}

bool SimNode::read(Now now, std::size_t max_records) {
    bool any = false;
    for (std::size_t i = 0; i < partitions_.size(); ++i) {
        Batch batch;
        while (batch.records.size() < max_records && read_one(now, i, batch)) {
        }
        if (batch.records.empty()) continue;
        any = true;
        batch.after = partitions_[i].reading;
        partitions_[i].to_project.push_back(std::move(batch));
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
            const Batch batch = std::move(partition.to_project.front());
            partition.to_project.pop_front();
            const auto added =
                fold_->add(PartitionId{static_cast<std::uint32_t>(i)}, batch.records, batch.after);
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
    for (std::size_t i = 0; i < partitions_.size(); ++i) {
        Writer& writer = *partitions_[i].writer;
        for (const log::Notice& notice : world_.logs[i].take_notices(index_)) {
            any = true;
            switch (notice.kind) {
                case log::Notice::Kind::end_is:
                    writer.end_is(now, notice.token, notice.end);
                    break;
                case log::Notice::Kind::end_unavailable:
                    writer.end_unavailable(now, notice.token);
                    break;
                case log::Notice::Kind::doubt:
                    writer.doubt(now);
                    break;
                case log::Notice::Kind::unfit:
                case log::Notice::Kind::fit:
                case log::Notice::Kind::gone:
                    break;  // this log is always fit
            }
        }
    }
    return any;
}

bool SimNode::step(Now now) {
    bool any = false;
    for (std::size_t i = 0; i < partitions_.size(); ++i) {
        Partition& partition = partitions_[i];
        partition.writer->view_at(partition.view_next);
        WriterOutputs out = partition.writer->step(now);
        any |= !out.append.empty() || out.ask_end || !out.answers.empty();
        carry_out(now, i, std::move(out));
        count(partition);
    }
    return any;
}

void SimNode::carry_out(Now, std::size_t partition, WriterOutputs out) {
    SimLog& log = world_.logs[partition];
    log.append(index_, std::move(out.append));
    if (out.ask_end) log.ask_end(index_, *out.ask_end);
    for (Answered& answered : out.answers) world_.on_answer(index_, std::move(answered));
    if (out.stop) violation("the writer stopped: " + *out.stop);
}

void SimNode::count(Partition& partition) {
    const WriterCounts& counts = partition.writer->counts();
    WriterCounts& before = partition.counted;
    world_.met.doubts += counts.doubts - before.doubts;
    world_.met.decided_again += counts.decided_again - before.decided_again;
    world_.met.superseded += counts.superseded - before.superseded;
    world_.met.own_void += counts.own_void - before.own_void;
    if (counts.self_check_failed > 0) violation("the writer's own check of a record failed");
    before = counts;
}

std::int64_t SimNode::wake_at_ms() const {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    for (const Partition& partition : partitions_)
        at = std::min(at, partition.writer->wake_at_ms());
    return at;
}

}  // namespace ledger::sim
