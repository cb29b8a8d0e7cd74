#include "aggregates/renewals/carry.h"

#include "aggregates/benefit_kind.h"
#include "aggregates/orders/terms.h"
#include "aggregates/visual_studio/carried_seats.h"
#include "events/record.h"

namespace ledger::renewals {
namespace {

std::uint32_t granted_by(const fb::GrantT& grant) { return grant.quantity; }
std::uint32_t granted_by(const fb::BenefitT& line) { return line.granted; }

template <typename Line>
const fb::BenefitT* line_of(const fb::OrderT& order, const Line& line) {
    for (const fb::BenefitT& benefit : order.benefits)
        if (benefit.sku == line.sku) return &benefit;
    return nullptr;
}

template <typename Line>
std::vector<fb::CarriedT> carried_by(const PartnerState& state, const fb::OrderT& ending,
                                     std::span<const Line> lines, const Context& context) {
    std::vector<fb::CarriedT> all;
    for (const Line& line : lines) {
        const fb::BenefitT* from = line_of(ending, line);
        if (!from || !kind_of(from->kind).has_seats) continue;
        fb::CarriedT each;
        each.sku = line.sku;
        each.from_order = ending.id;
        each.seats = visual_studio::carried_seats(state, ending, *from, granted_by(line), context);
        if (!each.seats.empty()) all.push_back(std::move(each));
    }
    return all;
}

}  // namespace

std::vector<fb::CarriedT> carried(const PartnerState& state, const fb::OrderT& ending,
                                  std::span<const fb::GrantT> grants, const Context& context) {
    return carried_by(state, ending, grants, context);
}

std::vector<fb::CarriedT> carried(const PartnerState& state, const fb::OrderT& ending,
                                  std::span<const fb::BenefitT> lines, const Context& context) {
    return carried_by(state, ending, lines, context);
}

void take_over(const PartnerState& state, fb::OrderT& heir, const CarriedSeats& carried) {
    for (const fb::Carried* each : carried) {
        const fb::OrderT* ending = orders::find_order(state, text_of(each->from_order()));
        if (!ending) continue;
        for (fb::BenefitT& line : heir.benefits)
            if (line.sku == text_of(each->sku()))
                if (const fb::BenefitT* from = line_of(*ending, line))
                    visual_studio::take_over(line, *from, *each->seats());
    }
}

}  // namespace ledger::renewals
