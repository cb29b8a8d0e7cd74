#include "projections/answers/refusal_list.h"

#include <vector>

#include "events/record.h"

namespace ledger::answers {
namespace {

class Lines {
public:
    explicit Lines(const OnRefusalLine& on_refusal) : on_refusal_(on_refusal) {}

    bool tell(const fb::RefusalRow& row) {
        fb::RefusalRowT unpacked;
        row.UnPackTo(&unpacked);
        return tell(std::move(unpacked));
    }
    bool tell(fb::RefusalRowT row) {
        fb::RefusalLineT line;
        line.refusal = std::make_unique<fb::RefusalRowT>(std::move(row));
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

bool fits(const fb::RefusalRow& row, const Page& page) {
    return (page.type.empty() || page.type == text_of(row.command())) &&
           (page.actor.empty() || page.actor == text_of(row.actor()));
}

}  // namespace

Result<void> each_refusal(const views::Refusals& refusals, const PartnerId& partner, Date today,
                          const Page& page, const OnRefusalLine& on_refusal) {
    if (page.last == 0U || page.limit == 0U) return {};
    const bool kept = page.last && !page.newest_first;
    const views::RefusalRange range{today, page.since, page.newest_first || page.last};
    Lines lines(on_refusal);
    std::vector<fb::RefusalRowT> newest;
    const auto read = refusals.each(partner, range, [&](const fb::RefusalRow& row) {
        if (!fits(row, page)) return true;
        if (!kept)
            return lines.tell(row) && lines.told() != page.limit && lines.told() != page.last;
        row.UnPackTo(&newest.emplace_back());
        return newest.size() != *page.last;
    });
    if (!read) return read;
    for (; !newest.empty(); newest.pop_back())
        if (!lines.tell(std::move(newest.back()))) break;
    return {};
}

}  // namespace ledger::answers
