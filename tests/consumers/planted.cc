#include "tests/consumers/planted.h"

#include <algorithm>

#include "events/json/encode.h"
#include "events/json/quote.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

// No schema has a field for telephone numbers yet: people write them behind a name.
constexpr const char* kKimName = "Kimberly Plantedname +82-10-5550-1234";
constexpr const char* kKimEmail = "Kim.Planted@Contoso.Example";
constexpr const char* kLeeName = "이심은 비밀이름";
constexpr const char* kMaxName = "Maximilian Refusedname";  // only ever refused
constexpr const char* kMaxEmail = "max.refused@contoso.example";
constexpr const char* kOfficeToken = "0FF1C-PLANT-TOKEN-ISSUE-D0002";
constexpr const char* kStockKey = "ST0CK-PLANT-KEYMA-TERIA-L0004";  // delivered, never shown

std::string text(std::string_view value) { return json::quote(value); }

std::string person(const std::string& id, const char* name, const char* email) {
    return R"({"id":)" + text(id) + R"(,"name":)" + text(name) + R"(,"email":)" + text(email) + "}";
}

std::string key(const std::string& id, const char* material, int units) {
    return R"({"id":)" + text(id) + R"(,"material":)" + text(material) + R"(,"units":)" +
           std::to_string(units) + "}";
}

// A benefit of order ap-1, and what else the body holds.
std::string of(const char* sku, const std::string& more = "") {
    return R"({"order":"ap-1","sku":)" + text(sku) + more + "}";
}

std::string registration(const std::string& legal_name) {
    return R"({"legal_name":)" + text(legal_name) +
           R"(,"address":"1 Main Street","tenant":"contoso.example","contact":)" +
           person("kim", kKimName, kKimEmail) + R"(,"user":)" + person("kim", kKimName, kKimEmail) +
           "}";
}

// Actor "helpdesk" is support, all others are users.
class Asker {
public:
    explicit Asker(Running& run) : run_(run) {}

    void accept(const std::string& actor, const char* type, const std::string& body) {
        INFO(type);
        REQUIRE(ask("contoso", actor, type, body) == Outcome::accepted);
    }
    void refuse(const std::string& actor, const char* type, const std::string& body) {
        INFO(type);
        REQUIRE(ask("contoso", actor, type, body) == Outcome::refused);
    }
    Outcome ask(const std::string& partner, const std::string& actor, const char* type,
                const std::string& body) {
        const Answer answer = run_.ask(
            R"({"id":"c)" + std::to_string(++count_) + R"(","partner":)" + text(partner) +
            R"(,"actor":{"kind":)" + text(actor == "helpdesk" ? "support" : "user") + R"(,"id":)" +
            text(actor) + R"(},"type":)" + text(type) + R"(,"body":)" + body + "}");
        UNSCOPED_INFO(type << ": " << answer.code << " " << answer.reason);
        return answer.outcome;
    }

private:
    Running& run_;
    int count_ = 0;
};

}  // namespace

const std::vector<std::string>& planted_secrets() {
    static const std::vector<std::string> secrets{
        kKimName,  kKimEmail,   kLeeName,     kPlantedEmail, kMaxName,  "+82-10-5550-1234",
        kMaxEmail, kPlantedKey, kOfficeToken, kRefusedKey,   kStockKey, "Plantedname"};
    return secrets;
}

void plant(Running& run) {
    Asker asker(run);
    constexpr const char* kWindows = "windows-10-enterprise-upgrade";
    constexpr const char* kOffice = "office-365-e3";
    const auto keys = [](const std::string& list) { return R"(,"keys":[)" + list + "]"; };
    asker.accept("kim", "RegisterPartner", registration("Contoso Ltd"));
    asker.accept("kim", "AcceptAgreement", R"({"agreement":"2020-10"})");
    asker.accept("helpdesk", "VerifyContact", "{}");
    asker.accept(
        "kim", "AddUser",
        R"({"user":)" + person("lee", kLeeName, kPlantedEmail) + R"(,"roles":["plain_user"]})");
    asker.refuse(
        "lee", "AddUser",
        R"({"user":)" + person("max", kMaxName, kMaxEmail) + R"(,"roles":["plain_user"]})");
    asker.accept("kim", "PurchaseOffer",
                 R"({"order":"ap-1","offer":"action-pack","payment":"card",)"
                 R"("charge":{"amount":47500,"currency":"USD"},)"
                 R"("terms_accepted":true,"confirmed":true})");
    asker.accept(
        "helpdesk", "DeliverKeys",
        of(kWindows, keys(key("win-1", kPlantedKey, 4) + "," + key("win-2", kStockKey, 6))));
    asker.accept("helpdesk", "DeliverKeys", of(kOffice, keys(key("tok-1", kOfficeToken, 10))));
    asker.refuse("helpdesk", "DeliverKeys", of(kWindows, keys(key("win-3", kRefusedKey, 4))));
    asker.accept("kim", "RevealKey", of(kWindows, R"(,"language":"ko-kr","system":"windows-10")"));
    asker.accept("kim", "ActivateKey", of(kWindows, R"(,"key":"win-1","machine":"pc-1")"));
    asker.accept("kim", "IssueToken", of(kOffice));
    asker.accept("kim", "RedeemToken", of(kOffice, R"(,"token":"tok-1")"));
    asker.accept("kim", "AssignSeat", of("visual-studio-professional", R"(,"person":"lee")"));
    asker.accept("kim", "RemoveUser", R"({"user":"lee"})");
    REQUIRE(run.node->catch_up(kPatience).ok());
}

void plant_in_the_clear(Running& run) {
    REQUIRE(Asker(run).ask("fabrikam", "kim", "RegisterPartner", registration(kPlantedKey)) ==
            Outcome::accepted);
    REQUIRE(run.node->catch_up(kPatience).ok());
}

void Finds::look(const std::string& where, std::string_view bytes) {
    for (const std::string& form : search_.find(bytes)) found_.push_back(where + ": " + form);
}

bool Finds::any_in(std::string_view where) const {
    return std::any_of(found_.begin(), found_.end(), [&](const std::string& found) {
        return found.compare(0, where.size(), where) == 0;
    });
}

std::string Finds::text() const {
    std::string lines;
    for (const std::string& found : found_) lines += found + "\n";
    return lines;
}

void Finds::look_into_records(const LedgerPlace& place) {
    auto ledger = open_log_only(place);
    REQUIRE(ledger.ok());
    std::uint64_t expected = 0;
    std::vector<log::ReadFrom> from;
    for (std::uint32_t i = 0; i < ledger->log->partitions(); ++i) {
        const auto end = ledger->log->end(PartitionId{i});
        REQUIRE(end.ok());
        expected += number(*end);
        from.push_back({PartitionId{i}, Position{0}});
    }
    auto cursor = ledger->log->read(from);
    REQUIRE(cursor.ok());
    std::uint64_t seen = 0;
    while (seen < expected) {
        const auto batches = (*cursor)->poll(kPatience, 1000);
        REQUIRE(batches.ok());
        REQUIRE_FALSE(batches->empty());
        for (const log::ReadBatch& batch : *batches)
            for (const log::StoredRecord& record : batch.records) {
                ++seen;
                Bytes scratch;
                const std::string json =
                    json::to_json("ledger.fb.Record", aligned(record.bytes, scratch));
                look("record", text_of(record.bytes));
                look("record as JSON", json);
            }
    }
}

}  // namespace ledger::tests
