#include "aggregates/writing/deciding.h"

#include <algorithm>
#include <utility>

#include "events/record.h"

namespace ledger::writing {
namespace {

const KnownCommand* find_known(const TextMap<KnownCommand>& commands, const fb::Command& command) {
    const auto found = commands.find(text_of(command.id()));
    return found == commands.end() ? nullptr : &found->second;
}

}  // namespace

Deciding::Deciding(PartitionId partition, BytesView genesis, History& history,
                   std::size_t hot_partners_max)
    : partition_(partition),
      genesis_(genesis.begin(), genesis.end()),
      history_(history),
      partners_(partition, history, hot_partners_max) {
    LEDGER_CHECK(decode_record(genesis_).genesis != nullptr);
}

void Deciding::view_at(Position next) { view_next_ = std::max(view_next_, next); }

void Deciding::forget() {
    partners_.clear();
    ledger_.reset();
}

Result<void> Deciding::load_ledger() {
    if (ledger_) return {};
    auto loaded = ledger::load_ledger(partition_, *decode_record(genesis_).genesis, history_);
    if (!loaded) return loaded.error();
    ledger_ = std::move(*loaded);
    return {};
}

Result<Decided> Deciding::decide(const Work& work, Time wall, Time newest) {
    const fb::Command& command = *fb::GetCommand(work.command.data());
    const Time now = ledger_time(ledger_->state, wall, newest);
    Standing standing{.ledger = ledger_->state};
    Decided decided;
    decided.at = now;
    decided.basis_seq = ledger_->last_seq;
    if (command.partner()->size() == 0) {
        standing.known = find_known(ledger_->commands, command);
    } else {
        const auto loaded = partners_.load(text_of(command.partner()));
        if (!loaded) return loaded.error();
        decided.partner = *loaded;
        decided.basis_seq = std::max(decided.basis_seq, decided.partner->last_seq);
        standing.partner = &decided.partner->state;
        standing.event_types = decided.partner->event_types;
        standing.known = find_known(decided.partner->commands, command);
    }
    decided.ruling = answer_of(standing, command, work.fingerprint, now);
    if (const auto* known = std::get_if<KnownCommand>(&decided.ruling.says))
        decided.basis_seq = known->seq;
    return decided;
}

KnownCommand& Deciding::add(HotPartner* partner, const EntryHeader& header, const fb::Body& body) {
    if (partner) {
        evolve(partner->state, body);
        partner->event_types.push_back(body.event_type());
        partner->last_seq = header.seq;
    } else {
        evolve(ledger_->state, body);
        ledger_->last_seq = header.seq;
    }
    auto& commands = partner ? partner->commands : ledger_->commands;
    return commands
        .insert_or_assign(std::string(header.command_id),
                          KnownCommand{header.fingerprint, header.seq, header.version, {}})
        .first->second;
}

}  // namespace ledger::writing
