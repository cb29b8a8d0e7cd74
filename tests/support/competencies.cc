#include "tests/support/competencies.h"

#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"

namespace ledger::rules {
namespace {

Asked buy(std::string_view offer, std::string_view competency, std::string_view order) {
    fb::PurchaseOfferT form = order_form(offer, order);
    form.competency = competency;
    return ask(std::move(form));
}

// Null: the order grants none.
const fb::BenefitT* line_of(const Story& story, std::string_view order, std::string_view sku) {
    for (const fb::BenefitT& benefit : order_in(story, order).benefits)
        if (benefit.sku == sku) return &benefit;
    return nullptr;
}

}  // namespace

Asked record_requirements(std::string_view competency, bool performance, bool exams) {
    fb::RecordRequirementsT command;
    command.competency = competency;
    command.performance_met = performance;
    command.exams_validated = exams;
    return ask(std::move(command)).by_system();
}

fb::RequirementsRecordedT requirements_recorded(std::string_view competency, bool performance,
                                                bool exams, std::string_view on) {
    fb::RequirementsRecordedT event;
    event.competency = competency;
    event.performance = performance;
    event.exams = exams;
    event.on = day(on).days;
    return event;
}

Asked buy_silver(std::string_view competency, std::string_view order) {
    return buy("silver-competency", competency, order);
}

Asked buy_gold(std::string_view competency, std::string_view order) {
    return buy("gold-competency", competency, order);
}

Asked by_transfer(Asked purchase) {
    purchase.body.AsPurchaseOffer()->payment = fb::PaymentMethod::bank_transfer;
    return purchase;
}

Story qualified(std::initializer_list<std::string_view> competencies, std::string_view on) {
    Story story = contoso();
    for (const std::string_view competency : competencies)
        story = story.with(record_requirements(competency), on);
    return story;
}

const fb::OrderT& order_in(const Story& story, std::string_view order) {
    const fb::OrderT* found = orders::find_order(story.partner(), order);
    REQUIRE(found);
    return *found;
}

std::uint32_t granted_in(const Story& story, std::string_view order, std::string_view sku) {
    const fb::BenefitT* line = line_of(story, order, sku);
    return line ? line->granted : 0;
}

std::uint32_t left_in(const Story& story, std::string_view order, std::string_view on,
                      std::string_view sku) {
    const fb::BenefitT* line = line_of(story, order, sku);
    return line ? orders::left_units(order_in(story, order), *line, day(on),
                                     policies_of(story.ledger()))
                : 0;
}

}  // namespace ledger::rules
