// What an order grants: of an Action Pack what its offer lists; of a competency the core package of
// its level, unless another order has it, and what its area brings beside it [OFF-05, OFF-09,
// MRG-02]. A purchase, a renewal and an upgrade all come here.
//
// A partner has one core package, of its highest level. The mark `core` of an order says that it is
// there; it goes to an order of a higher level on the day that one begins. What was taken of the
// core lines before stays until the term of its order ends, and nothing more is taken of them
// (benefit.core-moved). If the order that took it is cancelled, the mark comes back. An order that
// waits for its money has no core package yet, and takes none.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/partner.h"

namespace ledger::orders {

// Silver or gold, which are bought for an area each.
bool is_competency(fb::OfferKind kind);

// What the area brings beside an offer of that kind: none beside one that is no competency.
std::span<const fb::GrantT> lines_of(const fb::CompetencyT& area, fb::OfferKind kind);

// The ids of orders that end with the new one, as those that it renews or replaces: they neither
// stand in its way nor count.
using Ending = std::span<const std::string>;

struct CorePackage {
    bool has = false;               // no other open order has one of its level or of a higher one
    std::vector<std::string> from;  // open orders of a lower level whose core package it takes
};

// Of an order of that level whose term begins today.
CorePackage core_package(const PartnerState& state, fb::OfferKind level, const Context& context,
                         Ending ending);

struct Granted {
    std::vector<fb::GrantT> grants;
    CorePackage core;
};

// Of an order of this offer that begins today. The competency is one of the catalogue in force
// (catalogue::find_competency), and not looked at for an offer that is none. A line that the core
// package and the area both have stands once, with `extra` for the area's units; where it has a
// ceiling, all orders of the level that are open or wait for their money grant no more than that
// together, and the area's units are the first to give way.
Granted grants_of(const PartnerState& state, const fb::OfferT& offer, std::string_view competency,
                  const Context& context, Ending ending = {});

// For evolve, the lines of an order from those of its event.
std::vector<fb::BenefitT> benefits_of(
    const flatbuffers::Vector<flatbuffers::Offset<fb::Grant>>& grants);

using OrderIds = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

// For evolve, the term of an order begins that was to have a core package: it has it, from those
// orders, null where there are none; or it has not, and what it was to grant of it is not to be had.
void begin_core(PartnerState& state, std::string_view order, bool has, const OrderIds* from);

// For evolve: the order ends as if it had not been; the orders that it had the core package from
// have it again, unless one that came since has it.
void return_core(PartnerState& state, std::string_view order);

}  // namespace ledger::orders
