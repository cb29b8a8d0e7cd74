// A partner as it was: at the end of a day, right after a version.
#include "projections/past.h"

#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger::views {
namespace {

// A partner whose history stands in the rows: registered, then one agreement after another.
class Contoso {
public:
    Contoso() {
        fb::PartnerRegisteredT registered;
        registered.legal_name = "Contoso";
        registered.contact = std::make_unique<fb::PersonT>();
        registered.user = std::make_unique<fb::PersonT>();
        registered.user->id = "kim";
        happen("2020-09-01T10:00:00Z", std::move(registered));
        agree("2020-12-31T23:59:59.999Z", "2020-12");
        agree("2021-01-01T00:00:00Z", "2021-01");
    }
    Past at(const Moment& moment) const {
        auto past = partner_at(*rows_.snapshot(), PartitionId{0}, PartnerId{"contoso"}, moment);
        if (!past) FAIL(past.error().message);
        return std::move(*past);
    }
    Past on(const char* day) const { return at({parse_date(day), std::nullopt}); }
    Past after(std::uint64_t version) const { return at({std::nullopt, version}); }
    const MapRows& rows() const { return rows_; }

private:
    template <typename Event>
    void happen(const char* time, Event event) {
        fb::EventUnion any;
        any.Set(std::move(event));
        EntryHeader header;
        header.partner = "contoso";
        header.version = ++version_;
        header.time_ms = parse_time(time)->milliseconds;
        header.command_id = "c";
        header.actor_id = "kim";
        const Bytes record = encode_entry(header, encode_body(any));
        std::string key;
        put_history_key(key, PartitionId{0}, "contoso", version_);
        const std::uint64_t position = flatbuffers::EndianScalar(version_);
        RowBatch row;
        row.put(Family::history, key, {reinterpret_cast<const char*>(&position), sizeof position},
                text_of(BytesView(record)));
        REQUIRE(rows_.write(row).ok());
    }
    void agree(const char* time, const char* agreement) {
        fb::AgreementAcceptedT accepted;
        accepted.agreement = agreement;
        happen(time, std::move(accepted));
    }

    MapRows rows_;
    std::uint64_t version_ = 0;
};

TEST_CASE("Without a moment it is the partner as the view has it") {
    const Past now = Contoso().at({});
    CHECK(now.state.version == 3);
    CHECK(now.newest_version == 3);
    CHECK(now.first == *parse_time("2020-09-01T10:00:00Z"));
    CHECK(now.last == *parse_time("2021-01-01T00:00:00Z"));
}

TEST_CASE("A day counts to its last millisecond") {
    const Contoso contoso;
    CHECK(contoso.on("2020-12-30").state.version == 1);
    CHECK(contoso.on("2020-12-31").state.version == 2);
    CHECK(contoso.on("2021-01-01").state.version == 3);
    CHECK(contoso.on("2030-01-01").state.version == 3);
    CHECK(contoso.on("2020-12-31").newest_version == 3);
    CHECK(contoso.on("2020-12-31").last == *parse_time("2020-12-31T23:59:59.999Z"));
}

TEST_CASE("Before its first day nothing had happened to it") {
    const Past before = Contoso().on("2020-08-31");
    CHECK(before.state.version == 0);
    CHECK(before.newest_version == 3);
    CHECK(before.first == *parse_time("2020-09-01T10:00:00Z"));
}

TEST_CASE("A version is the partner right after it") {
    const Contoso contoso;
    CHECK(contoso.after(1).state.legal_name == "Contoso");
    for (const std::uint64_t version : {1, 2, 3})
        CHECK(contoso.after(version).state.version == version);
    CHECK(contoso.after(9).state.version == 3);
}

TEST_CASE("A partner that isn't there has no past") {
    const Contoso contoso;
    const auto nobody =
        partner_at(*contoso.rows().snapshot(), PartitionId{0}, PartnerId{"fabrikam"}, {});
    REQUIRE(nobody.ok());
    CHECK(nobody->newest_version == 0);
    CHECK(nobody->state.version == 0);
}

TEST_CASE("An event of the ledger's own in a partner's history is a damaged row, not a bug") {
    MapRows rows;
    fb::EventUnion moved;
    moved.Set(fb::ClockMovedT{});
    EntryHeader header;
    header.partner = "contoso";
    header.version = 1;
    header.command_id = "c";
    header.actor_id = "clock";
    const Bytes record = encode_entry(header, encode_body(moved));
    const std::string value(kHistoryHeaderBytes, '\0');
    RowBatch row;
    row.put(Family::history, history_key(PartitionId{0}, "contoso", 1), value, text_of(record));
    REQUIRE(rows.write(row).ok());
    const auto past = partner_at(*rows.snapshot(), PartitionId{0}, PartnerId{"contoso"}, {});
    REQUIRE_FALSE(past.ok());
    CHECK(past.error().code == views::kRowDamaged);
}

TEST_CASE("A history is followed event by event, with the state behind each") {
    const Contoso contoso;
    std::vector<std::uint64_t> versions;
    REQUIRE(follow_partner(*contoso.rows().snapshot(), PartitionId{0}, PartnerId{"contoso"},
                           [&](const RecordView& record, const PartnerState& after) {
                               CHECK(record.entry->version() == after.version);
                               versions.push_back(after.version);
                           })
                .ok());
    CHECK(versions == std::vector<std::uint64_t>{1, 2, 3});
}

}  // namespace
}  // namespace ledger::views
