#include "projections/answers/history.h"

#include <algorithm>
#include <vector>

#include "projections/answers/rule_ids.h"
#include "projections/stored_event.h"

namespace ledger::answers {
namespace {

class HistoryReader {
public:
    HistoryReader(const Snapshot& snapshot, const PartnerId& partner, const Page& page,
                  const Words& words, const OnHistoryEvent& on_event)
        : events_(snapshot.rows, snapshot.partition, partner),
          page_(page),
          words_(words),
          on_event_(on_event) {}

    Result<void> read(std::uint64_t newest);

private:
    Result<void> forward(std::uint64_t first, std::uint64_t newest);
    Result<void> backward(std::uint64_t first, std::uint64_t newest);
    Result<void> last_ones(std::uint64_t first, std::uint64_t newest);
    // False: no more is wanted.
    Result<bool> visit(std::uint64_t version);
    bool take(const views::StoredEvents::Event& event);
    bool fits(const RecordView& record) const;
    bool tell(const views::StoredEvents::Event& event);
    std::string details(const RecordView& record) const;

    views::StoredEvents events_;
    const Page& page_;
    const Words& words_;
    const OnHistoryEvent& on_event_;
    std::uint64_t told_ = 0;
    flatbuffers::FlatBufferBuilder builder_;
};

bool HistoryReader::fits(const RecordView& record) const {
    return (page_.type.empty() || page_.type == fb::EnumNameEvent(record.body->event_type())) &&
           (page_.actor.empty() || page_.actor == text_of(record.entry->actor()->id()));
}

// What happened, and what it mends.
std::string HistoryReader::details(const RecordView& record) const {
    std::string words = words_.of_event(*record.body);
    if (const std::uint64_t version = record.entry->corrects(); version != 0)
        words += (words.empty() ? "" : "; ") + std::string("corrects version ") +
                 std::to_string(version);
    return words;
}

bool HistoryReader::tell(const views::StoredEvents::Event& event) {
    fb::HistoryEventT told;
    told.position = number(event.position);
    told.words = details(event.record);
    told.rules = rule_ids(event.record.body->event_type());
    told.entry = std::make_unique<fb::EntryT>();
    event.record.entry->UnPackTo(told.entry.get());
    builder_.Clear();
    builder_.Finish(fb::HistoryEvent::Pack(builder_, &told));
    ++told_;
    return on_event_(*flatbuffers::GetRoot<fb::HistoryEvent>(builder_.GetBufferPointer()));
}

Result<bool> HistoryReader::visit(std::uint64_t version) {
    const auto event = events_.at(version);
    if (!event) return event.error();
    return take(*event);
}

bool HistoryReader::take(const views::StoredEvents::Event& event) {
    if (!fits(event.record)) return true;
    return tell(event) && told_ != page_.limit && told_ != page_.last;
}

Result<void> HistoryReader::forward(std::uint64_t first, std::uint64_t newest) {
    if (first == 1)
        return events_.each([&](const views::StoredEvents::Event& event) { return take(event); });
    for (std::uint64_t version = first; version <= newest; ++version) {
        const auto more = visit(version);
        if (!more) return more.error();
        if (!*more) break;
    }
    return {};
}

Result<void> HistoryReader::backward(std::uint64_t first, std::uint64_t newest) {
    for (std::uint64_t version = newest; version >= first; --version) {
        const auto more = visit(version);
        if (!more) return more.error();
        if (!*more) break;
    }
    return {};
}

// The newest are found from behind; they are told from the oldest of them on.
Result<void> HistoryReader::last_ones(std::uint64_t first, std::uint64_t newest) {
    std::vector<std::uint64_t> versions;
    for (std::uint64_t version = newest; version >= first && versions.size() < *page_.last;
         --version) {
        const auto event = events_.at(version);
        if (!event) return event.error();
        if (fits(event->record)) versions.push_back(version);
    }
    std::reverse(versions.begin(), versions.end());
    for (const std::uint64_t version : versions) {
        const auto more = visit(version);
        if (!more) return more.error();
        if (!*more) break;
    }
    return {};
}

Result<void> HistoryReader::read(std::uint64_t newest) {
    if (page_.last == 0U || page_.limit == 0U) return {};
    std::uint64_t first = 1;
    if (page_.since) {
        const auto since = events_.first_since(*page_.since, newest);
        if (!since) return since.error();
        first = *since;
    }
    if (page_.newest_first) return backward(first, newest);
    return page_.last ? last_ones(first, newest) : forward(first, newest);
}

}  // namespace

fb::HistoryT history_head(const Snapshot& snapshot, const PartnerId& partner) {
    fb::HistoryT head;
    head.partner = partner.text();
    head.partition = number(snapshot.partition);
    head.position = number(snapshot.position);
    return head;
}

Result<std::uint64_t> newest_version(const Snapshot& snapshot, const PartnerId& partner) {
    // The empty name is the ledger's own.
    if (partner.empty()) return 0;
    return views::StoredEvents(snapshot.rows, snapshot.partition, partner).newest_version();
}

Result<void> each_event(const Snapshot& snapshot, const PartnerId& partner, std::uint64_t newest,
                        const Page& page, const Words& words, const OnHistoryEvent& on_event) {
    return HistoryReader(snapshot, partner, page, words, on_event).read(newest);
}

}  // namespace ledger::answers
