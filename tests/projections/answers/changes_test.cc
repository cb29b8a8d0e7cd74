// What changed between two sheets: by the names of things, not by where they stand; nothing that
// only says where a moment is.
#include "projections/answers/changes.h"

#include "partner_sheet_generated.h"
#include "tests/support/catch.h"

namespace ledger::answers {
namespace {

using Lines = std::vector<std::string>;

fb::PartnerSheetT sheet() {
    fb::PartnerSheetT sheet;
    sheet.partner = "contoso";
    sheet.version = 7;
    sheet.legal_name = "Contoso";
    sheet.address = "Seoul";
    sheet.tenants = {"a.example", "b.example"};
    sheet.contact = std::make_unique<fb::PersonT>();
    sheet.contact->id = "kim";
    fb::OrderLineT order;
    order.id = "o1";
    order.offer = "action-pack";
    order.term = fb::OrderTerm::active;
    order.purchased = 100;
    order.days_left = 9;
    order.charge = std::make_unique<fb::MoneyT>();
    order.charge->amount = 47500;
    order.charge->currency = "USD";
    fb::BenefitLineT benefit;
    benefit.sku = "vs";
    benefit.granted = 3;
    order.benefits.push_back(benefit);
    sheet.orders.push_back(order);
    return sheet;
}

Lines changed(const fb::PartnerSheetT& before, const fb::PartnerSheetT& after) {
    const auto leaves = [](const fb::PartnerSheetT& sheet) {
        return leaves_of(json::Packed(sheet).view(), {});
    };
    Lines lines;
    for (const fb::ChangeT& change : changes_between(leaves(before), leaves(after)))
        lines.push_back(change.what + ": " + change.before + " -> " + change.after);
    return lines;
}

fb::SeatLineT seat(std::uint32_t number, const char* person) {
    fb::SeatLineT seat;
    seat.seat = number;
    seat.person = person;
    seat.since = 18659;
    seat.movable_from = 18749;
    return seat;
}

}  // namespace

TEST_CASE("What says where and when a moment is, is no change") {
    fb::PartnerSheetT later = sheet();
    later.version = later.newest_version = 8;
    later.position = 99;
    later.today = 5;
    later.orders[0].days_left = 4;
    later.coming.emplace_back().what = "soon";
    CHECK(changed(sheet(), later).empty());
}

TEST_CASE("A field that differs is one change, under the names of the things around it") {
    fb::PartnerSheetT later = sheet();
    later.orders[0].benefits[0].used = 1;
    later.orders[0].term = fb::OrderTerm::in_window;
    later.orders[0].charge->amount = 100;
    later.tenants.push_back("c.example");
    CHECK(changed(sheet(), later) ==
          Lines{"tenants: a.example, b.example -> a.example, b.example, c.example",
                "order o1, term: active -> in_window", "order o1, charge: 475.00 USD -> 1.00 USD",
                "order o1, benefit vs, used: 0 -> 1"});
}

TEST_CASE("A thing that came or went is one change with its own fields, wherever it stands") {
    fb::PartnerSheetT later = sheet();
    later.orders[0].benefits[0].seats = {seat(2, "lee"), seat(1, "kim")};
    fb::PartnerSheetT moved = sheet();
    moved.orders[0].benefits[0].seats = {seat(1, "kim"), seat(2, "lee")};
    CHECK(changed(later, moved).empty());
    CHECK(changed(sheet(), later) ==
          Lines{"order o1, benefit vs, seat 2:  -> person lee, since 2021-02-01, movable from "
                "2021-05-02",
                "order o1, benefit vs, seat 1:  -> person kim, since 2021-02-01, movable from "
                "2021-05-02"});
    CHECK(changed(later, sheet()).size() == 2);
}

}  // namespace ledger::answers
