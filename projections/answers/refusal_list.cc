#include "projections/answers/refusal_list.h"

#include <memory>
#include <vector>

#include "events/record.h"
#include "projections/answers/said_parts.h"

namespace ledger::answers {
namespace {

fb::RefusalLineT line_of(const fb::RefusalRow& row, const Words& words) {
    fb::RefusalLineT line;
    line.partner = text_of(row.partner());
    line.command_id = text_of(row.command_id());
    line.command = text_of(row.command());
    line.actor = std::make_unique<fb::ActorT>();
    line.actor->kind = row.actor_kind();
    line.actor->id = text_of(row.actor());
    line.code = text_of(row.code());
    line.rule = text_of(row.rule());
    line.reason = words.of_refusal(row);
    if (const auto said = views::said_in(row)) line.values = said_parts(*said);
    if (const auto earliest = row.earliest()) line.earliest = *earliest;
    line.time = row.time();
    line.machine_time = row.machine_time();
    line.partition = row.partition();
    line.version = row.version();
    line.position = row.position();
    return line;
}

class Lines {
public:
    explicit Lines(const OnRefusalLine& on_refusal) : on_refusal_(on_refusal) {}

    bool tell(const fb::RefusalLineT& line) {
        builder_.Clear();
        builder_.Finish(fb::RefusalLine::Pack(builder_, &line));
        ++told_;
        return on_refusal_(*flatbuffers::GetRoot<fb::RefusalLine>(builder_.GetBufferPointer()));
    }
    std::uint64_t told() const { return told_; }

private:
    const OnRefusalLine& on_refusal_;
    std::uint64_t told_ = 0;
    flatbuffers::FlatBufferBuilder builder_;
};

}  // namespace

Result<void> each_refusal(const views::Refusals& refusals, const PartnerId& partner, Date today,
                          const Page& page, const Words& words, const OnRefusalLine& on_refusal) {
    if (page.last == 0U || page.limit == 0U) return {};
    // The newest are found from behind; they are told from the oldest of them on.
    const bool kept = page.last && !page.newest_first;
    const views::RefusalRange range{today, page.since, page.newest_first || page.last};
    Lines lines(on_refusal);
    std::vector<fb::RefusalLineT> newest;
    const auto read = refusals.each(partner, range, [&](const fb::RefusalRow& row) {
        if (!fits(page, text_of(row.command()), row.actor_kind(), text_of(row.actor())))
            return true;
        fb::RefusalLineT line = line_of(row, words);
        if (!kept)
            return lines.tell(line) && lines.told() != page.limit && lines.told() != page.last;
        newest.push_back(std::move(line));
        return newest.size() != *page.last;
    });
    if (!read) return read;
    for (; !newest.empty(); newest.pop_back())
        if (!lines.tell(newest.back())) break;
    return {};
}

}  // namespace ledger::answers
