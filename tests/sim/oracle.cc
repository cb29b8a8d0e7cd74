#include "tests/sim/oracle.h"

#include <algorithm>
#include <utility>

#include "tests/sim/replay.h"
#include "tests/sim/without_mutant.h"

namespace ledger::sim {
namespace {

std::string at(Position position) { return "@" + std::to_string(number(position)); }

class Oracle {
public:
    explicit Oracle(const Finished& run) : run_(run) {
        for (std::size_t i = 0; i < run.logs.size(); ++i)
            replays_.emplace_back(run.logs[i], *decode_record(run.genesis[i]).genesis);
    }

    std::string check() {
        for (std::size_t i = 0; i < replays_.size() && found_.empty(); ++i) check_entries(i);
        for (std::size_t i = 0; i < run_.clients.attempts.size() && found_.empty(); ++i)
            check_attempt(run_.clients.attempts[i]);
        for (const Command& command : run_.clients.commands) check_failed(command);
        for (const Settling& settling : run_.clients.settlings) check_settling(settling);
        for (const ReceiptSeen& seen : run_.clients.receipts) check_receipt(seen);
        if (found_.empty()) check_views();
        for (std::size_t i = 0; i < run_.logs.size() && found_.empty(); ++i) check_divergence(i);
        return found_;
    }

private:
    void say(const std::string& what) {
        if (found_.empty()) found_ = what;
    }
    const Replay& replay_of(const Asked& asked) const { return replays_[number(asked.partition)]; }
    std::string told(const Attempt& attempt) const;

    void check_entries(std::size_t partition);
    void check_attempt(const Attempt& attempt);
    void check_accepted(const Attempt& attempt);
    void check_denied(const Attempt& attempt);
    bool was_true(const Attempt& attempt) const;
    bool was_true_at(const Attempt& attempt, std::int64_t time_ms) const;
    void check_receipt(const ReceiptSeen& seen);
    void check_failed(const Command& command);
    void check_settling(const Settling& settling);
    void check_views();
    void check_divergence(std::size_t partition);
    std::pair<Position, Position> last_checkpoints(std::size_t partition) const;
    bool stops_with(std::size_t partition, Position changed, const Bytes* instead) const;
    void fold_all(views::MapRows& rows);
    void check_reading(std::size_t node, std::size_t partition);
    void compare_rows(std::size_t node, const views::MapRows& expected);

