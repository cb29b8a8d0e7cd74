#include "aggregates/catalogue/catalogue.h"

#include "events/json/decode.h"

namespace ledger::catalogue {

Result<std::vector<fb::CatalogueVersionT>> initial_catalogues() {
    return json::natives_from_json<fb::CatalogueVersion>(catalogue_json());
}

const fb::OfferT* find_offer(const fb::CatalogueVersionT& catalogue, std::string_view id) {
    for (const fb::OfferT& offer : catalogue.offers)
        if (offer.id == id) return &offer;
    return nullptr;
}

const fb::CompetencyT* find_competency(const fb::CatalogueVersionT& catalogue,
                                       std::string_view id) {
    for (const fb::CompetencyT& competency : catalogue.competencies)
        if (competency.id == id) return &competency;
    return nullptr;
}

}  // namespace ledger::catalogue
