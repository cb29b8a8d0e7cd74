// Policy and catalogue versions in files: all that is wrong is found in one look, in its place.
#include "aggregates/version_files.h"

#include <set>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/policy/policy.h"
#include "events/json/encode.h"
#include "events/json/read.h"
#include "events/json/table_view.h"
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

using PolicyFiles = VersionFiles<fb::PolicyVersionT>;
using CatalogueFiles = VersionFiles<fb::CatalogueVersionT>;

std::string version_text(std::uint32_t version, const char* effective) {
    fb::PolicyVersionT made = new_ledger().policies.back();
    made.version = version;
    made.effective = day(effective).days;
    return json::to_json(json::Packed(made).view());
}

std::string catalogue_of(const std::string& offers) {
    return R"({"version": 1, "effective": "2020-01-01", "note": "x", "offers": [)" + offers + "]}";
}

struct Found {
    std::string file;
    std::string place;
    std::string_view code;

    bool operator==(const Found&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Found& found) {
        return out << found.file << " at " << found.place << ": " << found.code;
    }
};

std::vector<Found> found_in(const std::vector<FileFault>& faults) {
    std::vector<Found> found;
    for (const FileFault& each : faults)
        found.push_back({each.file, each.what.place, each.what.code.text});
    return found;
}

using Faults = std::vector<Found>;

Faults sequence_faults(const std::vector<NamedText>& files,
                       std::optional<std::uint32_t> first = std::nullopt) {
    PolicyFiles read = read_version_files<fb::PolicyVersionT>(files);
    REQUIRE(read.faults.empty());
    check_sequence(read, first);
    return found_in(read.faults);
}

Faults faults_after_ledger(const std::vector<NamedText>& files, const char* today) {
    const LedgerState ledger = new_ledger();
    PolicyFiles read = read_version_files<fb::PolicyVersionT>(files);
    REQUIRE(read.faults.empty());
    check_sequence(read, std::nullopt,
                   std::optional(Published<fb::PolicyVersionT>{ledger.policies, day(today)}));
    return found_in(read.faults);
}

}  // namespace

TEST_CASE("What is built in is right as an operator's files would be") {
    PolicyFiles policies =
        read_version_files<fb::PolicyVersionT>({{"p.json", std::string(policy::policy_json())}});
    check_sequence(policies, 1);
    CHECK(found_in(policies.faults).empty());
    CHECK(versions_in(std::move(policies)) == *policy::initial_policies());
    CatalogueFiles catalogues = read_version_files<fb::CatalogueVersionT>(
        {{"c.json", std::string(catalogue::catalogue_json())}});
    check_sequence(catalogues, 1);
    CHECK(found_in(catalogues.faults).empty());
    CHECK(versions_in(std::move(catalogues)) == *catalogue::initial_catalogues());
}

TEST_CASE("Every fault of every file is told, each with its place") {
    const PolicyFiles read = read_version_files<fb::PolicyVersionT>(
        {{"1.json",
          R"({"version": 0, "seat_move_day": 3, "refund_days": 9999, "effective": "2020-01-01",
                        "renewal_window_days": 1, "payment_days": "ten", "benefit_roles": ["king"]})"},
         {"2.json", "{,}"},
         {"3.json", R"([17, {"version": 2}])"}});
    const Faults found = found_in(read.faults);
    const std::set<std::string> places = [&] {
        std::set<std::string> all;
        for (const Found& each : found) all.insert(each.file + " " + each.place);
        return all;
    }();
    CHECK(places ==
          std::set<std::string>{"1.json version", "1.json seat_move_day", "1.json refund_days",
                                "1.json payment_days", "1.json benefit_roles[0]", "1.json note",
                                "2.json line 1, column 2", "3.json [0]", "3.json [1].effective",
                                "3.json [1].renewal_window_days", "3.json [1].refund_days",
                                "3.json [1].payment_days", "3.json [1].note"});
    CHECK(read.versions.empty());
    for (const FileFault& each : read.faults) {
        INFO(each.what.message);
        CHECK(each.what.message.starts_with(each.what.place));
    }
}

TEST_CASE("Numbers go up without a hole, each once, and days go up with them") {
    CHECK(sequence_faults(
              {{"5", version_text(5, "2020-01-01")}, {"6", version_text(6, "2020-01-02")}})
              .empty());
    CHECK(sequence_faults({{"5", version_text(5, "2020-01-01")}}, 1) ==
          Faults{{"5", "version", "version.missing"}});
    CHECK(sequence_faults(
              {{"1", version_text(1, "2020-01-01")}, {"3", version_text(3, "2020-01-02")}}) ==
          Faults{{"3", "version", "version.missing"}});
    CHECK(sequence_faults(
              {{"a", version_text(1, "2020-01-01")}, {"b", version_text(1, "2020-01-02")}}) ==
          Faults{{"b", "version", "version.twice"}});
    CHECK(sequence_faults(
              {{"1", version_text(1, "2020-01-02")}, {"2", version_text(2, "2020-01-02")}}) ==
          Faults{{"2", "effective", "effective.overlaps"}});
    CHECK(sequence_faults(
              {{"1", version_text(1, "2020-01-02")}, {"2", version_text(2, "2020-01-01")}}) ==
          Faults{{"2", "effective", "effective.backwards"}});
    // In one list, and in the order of the numbers whatever that of the files is.
    const std::string list =
        "[" + version_text(2, "2020-01-03") + "," + version_text(1, "2020-01-04") + "]";
    CHECK(sequence_faults({{"all", list}}, 1) ==
          Faults{{"all", "[0].effective", "effective.backwards"}});
}

