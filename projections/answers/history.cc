#include "projections/answers/history.h"

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
    using Event = views::StoredEvents::Event;

    Result<std::uint64_t> first_of_last(std::uint64_t first, std::uint64_t newest);
    // False: no more is wanted.
    bool take(const Event& event);
    bool is_wanted(const RecordView& record) const;
    bool tell(const Event& event);
    std::string details(const RecordView& record) const;

    views::StoredEvents events_;
    const Page& page_;
    const Words& words_;
    const OnHistoryEvent& on_event_;
    std::uint64_t told_ = 0;
    flatbuffers::FlatBufferBuilder builder_;
};

bool HistoryReader::is_wanted(const RecordView& record) const {
    const fb::Actor& actor = *record.entry->actor();
    return fits(page_, fb::EnumNameEvent(record.body->event_type()), actor.kind(),
                text_of(actor.id()));
}

// What happened, and what it mends.
std::string HistoryReader::details(const RecordView& record) const {
    std::string words = words_.of_event(*record.body);
    if (const std::uint64_t version = record.entry->corrects(); version != 0)
        words += (words.empty() ? "" : "; ") + words_.of_correction(version);
    return words;
}

bool HistoryReader::tell(const Event& event) {
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

bool HistoryReader::take(const Event& event) {
    if (!is_wanted(event.record)) return true;
    return tell(event) && told_ != page_.limit && told_ != page_.last;
}

// Where the newest so many of those that fit begin; they are found from behind.
Result<std::uint64_t> HistoryReader::first_of_last(std::uint64_t first, std::uint64_t newest) {
    std::uint64_t found = 0;
    std::uint64_t oldest = newest + 1;
    const auto read = events_.each({first, newest, true}, [&](const Event& event) {
        if (!is_wanted(event.record)) return true;
        oldest = event.record.entry->version();
        return ++found != *page_.last;
    });
    if (!read) return read.error();
    return oldest;
}

Result<void> HistoryReader::read(std::uint64_t newest) {
    if (page_.last == 0U || page_.limit == 0U) return {};
    views::StoredEvents::Some some{1, newest, page_.newest_first};
    if (page_.since) {
        const auto since = events_.first_since(*page_.since, newest);
        if (!since) return since.error();
        some.first = *since;
    }
    if (page_.last && !page_.newest_first) {
        const auto first = first_of_last(some.first, newest);
        if (!first) return first.error();
        some.first = *first;
    }
    return events_.each(some, [&](const Event& event) { return take(event); });
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
