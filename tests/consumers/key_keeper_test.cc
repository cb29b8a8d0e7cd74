// Whose data keys a ledger keeps: of what was accepted, and before it is.
#include "consumers/key_keeper.h"

#include <future>
#include <set>

#include "events/record.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger::tests {
namespace {

std::string as_support(const std::string& id, const std::string& type, const std::string& body) {
    return R"({"id":")" + id +
           R"(","partner":"contoso","actor":{"kind":"support","id":"sue"},"type":")" + type +
           R"(","body":)" + body + "}";
}

std::string deliver(const std::string& id, const std::string& key) {
    return as_support(id, "DeliverKeys",
                      R"({"order":"o1","sku":"windows-10-enterprise-upgrade","keys":[{"id":")" +
                          key + R"(","material":"SECRET","units":1}]})");
}

std::set<std::string> subjects(Running& run) {
    std::set<std::string> found;
    const auto listed = run.ledger.key_list->each(
        [&](std::string_view subject, const KeyStore::WrappedKey&) -> Result<void> {
            found.emplace(subject);
            return {};
        });
    REQUIRE(listed.ok());
    return found;
}

const std::string kBuy =
    R"({"id":"buy","partner":"contoso","actor":{"kind":"user","id":"kim"},"type":"PurchaseOffer",)"
    R"("body":{"order":"o1","offer":"action-pack","payment":"card",)"
    R"("charge":{"amount":47500,"currency":"USD"},"terms_accepted":true,"confirmed":true}})";

}  // namespace

TEST_CASE("What is refused leaves no data key, and the same again accepted does", "[SWK-05]") {
    const Sandbox sandbox;
    Running run(sandbox);
    CHECK(run.ask(deliver("d1", "k1")).outcome == Outcome::refused);
    CHECK(subjects(run).empty());
    REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
    REQUIRE(run.ask(as_support("c2", "VerifyContact", "{}")).outcome == Outcome::accepted);
    REQUIRE(run.ask(accept_agreement("c3")).outcome == Outcome::accepted);
    REQUIRE(run.ask(kBuy).outcome == Outcome::accepted);
    CHECK(subjects(run) == std::set<std::string>{"contoso/person/kim"});
    CHECK(run.ask(deliver("d2", "k1")).outcome == Outcome::accepted);
    CHECK(run.ask(deliver("d3", "k1")).outcome == Outcome::refused);
    CHECK(subjects(run) == std::set<std::string>{"contoso/key/k1", "contoso/person/kim"});
}

TEST_CASE("A person and a product key of one id have two data keys", "[SWK-05]") {
    const Sandbox sandbox;
    Running run(sandbox);
    REQUIRE(run.ask(register_partner("c1")).outcome == Outcome::accepted);
    REQUIRE(run.ask(as_support("c2", "VerifyContact", "{}")).outcome == Outcome::accepted);
    REQUIRE(run.ask(accept_agreement("c3")).outcome == Outcome::accepted);
    REQUIRE(run.ask(kBuy).outcome == Outcome::accepted);
    REQUIRE(run.ask(deliver("d1", "kim")).outcome == Outcome::accepted);
    CHECK(subjects(run) == std::set<std::string>{"contoso/key/kim", "contoso/person/kim"});
}

TEST_CASE("Every key that an accepted entry needs is there when the ledger is opened again") {
    const Sandbox sandbox;
    {
        Running run(sandbox);
        fill(run, 20);
        run.node->close(kPatience);
    }
    CHECK(verified(sandbox.place()).clean());
}

TEST_CASE("Entries whose keys can't be kept are not handed to the log, and the others are") {
    class FullStore : public KeyStore {
    public:
        Result<std::optional<WrappedKey>> find(std::string_view) override {
            return std::optional<WrappedKey>();
        }
        Result<std::optional<WrappedKey>> find(Id128) override {
            return std::optional<WrappedKey>();
        }
        Result<bool> was_destroyed(Id128) override { return false; }
        Result<void> put_all(std::span<const NewKey>) override { return no_answer("no room"); }
        Result<void> destroy(std::string_view) override { return {}; }
    };
    const Sandbox sandbox;
    const Running run(sandbox);
    log::Log& log = *run.ledger.log;
    const auto end = [&](std::uint32_t partition) {
        return number(*log.end(PartitionId{partition}));
    };
    const std::uint64_t before = end(0), beside = end(1);
    Sealer sealer(random_key(), std::make_shared<FullStore>());
    std::promise<void> kept;
    KeyKeeper keeper(log, &sealer, [&] { kept.set_value(); });
    fb::UserAddedT added;
    added.user = std::make_unique<fb::PersonT>();
    added.user->id = "kim";
    added.user->name = added.user->email = *sealer.seal("contoso/person/kim", "Kim");
    fb::EventUnion event;
    event.Set(std::move(added));
    EntryHeader header;
    header.partner = "contoso";
    header.command_id = header.actor_id = "kim";
    REQUIRE(keeper.append(PartitionId{0}, {encode_entry(header, encode_body(event))}).ok());
    REQUIRE(keeper.append(PartitionId{1}, {encode_close(1, {2, 3})}).ok());
    kept.get_future().wait();
    const auto lost = keeper.go_on();
    REQUIRE(lost.size() == 1);
    CHECK(lost.front().partition == PartitionId{0});
    CHECK(lost.front().why.no_answer);
    // All that was handed over before this one is in the log too.
    REQUIRE(keeper.append(PartitionId{1}, {encode_close(2, {2, 3})}).ok());
    REQUIRE(run.node->wait_for(PartitionId{1}, Position{beside + 2}, kPatience).ok());
    CHECK(end(0) == before);
}

}  // namespace ledger::tests
