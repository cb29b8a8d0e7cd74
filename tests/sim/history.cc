#include "tests/sim/history.h"

#include <algorithm>
#include <map>
#include <utility>

namespace ledger::sim {
namespace {

using Stream = std::pair<PartitionId, std::string>;  // a partner in its partition

std::string name_of(const CommandName& command) {
    return "'" + command.partner + "' " + command.id;
}

std::string place_of(std::uint64_t seq, std::uint64_t version, Position position) {
    return "seq " + std::to_string(seq) + " version " + std::to_string(version) + " @" +
           std::to_string(number(position));
}

bool is_denial(Outcome outcome) {
    return outcome == Outcome::refused || outcome == Outcome::nothing;
}

class Checker {
public:
    Checker(const std::vector<Operation>& operations, const std::vector<LogEntry>& log)
        : operations_(operations), log_(log) {}

    std::string check() {
        check_log();
        for (const Operation& operation : operations_) check_answer(operation);
        check_phantoms();
        check_order();
        return found_;
    }

private:
    void say(const std::string& kind, const std::string& what) {
        if (found_.empty()) found_ = "history: " + kind + ": " + what;
    }
    void check_log();
    void check_answer(const Operation& operation);
    void check_phantoms();
    void check_order();
    void answered(const Operation& operation);

    // What had been told of when something was asked.
    struct Told {
        std::uint64_t seq = 0;      // of the partition
        std::uint64_t version = 0;  // of the partner
    };
    Told told_of(const CommandName& command) const {
        const auto seq = seqs_.find(command.partition);
        const auto version = versions_.find({command.partition, command.partner});
        return {seq == seqs_.end() ? 0 : seq->second,
                version == versions_.end() ? 0 : version->second};
    }

    const std::vector<Operation>& operations_;
    const std::vector<LogEntry>& log_;
    std::map<CommandName, const LogEntry*> entries_;
    std::string found_;
    // While going through the moments in their order.
    std::map<PartitionId, std::uint64_t> seqs_;
    std::map<Stream, std::uint64_t> versions_;
    std::map<const Operation*, Told> when_asked_;
    std::map<std::pair<CommandName, Id128>, Told> when_first_asked_;
    std::map<CommandName, const Operation*> accepted_;
};

void Checker::check_log() {
    std::map<PartitionId, std::uint64_t> seqs;
    std::map<Stream, std::uint64_t> versions;
    for (const LogEntry& entry : log_) {
        if (!entries_.emplace(entry.command, &entry).second)
            say("doubled", name_of(entry.command) + " stands twice");
        if (entry.seq != ++seqs[entry.command.partition] ||
            entry.version != ++versions[{entry.command.partition, entry.command.partner}])
            say("doubled", name_of(entry.command) + " is not the next one: " +
                               place_of(entry.seq, entry.version, entry.position));
    }
}

void Checker::check_answer(const Operation& operation) {
    if (operation.answered_at == 0 || operation.answer.outcome != Outcome::accepted) return;
    const std::string what =
        name_of(operation.command) + " was accepted as " +
        place_of(operation.answer.seq, operation.answer.version, operation.answer.position);
    const auto found = entries_.find(operation.command);
    if (found == entries_.end()) return say("lost", what);
    const LogEntry& entry = *found->second;
    if (entry.fingerprint != operation.fingerprint)
        return say("contradicting", what + ", and another body stands under its id");
    if (entry.seq != operation.answer.seq || entry.version != operation.answer.version ||
        entry.position != operation.answer.position)
        say("contradicting",
            what + ", and stands as " + place_of(entry.seq, entry.version, entry.position));
}

void Checker::check_phantoms() {
    std::map<std::pair<CommandName, Id128>, bool> may_stand;
    for (const Operation& operation : operations_) {
        const bool failed =
            operation.answered_at != 0 && operation.answer.outcome == Outcome::failed;
        may_stand[{operation.command, operation.fingerprint}] |= !failed;
    }
    for (const LogEntry& entry : log_) {
        const auto asked = may_stand.find({entry.command, entry.fingerprint});
        if (asked == may_stand.end())
            say("phantom", "nobody asked for " + name_of(entry.command));
        else if (!asked->second)
            say("phantom", name_of(entry.command) + " failed whenever it was asked for");
    }
}

void Checker::answered(const Operation& operation) {
    const Answer& answer = operation.answer;
    const CommandName& command = operation.command;
    const std::string what = name_of(command) + ", " + ledger::name_of(answer.outcome) + " as " +
                             place_of(answer.seq, answer.version, answer.position) + ", ";
    const auto before = accepted_.find(command);
    if (is_denial(answer.outcome)) {
        if (answer.version < when_asked_.at(&operation).version)
            say("stale", what + "was asked for when version " +
                             std::to_string(when_asked_.at(&operation).version) + " was known");
        if (before != accepted_.end() && before->second->answered_at < operation.asked_at &&
            before->second->fingerprint == operation.fingerprint)
            say("contradicting", what + "had been accepted");
    } else if (answer.outcome == Outcome::accepted) {
        const Told& told = when_first_asked_.at({command, operation.fingerprint});
        if (answer.seq <= told.seq || answer.version <= told.version)
            say("reordered", what + "was first asked for when seq " + std::to_string(told.seq) +
                                 " and version " + std::to_string(told.version) + " were known");
        if (before == accepted_.end()) accepted_.emplace(command, &operation);
        std::uint64_t& seq = seqs_[command.partition];
        seq = std::max(seq, answer.seq);
    } else {
        return;
    }
    std::uint64_t& version = versions_[{command.partition, command.partner}];
    version = std::max(version, answer.version);
}

void Checker::check_order() {
    std::vector<std::pair<std::uint64_t, const Operation*>> moments;
    for (const Operation& operation : operations_) {
        moments.emplace_back(operation.asked_at, &operation);
        if (operation.answered_at != 0) moments.emplace_back(operation.answered_at, &operation);
    }
    std::sort(moments.begin(), moments.end());
    for (const auto& [moment, operation] : moments) {
        if (moment != operation->asked_at) {
            answered(*operation);
            continue;
        }
        const Told told = told_of(operation->command);
        when_asked_.emplace(operation, told);
        when_first_asked_.emplace(std::pair{operation->command, operation->fingerprint}, told);
    }
}

}  // namespace

std::string contradiction_in(const std::vector<Operation>& operations,
                             const std::vector<LogEntry>& log) {
    return Checker(operations, log).check();
}

}  // namespace ledger::sim