TEST_CASE("What follows a ledger's versions begins behind them, and not before its day") {
    CHECK(faults_after_ledger({{"8", version_text(8, "2023-03-01")}}, "2023-03-01").empty());
    CHECK(faults_after_ledger({{"8", version_text(8, "2023-02-28")}}, "2023-03-01") ==
          Faults{{"8", "effective", "effective.past"}});
    CHECK(faults_after_ledger({{"9", version_text(9, "2023-03-01")}}, "2023-03-01") ==
          Faults{{"9", "version", "version.missing"}});
    CHECK(faults_after_ledger({{"8", version_text(8, "2023-01-01")}}, "2022-12-01") ==
          Faults{{"8", "effective", "effective.overlaps"}});
    // A folder that keeps them all: what is published says what was published.
    const std::string all = std::string(policy::policy_json());
    CHECK(faults_after_ledger({{"all", all}, {"8", version_text(8, "2023-03-01")}}, "2023-03-01")
              .empty());
    CHECK(faults_after_ledger({{"6", version_text(6, "2023-03-01")}}, "2023-03-01") ==
          Faults{{"6", "version", "version.not-the-ledgers"}});
}

TEST_CASE("A policy without a role for benefits, and a catalogue with a name twice, are told") {
    fb::PolicyVersionT none = new_ledger().policies.back();
    none.benefit_roles = fb::Role::NONE;
    const auto policies = read_version_files<fb::PolicyVersionT>(
        {{"6.json", json::to_json(json::Packed(none).view())}});
    CHECK(found_in(policies.faults) == Faults{{"6.json", "benefit_roles", "roles.none"}});

    const std::string pack = R"({"id": "a", "title": "A", "kind": "silver", "grants": [
        {"sku": "s", "title": "S", "kind": "download", "unit": "account", "quantity": 1},
        {"sku": "s", "title": "S", "kind": "download", "unit": "account", "quantity": 1}]})";
    const auto twice = read_version_files<fb::CatalogueVersionT>(
        {{"1.json", catalogue_of(pack + "," +
                                 R"({"id": "a", "title": "A", "kind": "gold", "grants": []})")}});
    CHECK(found_in(twice.faults) == Faults{{"1.json", "offers[0].grants[1].sku", "name.twice"},
                                           {"1.json", "offers[1].id", "name.twice"}});
}

TEST_CASE("An area that grants a SKU in another kind or unit than its level is told", "[OFF-09]") {
    fb::CatalogueVersionT catalogue = new_ledger().catalogues.front();
    const auto first_line = [&](fb::OfferKind level) {
        for (const fb::OfferT& offer : catalogue.offers)
            if (offer.kind == level) return offer.grants.front();
        FAIL("the catalogue has no such level");
        return fb::GrantT{};
    };
    REQUIRE(catalogue.competencies.size() > 1);
    fb::GrantT silver = first_line(fb::OfferKind::silver);
    silver.unit = silver.unit == fb::Unit::licence ? fb::Unit::account : fb::Unit::licence;
    catalogue.competencies[0].silver = {silver};
    fb::GrantT gold = first_line(fb::OfferKind::gold);
    catalogue.competencies[1].gold = {gold, gold};
    catalogue.competencies[1].gold[1].sku = "of-the-area-alone";
    catalogue.competencies[1].gold[0].kind = gold.kind == fb::BenefitKind::download
                                                 ? fb::BenefitKind::software_key
                                                 : fb::BenefitKind::download;
    const auto files = read_version_files<fb::CatalogueVersionT>(
        {{"2.json", json::to_json(json::Packed(catalogue).view())}});
    CHECK(found_in(files.faults) == Faults{{"2.json", "competencies[0].silver[0]", "sku.differs"},
                                           {"2.json", "competencies[1].gold[0]", "sku.differs"}});
}

TEST_CASE("A period of a policy has both of its days, in their order") {
    fb::PolicyVersionT made = new_ledger().policies.back();
    made.hardship_from = day("2020-12-31").days;
    made.hardship_to = day("2020-07-01").days;
    const auto backwards = read_version_files<fb::PolicyVersionT>(
        {{"7.json", json::to_json(json::Packed(made).view())}});
    CHECK(found_in(backwards.faults) == Faults{{"7.json", "hardship_to", "period.backwards"}});
    made.hardship_to.reset();
    const auto open = read_version_files<fb::PolicyVersionT>(
        {{"7.json", json::to_json(json::Packed(made).view())}});
    CHECK(found_in(open.faults) == Faults{{"7.json", "hardship_to", "period.open"}});
    made.hardship_to = made.hardship_from;
    const auto one_day = read_version_files<fb::PolicyVersionT>(
        {{"7.json", json::to_json(json::Packed(made).view())}});
    CHECK(one_day.faults.empty());
}

TEST_CASE("A catalogue that grants a kind which no area knows is told with its place") {
    const auto read = read_version_files<fb::CatalogueVersionT>(
        {{"1.json", catalogue_of(
                        R"({"id": "a", "title": "A", "kind": "silver", "grants": [
            {"sku": "s", "title": "S", "kind": "magic", "unit": "account", "quantity": 1}]})")}});
    CHECK(found_in(read.faults) ==
          Faults{{"1.json", "offers[0].grants[0].kind", json::kWrongValue.text}});
}
