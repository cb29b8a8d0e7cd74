#include "projections/stored_event.h"

#include "aggregates/gate.h"
#include "projections/queries.h"

namespace ledger::views {

Result<std::uint64_t> StoredEvents::newest_version() const {
    const auto state = find_partner(rows_, partner_);
    if (!state) return state.error();
    return *state ? (*state)->version : 0;
}

std::optional<StoredEvents::Event> StoredEvents::decode(std::string_view row) {
    if (row.size() <= kHistoryHeaderBytes) return std::nullopt;
    std::uint64_t position = 0;
    std::memcpy(&position, row.data(), sizeof position);
    Event event;
    event.position = Position{flatbuffers::EndianScalar(position)};
    event.record = decode_record(aligned(view_of(row.substr(kHistoryHeaderBytes)), scratch_));
    if (!event.record.entry || !is_known_event(event.record.body->event_type()) ||
        is_ledger_event(event.record.body->event_type()) != partner_.empty())
        return std::nullopt;
    return event;
}

Error StoredEvents::damaged(std::uint64_t version) const {
    return error("version " + std::to_string(version) + " of partner '" + partner_.text() +
                 "' is missing in the views, or damaged; stop the node and delete its views: they "
                 "are made again from the log");
}

Result<StoredEvents::Event> StoredEvents::at(std::uint64_t version) {
    put_history_key(key_, partition_, partner_.text(), version);
    auto row = rows_.get(Family::history, key_);
    if (!row) return row.error();
    if (!*row) return damaged(version);
    row_ = std::move(**row);
    const auto event = decode(row_);
    if (!event) return damaged(version);
    return *event;
}

Result<void> StoredEvents::each(const Some& some, const std::function<bool(const Event&)>& visit) {
    if (some.last < some.first) return {};
    const std::string prefix = history_prefix(partition_, partner_.text());
    std::uint64_t due = some.newest_first ? some.last : some.first;  // the version that comes next
    put_history_key(key_, partition_, partner_.text(), due);
    bool broken = false;
    bool ended = false;
    const auto walked = rows_.walk(
        Family::history, {prefix, key_, some.newest_first},
        [&](std::string_view key, std::string_view row) {
            const auto event = decode(row);
            if (!event || get_big_endian<std::uint64_t>(key.substr(prefix.size())) != due) {
                broken = true;
                return false;
            }
            ended = !visit(*event) || due == (some.newest_first ? some.first : some.last);
            due = some.newest_first ? due - 1 : due + 1;
            return !ended;
        });
    if (!walked) return walked;
    if (broken || !ended) return damaged(due);
    return {};
}

Result<std::uint64_t> StoredEvents::first_since(Date day, std::uint64_t newest) {
    std::uint64_t least = 1;
    std::uint64_t most = newest + 1;
    while (least < most) {
        const std::uint64_t middle = least + (most - least) / 2;
        const auto event = at(middle);
        if (!event) return event.error();
        if (date_of(Time{event->record.entry->time()}) < day)
            least = middle + 1;
        else
            most = middle;
    }
    return least;
}

}  // namespace ledger::views
