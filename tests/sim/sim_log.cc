#include "tests/sim/sim_log.h"

#include <algorithm>

#include "tests/sim/forge.h"

namespace ledger::sim {

SimLog::SimLog(PartitionId partition, Bytes genesis, Dice& dice, Met& met, const Trace& trace)
    : partition_(partition), dice_(dice), met_(met), trace_(trace), genesis_(std::move(genesis)) {
    put(genesis_, 0, "");
}

const Bytes* SimLog::at(Position position) const {
    const std::optional<Bytes>& record = records_[number(position)];
    return record ? &*record : nullptr;
}

SimLog::Line& SimLog::line_of(int node) {
    for (Line& line : lines_)
        if (line.node == node && !line.broken) return line;
    return lines_.emplace_back(Line{node, false, {}});
}

void SimLog::append(int node, std::vector<Bytes> records) {
    Line& line = line_of(node);
    for (Bytes& record : records) line.records.push_back(std::move(record));
}

void SimLog::ask_end(int node, std::uint64_t token) { questions_.push_back({node, token, end()}); }

void SimLog::gone(int node) {
    for (Line& line : lines_)
        if (line.node == node && !line.broken) break_line(line);
    std::erase_if(questions_, [&](const Question& question) { return question.node == node; });
    std::erase_if(notices_, [&](const auto& notice) { return notice.first == node; });
}

// Some of what waits may be gone for good: from any place on, or some in the middle.
void SimLog::break_line(Line& line) {
    line.broken = true;
    if (line.records.empty()) return;
    if (dice_.per_mille(300)) line.records.resize(dice_.index(line.records.size()));
    if (!line.records.empty() && dice_.per_mille(300))
        line.records.erase(line.records.begin() +
                           static_cast<std::ptrdiff_t>(dice_.index(line.records.size())));
}

void SimLog::put(Bytes record, std::uint64_t now, const char* how) {
    records_.emplace_back(std::move(record));
    const RecordView& view = views_.emplace_back(decode_record(*records_.back()));
    const bool was_open = judge_.opened();
    verdicts_.push_back(judge_.judge(view));
    const Verdict verdict = verdicts_.back();
    ++met_.records;
    if (verdict.kind == VerdictKind::voided) ++met_.voids;
    if (verdict.kind == VerdictKind::control && view.opened) {
        ++met_.claims;
        const std::string node(text_of(view.opened->node()));
        if (!owner_.empty() && node != owner_) ++met_.takeovers;
        owner_ = node;
    }
    if (verdict.kind == VerdictKind::control && view.closed) ++met_.closes;
    if (verdict.kind == VerdictKind::control && view.checkpoint && was_open) ++met_.checkpoints;
    if (trace_)
        trace_.say(now, "log " + std::to_string(number(partition_)) + " @" +
                            std::to_string(records_.size() - 1) + how + " " + describe(view) +
                            (verdict.kind == VerdictKind::voided ? "  VOID " : "  ok ") +
                            name_of(verdict.why));
}

void SimLog::leave_hole() {
    ++met_.holes;
    for (std::uint64_t left = dice_.between(1, 3); left > 0; --left) {
        records_.emplace_back();
        views_.emplace_back();
        verdicts_.push_back({});
    }
}

// What is not any node's doing.
void SimLog::intrude(const Faults& faults, std::uint64_t now) {
    if (dice_.per_mille(faults.hole)) leave_hole();
    if (dice_.per_mille(faults.poison)) {
        ++met_.poison;
        const auto& real = records_[dice_.index(records_.size())];
        put(poison(dice_, real && !real->empty() ? *real : genesis_), now, " (poison)");
    }
    if (dice_.per_mille(faults.forge)) {
        ++met_.forged;
        put(forge(dice_, judge_, genesis_), now, " (forged)");
    }
    if (dice_.per_mille(faults.claim)) {
        ++met_.foreign_claims;
        put(foreign_claim(dice_, judge_), now, " (forged)");
    }
}

bool SimLog::land(const Faults& faults, std::uint64_t now) {
    std::erase_if(lines_, [](const Line& line) { return line.broken && line.records.empty(); });
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < lines_.size(); ++i)
        if (!lines_[i].records.empty()) waiting.push_back(i);
    if (waiting.empty()) return false;
    Line& line = lines_[dice_.pick(waiting)];
    const int node = line.node;
    if (!line.broken && dice_.per_mille(faults.error)) {
        ++met_.errors;
        trace_.say(now, "log: the producer of node " + std::to_string(node) + " breaks");
        break_line(line);
        notice(node, log::Notice::Kind::doubt);
        return true;
    }
    intrude(faults, now);
    Bytes record = std::move(line.records.front());
    line.records.pop_front();
    const bool noticed = dice_.per_mille(faults.lose_noticed);
    if (noticed || dice_.per_mille(faults.lose)) {
        ++met_.lost;
        trace_.say(now, "log: lost " + describe(decode_record(record)));
        if (noticed && !line.broken) notice(node, log::Notice::Kind::doubt);
        return true;
    }
    if (!line.broken && dice_.per_mille(faults.false_doubt)) {
        ++met_.false_doubts;
        notice(node, log::Notice::Kind::doubt);
    }
    const bool late = line.broken;
    if (late) ++met_.late;
    if (dice_.per_mille(faults.duplicate)) {
        ++met_.duplicates;
        Line& again = lines_.emplace_back(Line{node, true, {}});
        again.records.push_back(record);
    }
    put(std::move(record), now, late ? " (late)" : "");
    return true;
}

bool SimLog::answer(const Faults& faults) {
    if (questions_.empty()) return false;
    const std::size_t at = dice_.index(questions_.size());
    const Question question = questions_[at];
    questions_.erase(questions_.begin() + static_cast<std::ptrdiff_t>(at));
    if (dice_.per_mille(faults.end_unavailable)) {
        ++met_.ends_unavailable;
        notice(question.node, log::Notice::Kind::end_unavailable, question.token);
        return true;
    }
    // As of any moment after the question.
    const Position told{dice_.between(number(question.end), number(end()))};
    notice(question.node, log::Notice::Kind::end_is, question.token, told);
    return true;
}

void SimLog::notice(int node, log::Notice::Kind kind, std::uint64_t token, Position end) {
    notices_.push_back({node, log::Notice{kind, partition_, token, end, {}}});
}

std::vector<log::Notice> SimLog::take_notices(int node) {
    std::vector<log::Notice> taken;
    std::erase_if(notices_, [&](const auto& notice) {
        if (notice.first != node) return false;
        taken.push_back(notice.second);
        return true;
    });
    return taken;
}

}  // namespace ledger::sim
