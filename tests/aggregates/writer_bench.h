// A writer on a bench: its log, its reader, its view and its clock move only when the test says so.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "aggregates/writer.h"
#include "command_generated.h"

namespace ledger::tests {

// Commands of the partner "contoso" by its admin. Each by an id of its own.
Bytes registering(const std::string& id, std::size_t name_bytes = 10);
Bytes adding(const std::string& id, const std::string& user);
// The first text makes the id, the rest the header.
struct Header {
    std::string id;
    std::optional<std::uint64_t> expected_version;
    std::optional<std::int64_t> not_after;
    std::string correlation_id = {};
};
Bytes adding_with(const Header& header, const std::string& user);
Bytes moving_clock(const std::string& id, std::int32_t to,
                   std::optional<std::uint64_t> expected_version = {});
// Another partner, so that work doesn't depend on contoso's.
Bytes registering_other(const std::string& id, const std::string& partner);

inline constexpr std::int64_t kNoon = 1'609'502'400'000;  // 2021-01-01T12:00:00Z
inline constexpr std::int32_t kToday = 18628;

class WriterBench : public History, public Random {
public:
    explicit WriterBench(WriterSettings settings = {}, bool sandbox = false);

    // Ports of the writer.
    Result<void> replay(PartitionId partition, const PartnerId& partner,
                        const Visit& visit) override;
    Id128 fresh_id() override { return {77, ++last_id_}; }
    std::uint64_t between(std::uint64_t low, std::uint64_t) override { return low; }

    // One thing at a time.
    Ticket ask(Bytes command, Origin origin = {});
    Ticket settle();
    void step();
    void land(std::size_t records = 1'000);  // of what was handed over, in order
    void lose(std::size_t records = 1'000);
    void put(Bytes record);  // somebody else's, at once
    void leave_hole();
    void read();
    void tell_end();
    void view();  // has applied what was read
    void pass(std::int64_t ms) { now_.monotonic_ms += ms, now_.wall_ms += ms; }

    // All of it again and again, until nothing more happens. Time stands still.
    void run();
    // A term is served and contoso is registered, as version 1.
    void begin();

    std::deque<Bytes> sent;  // handed over, not in the log
    std::vector<std::optional<Bytes>> log;
    std::optional<std::uint64_t> asked;  // the token of the last question for the end
    std::map<Ticket, Answered> answers;
    std::string stopped;
    bool history_broken = false;
    Reading reading;
    Now now_{1'000'000, kNoon};
    std::unique_ptr<Writer> writer;

    const Answer* answer(Ticket ticket) const;
    // "claim checkpoint entry(3)": the records that were handed over and are not in the log.
    std::string sent_kinds() const;
    Position end() const { return Position{log.size()}; }
    // The judge as of all that is in the log.
    JudgeState judged_log() const;

private:
    Position viewed_{};
    std::uint64_t last_id_ = 0;
    std::uint64_t last_ticket_ = 0;
};

// Of a writer whose commands wait no longer than kPatience.
inline constexpr std::int64_t kPatience = 2'000;
WriterSettings impatient();

void check_answer(const WriterBench& bench, Ticket ticket, Outcome outcome, const char* code);

}  // namespace ledger::tests
