// Partners by a piece of what they are called or have.
#include "projections/search.h"

#include "aggregates/partner.h"
#include "projections/map_rows.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

class Partners {
public:
    Partners() {
        PartnerState contoso = new_partner(PartnerId{"contoso"});
        contoso.legal_name =
            "Contoso GmbH \xC3\x9C"
            "bersee";
        contoso.tenants = {"contoso.example"};
        fb::UserT kim;
        kim.id = "kim";
        contoso.users.push_back(kim);
        fb::OrderT order;
        order.id = "ap-2020";
        contoso.orders.push_back(order);
        add(contoso);
        PartnerState fabrikam = new_partner(PartnerId{"fabrikam"});
        fabrikam.legal_name = "Fabrikam";
        fabrikam.tenants = {"fabrikam.example"};
        add(fabrikam);
    }
    // "partner: what it was found in, ..." of each.
    std::vector<std::string> found(const std::string& text, std::size_t most = 10) const {
        std::vector<std::string> all;
        for (const FoundPartner& each : search(text, most).partners) {
            std::string line = each.partner + ":";
            for (const Hit& hit : each.hits) line += " " + hit.text;
            all.push_back(line);
        }
        return all;
    }
    Search search(const std::string& text, std::size_t most) const {
        auto search = search_partners(*rows_.snapshot(), text, most);
        if (!search) FAIL(search.error().message);
        return std::move(*search);
    }
    MapRows& rows() { return rows_; }

private:
    void add(const PartnerState& state) {
        RowBatch batch;
        batch.put(Family::partners, state.partner, text_of(pack(state)));
        REQUIRE(rows_.write(batch).ok());
    }
    MapRows rows_;
};

using Found = std::vector<std::string>;

TEST_CASE("A piece of an id, a name, a tenant, an order leads to the partner") {
    const Partners partners;
    CHECK(partners.found("ntoso") == Found{"contoso: contoso Contoso GmbH \xC3\x9C"
                                           "bersee contoso.example"});
    CHECK(partners.found("GmbH") == Found{"contoso: Contoso GmbH \xC3\x9C"
                                          "bersee"});
    CHECK(partners.found("kim") == Found{"contoso: kim"});
    CHECK(partners.found("ap-2") == Found{"contoso: ap-2020"});
    CHECK(partners.found("fabrikam.ex") == Found{"fabrikam: fabrikam.example"});
    CHECK(partners.found("nobody").empty());
}

TEST_CASE("Case doesn't matter in ASCII, and every other byte is what it is") {
    const Partners partners;
    CHECK(partners.found("gMBh").size() == 1);
    CHECK(partners
              .found("\xC3\x9C"
                     "BERSEE")
              .size() == 1);
    CHECK(partners
              .found("\xC3\xBC"
                     "bersee")
              .empty());
}

TEST_CASE("Partners come in the order of their ids, no more than asked for") {
    const Partners partners;
    CHECK(partners.found("example").size() == 2);
    CHECK(partners.found("example", 1) == Found{"contoso: contoso.example"});
    CHECK(partners.search("example", 1).more);
    CHECK_FALSE(partners.search("example", 2).more);
}

TEST_CASE("A damaged row is not passed over") {
    Partners partners;
    REQUIRE(partners.rows().write({{Family::partners, "damaged", "example"}}).ok());
    CHECK_FALSE(search_partners(*partners.rows().snapshot(), "example", 10).ok());
}

}  // namespace
}  // namespace ledger::views
