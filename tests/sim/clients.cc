#include "tests/sim/clients.h"

namespace ledger::sim {
namespace {

CommandName name_of(const Asked& asked) { return {asked.partition, asked.partner, asked.id}; }

}  // namespace

std::vector<Operation> operations_of(const Clients& clients) {
    std::vector<Operation> operations;
    for (const Attempt& attempt : clients.attempts) {
        const Asked& asked = clients.commands[attempt.command].asked;
        operations.push_back({name_of(asked), asked.fingerprint, attempt.asked_at,
                              attempt.answered_at, attempt.answer.value_or(Answer{})});
    }
    for (const ReceiptSeen& seen : clients.receipts) {
        if (!seen.receipt) continue;
        Operation operation{name_of(clients.commands[seen.command].asked),
                            id_of(seen.receipt->fingerprint()),
                            seen.moment,
                            seen.moment + 1,
                            {}};
        operation.answer.outcome = Outcome::accepted;
        operation.answer.seq = seen.receipt->seq();
        operation.answer.version = seen.receipt->version();
        operation.answer.position = Position{seen.receipt->position()};
        operations.push_back(std::move(operation));
    }
    return operations;
}

std::vector<LogEntry> entries_of(const std::deque<SimLog>& logs) {
    std::vector<LogEntry> entries;
    for (std::size_t i = 0; i < logs.size(); ++i)
        for (Position at{0}; at < logs[i].end(); at = next(at)) {
            if (!logs[i].at(at) || logs[i].verdict_at(at).kind != VerdictKind::applied) continue;
            const fb::Entry& entry = *logs[i].view_at(at).entry;
            entries.push_back({{PartitionId{static_cast<std::uint32_t>(i)},
                                std::string(text_of(entry.partner())), entry.command_id()->str()},
                               id_of(*entry.fingerprint()),
                               at,
                               entry.seq(),
                               entry.version()});
        }
    return entries;
}

}  // namespace ledger::sim
