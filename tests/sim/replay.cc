#include "tests/sim/replay.h"

#include <algorithm>

#include "aggregates/gate.h"
#include "tests/sim/without_mutant.h"

namespace ledger::sim {
namespace {

template <typename Stands>
auto behind(const Stands& stands, Position position) {
    auto after =
        std::upper_bound(stands.begin(), stands.end(), position,
                         [](Position sought, const auto& stand) { return sought < stand.from; });
    return after == stands.begin() ? stands.end() : std::prev(after);
}

}  // namespace

Replay::Replay(const SimLog& log, const fb::Genesis& genesis) {
    ledger_.push_back({Position{0}, from_genesis(genesis)});
    for (Position at{0}; at < log.end(); at = next(at)) {
        if (!log.at(at) || log.verdict_at(at).kind != VerdictKind::applied) continue;
        const RecordView& record = log.view_at(at);
        const std::string partner(text_of(record.entry->partner()));
        by_command_.emplace(std::pair{partner, record.entry->command_id()->str()}, entries_.size());
        entries_.push_back({at, &record});
        const fb::Event type = record.body->event_type();
        // What is in the wrong place altogether is found by check_decided; evolve would not take
        // it.
        if (is_ledger_event(type) != partner.empty()) continue;
        if (partner.empty()) {
            LedgerState state = ledger_.back().state;
            evolve(state, *record.body);
            ledger_.push_back({at, std::move(state)});
        } else {
            Partner& known = partners_[partner];
            PartnerState state =
                known.stands.empty() ? new_partner(PartnerId{partner}) : known.stands.back().state;
            evolve(state, *record.body);
            known.stands.push_back({at, std::move(state)});
            known.event_types.push_back(type);
        }
    }
}

const Replay::ValidEntry* Replay::find(const std::string& partner,
                                       const std::string& command_id) const {
    const auto found = by_command_.find({partner, command_id});
    return found == by_command_.end() ? nullptr : &entries_[found->second];
}

const Replay::Stand<LedgerState>& Replay::stand_at(const std::vector<Stand<LedgerState>>& stands,
                                                   Position position) {
    return *behind(stands, position);
}

std::uint64_t Replay::version_at(const std::string& partner, Position position) const {
    if (partner.empty()) return stand_at(ledger_, position).state.version;
    const auto found = partners_.find(partner);
    if (found == partners_.end()) return 0;
    const auto stand = behind(found->second.stands, position);
    return stand == found->second.stands.end() ? 0 : stand->state.version;
}

Ruling Replay::ruling_at(const fb::Command& command, Id128 fingerprint, Position position,
                         std::int64_t time_ms) const {
    const WithoutMutant healthy;
    const std::string partner(text_of(command.partner()));
    Standing standing{.ledger = stand_at(ledger_, position).state};
    std::optional<KnownCommand> known;
    if (const ValidEntry* valid = find(partner, command.id()->str());
        valid && valid->position <= position) {
        const fb::Entry& entry = *valid->record->entry;
        known = {id_of(*entry.fingerprint()), entry.seq(), entry.version(), valid->position};
        standing.known = &*known;
    }
    const PartnerState unknown = new_partner(PartnerId{partner});
    if (!partner.empty()) standing.partner = &unknown;
    if (const auto found = partners_.find(partner); found != partners_.end()) {
        const auto stand = behind(found->second.stands, position);
        if (stand != found->second.stands.end()) standing.partner = &stand->state;
        standing.event_types = std::span(found->second.event_types).first(standing.version());
    }
    if (standing.ledger.sandbox) time_ms = start_of(standing.ledger.clock).milliseconds;
    return answer_of(standing, command, fingerprint, Time{time_ms});
}

std::string Replay::check_decided(const ValidEntry& valid, const fb::Command& command) const {
    const fb::Entry& entry = *valid.record->entry;
    const std::string partner(text_of(entry.partner()));
    const Position before{number(valid.position) - 1};
    if (entry.version() != version_at(partner, before) + 1)
        return "its version is " + std::to_string(entry.version()) + " and follows version " +
               std::to_string(version_at(partner, before));
    const Ruling ruling = ruling_at(command, id_of(*entry.fingerprint()), before, entry.time());
    if (const auto* refusal = std::get_if<Refusal>(&ruling.says))
        return "on the state before it its command is refused: " + std::string(refusal->text());
    const auto* made = std::get_if<NewEntry>(&ruling.says);
    if (!made) return "on the state before it its command comes to nothing";
    const Bytes body = encode_body(made->event);
    if (!std::equal(body.begin(), body.end(), entry.body()->begin(), entry.body()->end()))
        return "on the state before it its command comes to another event";
    if (text_of(entry.correlation_id()).empty()) return "it says of no group of commands";
    const LedgerState& ledger = stand_at(ledger_, before).state;
    if (ledger.sandbox && entry.time() != start_of(ledger.clock).milliseconds)
        return "its time is not the sandbox ledger's";
    const Date today = date_of(Time{entry.time()});
    if (entry.policy_version() != policy_on(ledger, today).version ||
        entry.catalogue_version() != catalogue_on(ledger, today).version)
        return "it names another policy or catalogue than the one in force";
    return {};
}

std::map<std::string, std::string> Replay::partner_rows() const {
    std::map<std::string, std::string> rows;
    for (const auto& [id, partner] : partners_)
        if (!partner.stands.empty()) {
            const Bytes packed = pack(partner.stands.back().state);
            rows.emplace(id, std::string(text_of(BytesView(packed))));
        }
    return rows;
}

}  // namespace ledger::sim
