#include "aggregates/orders/grants.h"

#include <algorithm>
#include <cstdint>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

// Of the levels of competencies; 0: it is none.
int rank_of(fb::OfferKind kind) {
    switch (kind) {
        case fb::OfferKind::action_pack:
        case fb::OfferKind::learning_action_pack:
            return 0;
        case fb::OfferKind::silver:
            return 1;
        case fb::OfferKind::gold:
            return 2;
    }
    return 0;
}

bool is_among(Ending ending, const std::string& order) {
    return std::find(ending.begin(), ending.end(), order) != ending.end();
}

// What the other orders of that level grant of the SKU.
std::uint64_t granted_beside(const PartnerState& state, std::string_view sku, fb::OfferKind level,
                             const Context& context, Ending ending) {
    std::uint64_t units = 0;
    for (const fb::OrderT& order : state.orders) {
        if (order.kind != level || is_among(ending, order.id)) continue;
        if (!is_held(order, context.today, context.policies)) continue;
        for (const fb::BenefitT& benefit : order.benefits)
            if (benefit.sku == sku) units += units_to_be_had(benefit);
    }
    return units;
}

// Adds what the area brings to the lines that are there, or as lines of its own.
void add_area(std::vector<fb::GrantT>& lines, std::span<const fb::GrantT> area) {
    for (const fb::GrantT& of_area : area) {
        const auto line = std::find_if(lines.begin(), lines.end(), [&](const fb::GrantT& each) {
            return each.sku == of_area.sku;
        });
        if (line == lines.end()) {
            lines.push_back(of_area);
        } else {
            line->quantity += of_area.quantity;
            if (line->core) line->extra = of_area.quantity;
        }
    }
}

// Never more than the ceiling leaves; a line of which nothing is left is none.
void cut(std::vector<fb::GrantT>& lines, const PartnerState& state, fb::OfferKind level,
         const Context& context, Ending ending) {
    for (fb::GrantT& line : lines) {
        if (line.ceiling == 0) continue;
        const std::uint64_t beside = granted_beside(state, line.sku, level, context, ending);
        const std::uint64_t room = line.ceiling - std::min<std::uint64_t>(line.ceiling, beside);
        const auto quantity =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(line.quantity, room));
        line.extra -= std::min(line.extra, line.quantity - quantity);
        line.quantity = quantity;
    }
    std::erase_if(lines, [](const fb::GrantT& line) { return line.quantity == 0; });
}

void set_core(fb::OrderT& order, bool has) {
    order.core = has;
    for (fb::BenefitT& benefit : order.benefits)
        if (benefit.core)
            benefit.moved = has ? 0 : benefit.granted - std::min(benefit.extra, benefit.granted);
}

}  // namespace

bool is_competency(fb::OfferKind kind) { return rank_of(kind) > 0; }

std::span<const fb::GrantT> lines_of(const fb::CompetencyT& area, fb::OfferKind kind) {
    switch (kind) {
        case fb::OfferKind::action_pack:
        case fb::OfferKind::learning_action_pack:
            return {};
        case fb::OfferKind::silver:
            return area.silver;
        case fb::OfferKind::gold:
            return area.gold;
    }
    return {};
}

CorePackage core_package(const PartnerState& state, fb::OfferKind level, const Context& context,
                         Ending ending) {
    CorePackage package{.has = true, .from = {}};
    for (const fb::OrderT& order : state.orders) {
        if (!order.core || is_among(ending, order.id)) continue;
        if (!is_open(order, context.today, context.policies)) continue;
        if (rank_of(order.kind) >= rank_of(level)) return {};
        package.from.push_back(order.id);
    }
    return package;
}

Granted grants_of(const PartnerState& state, const fb::OfferT& offer, std::string_view competency,
                  const Context& context, Ending ending) {
    Granted granted;
    granted.grants = offer.grants;
    if (!is_competency(offer.kind)) return granted;
    granted.core = core_package(state, offer.kind, context, ending);
    if (!granted.core.has)
        std::erase_if(granted.grants, [](const fb::GrantT& line) { return line.core; });
    if (const auto* area = catalogue::find_competency(context.catalogue, competency))
        add_area(granted.grants, lines_of(*area, offer.kind));
    cut(granted.grants, state, offer.kind, context, ending);
    return granted;
}

std::vector<fb::BenefitT> benefits_of(
    const flatbuffers::Vector<flatbuffers::Offset<fb::Grant>>& grants) {
    std::vector<fb::BenefitT> benefits;
    benefits.reserve(grants.size());
    for (const fb::Grant* grant : grants) {
        fb::BenefitT& benefit = benefits.emplace_back();
        benefit.sku = grant->sku()->str();
        benefit.title = grant->title()->str();
        benefit.kind = grant->kind();
        benefit.unit = grant->unit();
        benefit.granted = grant->quantity();
        benefit.unlimited = grant->unlimited();
        benefit.on_premises = grant->on_premises();
        benefit.core = grant->core();
        // Whatever an event says, no more than all of it.
        benefit.extra = std::min(grant->extra(), grant->quantity());
    }
    return benefits;
}

void begin_core(PartnerState& state, std::string_view order_id, bool has, const OrderIds* from) {
    fb::OrderT* order = find_order(state, order_id);
    if (!order) return;
    set_core(*order, has);
    order->core_from.clear();
    if (!has || !from) return;
    for (const flatbuffers::String* id : *from) {
        order->core_from.push_back(id->str());
        if (fb::OrderT* other = find_order(state, text_of(id)); other && other != order)
            set_core(*other, false);
    }
}

void return_core(PartnerState& state, std::string_view order_id) {
    const fb::OrderT* order = find_order(state, order_id);
    if (!order) return;
    // Orders stand as they came: one behind it had the package when this one was open no more.
    const fb::OrderT* const end = state.orders.data() + state.orders.size();
    if (std::any_of(order + 1, end, [](const fb::OrderT& later) { return later.core; })) return;
    for (const std::string& id : order->core_from)
        if (fb::OrderT* other = find_order(state, id); other && other != order)
            set_core(*other, true);
}

}  // namespace ledger::orders