    const Finished& run_;
    std::deque<Replay> replays_;
    std::string found_;
};

std::string Oracle::told(const Attempt& attempt) const {
    const Command& command = run_.clients.commands[attempt.command];
    const Answer& answer = *attempt.answer;
    return "'" + command.asked.partner + "' " + command.asked.id + " was answered " +
           name_of(answer.outcome) + " " + answer.code + " by node " +
           std::to_string(attempt.node) + " with seq " + std::to_string(answer.seq) + " version " +
           std::to_string(answer.version) + " position " + at(answer.position);
}

// Every valid entry was asked for, once, and is what the rules make of it where it stands.
void Oracle::check_entries(std::size_t partition) {
    const Replay& replay = replays_[partition];
    std::int64_t time = 0;
    for (const Replay::ValidEntry& valid : replay.entries()) {
        const fb::Entry& entry = *valid.record->entry;
        const std::string what =
            "entry " + at(valid.position) + " " + describe(*valid.record) + ": ";
        if (entry.time() < time) return say(what + "its time goes back");
        time = entry.time();
        const std::string partner(text_of(entry.partner()));
        if (replay.find(partner, entry.command_id()->str()) != &valid)
            return say(what + "its command stands twice");
        const auto& commands = run_.clients.commands;
        const auto asked =
            std::find_if(commands.begin(), commands.end(), [&](const Command& command) {
                return number(command.asked.partition) == partition &&
                       command.asked.partner == partner &&
                       command.asked.id == entry.command_id()->str() &&
                       command.asked.fingerprint == id_of(*entry.fingerprint());
            });
        if (asked == commands.end()) return say(what + "nobody asked for it");
        const std::string wrong =
            replay.check_decided(valid, *fb::GetCommand(asked->asked.command.data()));
        if (!wrong.empty()) return say(what + wrong);
    }
}

void Oracle::check_attempt(const Attempt& attempt) {
    if (attempt.open())
        return say("a command handed to node " + std::to_string(attempt.node) +
                   " is never answered");
    if (attempt.lost) return;
    switch (attempt.answer->outcome) {
        case Outcome::accepted:
            return check_accepted(attempt);
        case Outcome::nothing:
        case Outcome::refused:
            return check_denied(attempt);
        case Outcome::failed:
        case Outcome::unknown:
            return;
    }
}

void Oracle::check_accepted(const Attempt& attempt) {
    const Command& command = run_.clients.commands[attempt.command];
    const Answer& answer = *attempt.answer;
    const Replay::ValidEntry* valid =
        replay_of(command.asked).find(command.asked.partner, command.asked.id);
    if (!valid) return say(told(attempt) + ", and stands nowhere");
    const fb::Entry& entry = *valid->record->entry;
    if (id_of(*entry.fingerprint()) != command.asked.fingerprint)
        return say(told(attempt) + ", and another body was accepted under its id");
    if (answer.partition != command.asked.partition || answer.seq != entry.seq() ||
        answer.version != entry.version() || answer.position != valid->position)
        return say(told(attempt) + ", and stands as " + describe(*valid->record) + " " +
                   at(valid->position));
    if (valid->position >= attempt.end_at_answer)
        return say(told(attempt) + " before it was in the log");
}

void Oracle::check_denied(const Attempt& attempt) {
    const Asked& asked = run_.clients.commands[attempt.command].asked;
    const Answer& answer = *attempt.answer;
    if (number(answer.position) + 1 < number(attempt.end_at_submit))
        return say(told(attempt) +
                   ", a position that was old when the command came: the log ended at " +
                   at(attempt.end_at_submit));
    if (answer.position >= attempt.end_at_answer)
        return say(told(attempt) + ", which was not written yet");
    const std::uint64_t version = replay_of(asked).version_at(asked.partner, answer.position);
    if (answer.version != version)
        return say(told(attempt) + ", where the version is " + std::to_string(version));
    if (!was_true(attempt)) say(told(attempt) + ", which was not true there");
}

bool Oracle::was_true(const Attempt& attempt) const {
    const Asked& asked = run_.clients.commands[attempt.command].asked;
    if (run_.sandbox) return was_true_at(attempt, 0);
    // Any time that the writer can have taken for now: its clock's, or that of an entry before.
    const std::vector<std::int64_t>& walls =
        run_.clients.walls[static_cast<std::size_t>(attempt.node)];
    for (std::size_t i = attempt.steps_at_answer; i-- > 0;)
        if (was_true_at(attempt, walls[i])) return true;
    for (const Replay::ValidEntry& entry : replay_of(asked).entries())
        if (was_true_at(attempt, entry.record->entry->time())) return true;
    return false;
}

bool Oracle::was_true_at(const Attempt& attempt, std::int64_t time_ms) const {
    const Asked& asked = run_.clients.commands[attempt.command].asked;
    const Answer& answer = *attempt.answer;
    const fb::Command& command = *fb::GetCommand(asked.command.data());
    const Answer true_answer = answer_from(
        replay_of(asked).ruling_at(command, asked.fingerprint, answer.position, time_ms));
    return answer.outcome == true_answer.outcome && answer.code == true_answer.code &&
           answer.rule == true_answer.rule && answer.said == true_answer.said &&
           answer.earliest == true_answer.earliest;
}

// A receipt tells where the entry stands; none, that it doesn't as far as the view has read.
void Oracle::check_receipt(const ReceiptSeen& seen) {
    const Asked& asked = run_.clients.commands[seen.command].asked;
    const Replay::ValidEntry* valid = replay_of(asked).find(asked.partner, asked.id);
    const bool stands = valid && valid->position < seen.view_next;
    const std::string what = "node " + std::to_string(seen.node) + " with views up to " +
                             at(seen.view_next) + " was asked for the receipt of " + asked.id;
    if (seen.receipt.has_value() != stands)
        return say(what + (stands ? " and had none" : " and had one of nothing"));
    if (!stands) return;
    const fb::Entry& entry = *valid->record->entry;
    if (seen.receipt->position() != number(valid->position) || seen.receipt->seq() != entry.seq() ||
        seen.receipt->version() != entry.version() ||
        id_of(seen.receipt->fingerprint()) != id_of(*entry.fingerprint()))
        say(what + " and had another entry's");
}

// `failed` says that this attempt left nothing in the log: where all of a command's did, nothing
// stands.
void Oracle::check_failed(const Command& command) {
    const bool all_failed =
        std::all_of(command.attempts.begin(), command.attempts.end(), [&](std::size_t i) {
            const Attempt& attempt = run_.clients.attempts[i];
            return attempt.answer && attempt.answer->outcome == Outcome::failed;
        });
    if (!all_failed || command.attempts.empty()) return;
    const Replay::ValidEntry* valid =
        replay_of(command.asked).find(command.asked.partner, command.asked.id);
    if (valid && id_of(*valid->record->entry->fingerprint()) == command.asked.fingerprint)
        say(told(run_.clients.attempts[command.attempts.back()]) + ", and stands " +
            at(valid->position));
}

// A command that nobody was at work on any more is settled for good.
void Oracle::check_settling(const Settling& settling) {
    if (!settling.answer && !settling.lost) return say("a request to settle is never answered");
    if (settling.lost || settling.answer->outcome != Outcome::nothing) return;
    const Position claim = settling.answer->position;
    const std::string what =
        "settling by node " + std::to_string(settling.node) + " " + at(claim) + ": ";
    if (claim < settling.end_at_request) return say(what + "the claim is older than the request");
    const SimLog& log = run_.logs[number(settling.partition)];
    if (log.verdict_at(claim).kind != VerdictKind::control || !log.view_at(claim).opened)
        return say(what + "no valid claim");
    for (std::size_t i = 0; i < settling.alive.size(); ++i) {
        const Command& command = run_.clients.commands[i];
        if (settling.alive[i] || command.asked.partition != settling.partition) continue;
        if (!command.attempts.empty() && command.attempts.back() >= settling.attempts)
            continue;  // asked again later
        const Replay::ValidEntry* valid =
            replay_of(command.asked).find(command.asked.partner, command.asked.id);
        if (valid && id_of(*valid->record->entry->fingerprint()) == command.asked.fingerprint &&
            valid->position > claim)
            say(what + command.asked.id + " was accepted later, " + at(valid->position));
    }
}

void Oracle::check_reading(std::size_t node, std::size_t partition) {
    const Reading& reading = run_.nodes[node].reading(partition);
    const SimLog& log = run_.logs[partition];
    const std::string who = "node " + std::to_string(node) + ": ";
    const ReferenceJudge& judge = log.judge();
    const Counts& counts = reading.counts;
    if (reading.judge.seq != judge.seq() || reading.judge.frontier.size() != judge.seq())
        return say(who + "seq " + std::to_string(reading.judge.seq) + ", the log has " +
                   std::to_string(judge.seq()));
    if (reading.judge.frontier.root() != judge.root())
        return say(who + "another root than the log's");
    if (reading.judge.epoch != judge.epoch() || reading.judge.writer != judge.writer())
        return say(who + "another term than the log's");
    if (reading.judge.time != judge.time()) return say(who + "another time than the log's");
    if (counts.applied + counts.voided + counts.control + counts.absent != number(reading.next))
        return say(who + "what was counted is not the span of positions");
    if (counts.applied != judge.seq()) return say(who + "more or less was applied than is valid");
}

void Oracle::compare_rows(std::size_t node, const views::MapRows& expected) {
    static constexpr const char* kNames[] = {"history", "partners", "receipts", "lookups",
                                             "anchors", "lists",    "ledger",   "meta"};
    static_assert(std::size(kNames) == views::kFamilies.size());
    const views::MapRows& live = run_.nodes[node].rows().live();
    for (const views::Family family : views::kFamilies)
        if (live.all(family) != expected.all(family))
            say("node " + std::to_string(node) + ": " + kNames[static_cast<std::size_t>(family)] +
                " has " + std::to_string(live.all(family).size()) +
                " rows and differs from a fold of the log from nothing, which has " +
                std::to_string(expected.all(family).size()));
}

// A fold of the log from nothing.
void Oracle::fold_all(views::MapRows& rows) {
    const WithoutMutant healthy;
    views::Fold fold(rows);
    for (std::size_t i = 0; i < run_.logs.size(); ++i) {
        Reading reading;
        std::vector<Judged> records;
        for (Position p{0}; p < run_.logs[i].end(); p = next(p)) {
            if (!run_.logs[i].at(p)) continue;
            const auto judged = read_next(reading, p, *run_.logs[i].at(p));
            if (!judged) return say("a reader from nothing " + judged.error().message);
            records.push_back(*judged);
        }
        const auto added = fold.add(PartitionId{static_cast<std::uint32_t>(i)}, records, reading);
        if (!added) return say("a fold from nothing: " + added.error().message);
    }
    if (const auto written = fold.commit(); !written) say(written.error().message);
}

void Oracle::check_views() {
    views::MapRows expected;
    fold_all(expected);
    if (!found_.empty()) return;
    std::map<std::string, std::string> partners;
    for (const Replay& replay : replays_) partners.merge(replay.partner_rows());
    const auto& folded = expected.all(views::Family::partners);
    if (!std::equal(partners.begin(), partners.end(), folded.begin(), folded.end()))
        return say("the partners of a fold differ from those of the replay");
    for (std::size_t node = 0; node < run_.nodes.size() && found_.empty(); ++node) {
        for (std::size_t i = 0; i < run_.logs.size(); ++i) check_reading(node, i);
        compare_rows(node, expected);
        const auto counted = views::count_everything(*run_.nodes[node].rows().snapshot(),
                                                     static_cast<std::uint32_t>(run_.logs.size()));
        if (!counted) return say(counted.error().message);
        for (const views::Completeness& completeness : *counted)
            if (!completeness.holds())
                say("node " + std::to_string(node) + ": the completeness numbers don't agree");
    }
}

// A reader that reads something else at one position, and at those of its duplicates, comes to a
// stop.
bool Oracle::stops_with(std::size_t partition, Position changed, const Bytes* instead) const {
    const SimLog& log = run_.logs[partition];
    Reading reading;
    for (Position p{0}; p < log.end(); p = next(p)) {
        const Bytes* record = log.at(p);
        if (record && *record == *log.at(changed)) record = instead;
        if (record && !read_next(reading, p, *record)) return true;
    }
    return false;
}

// The last position of a valid checkpoint, and of one that opened a term.
std::pair<Position, Position> Oracle::last_checkpoints(std::size_t partition) const {
    const SimLog& log = run_.logs[partition];
    Position last{};
    Position last_opening{};
    bool open = true;
    for (Position p{0}; p < log.end(); p = next(p)) {
        if (!log.at(p) || log.verdict_at(p).kind != VerdictKind::control) continue;
        if (log.view_at(p).opened) open = false;
        if (!log.view_at(p).checkpoint) continue;
        last = p;
        if (!std::exchange(open, true)) last_opening = p;
    }
    return {last, last_opening};
}

// A reader that has read another entry than the writer finds out at the next checkpoint; one that
// has lost an entry, at the next that opens a term.
void Oracle::check_divergence(std::size_t partition) {
    const SimLog& log = run_.logs[partition];
    const auto [last, last_opening] = last_checkpoints(partition);
    const auto& entries = replays_[partition].entries();
    if (entries.empty() || entries.front().position > last) return;
    const Position changed = entries.front().position;
    if (changed < last_opening && !stops_with(partition, changed, nullptr))
        return say("a reader that lost the entry " + at(changed) + " reads on to the end");
    Bytes other = *log.at(changed);
    const fb::Body& body = *log.view_at(changed).body;
    if (const auto* registered = body.event_as_PartnerRegistered()) {
        const std::uint8_t* letter = registered->address()->Data();
        other[static_cast<std::size_t>(letter - log.at(changed)->data())] ^= 1;
        if (!stops_with(partition, changed, &other))
            say("a reader that read another entry " + at(changed) + " reads on to the end");
    }
}

}  // namespace

std::string object(const Finished& run) { return Oracle(run).check(); }

}  // namespace ledger::sim
