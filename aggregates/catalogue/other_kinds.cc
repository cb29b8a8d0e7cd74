#include "aggregates/catalogue/other_kinds.h"

#include <algorithm>

#include "events/record.h"

namespace ledger::catalogue {
namespace {

using Grants = flatbuffers::Vector<flatbuffers::Offset<fb::Grant>>;

const fb::Grant* granted_otherwise(const fb::Offer& offer, const fb::Grant& line) {
    const Grants& grants = *offer.grants();
    const auto found = std::find_if(grants.begin(), grants.end(), [&](const fb::Grant* each) {
        return text_of(each->sku()) == text_of(line.sku()) &&
               (each->kind() != line.kind() || each->unit() != line.unit());
    });
    return found == grants.end() ? nullptr : *found;
}

}  // namespace

std::vector<OtherKind> other_kinds_in(const fb::CatalogueVersion& catalogue) {
    std::vector<OtherKind> others;
    if (!catalogue.competencies()) return others;
    std::size_t area = 0;
    const auto look = [&](fb::OfferKind level, const Grants* lines) {
        for (std::size_t i = 0; lines && i < lines->size(); ++i)
            for (const fb::Offer* offer : *catalogue.offers()) {
                if (offer->kind() != level) continue;
                const fb::Grant& line = *lines->Get(static_cast<flatbuffers::uoffset_t>(i));
                if (const fb::Grant* granted = granted_otherwise(*offer, line))
                    others.push_back({area, level, i, offer, granted});
            }
    };
    for (const fb::Competency* each : *catalogue.competencies()) {
        look(fb::OfferKind::silver, each->silver());
        look(fb::OfferKind::gold, each->gold());
        ++area;
    }
    return others;
}

}  // namespace ledger::catalogue
