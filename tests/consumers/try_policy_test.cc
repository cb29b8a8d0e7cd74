// A draft policy tried on a whole ledger, whose versions were published in between.
#include "consumers/try_policy.h"

#include <map>

#include "consumers/sandbox_clock.h"
#include "events/json/encode.h"
#include "projections/answers/ledger_then.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

using tests::accept_agreement;
using tests::kPatience;
using tests::register_partner;
using tests::Running;
using tests::Sandbox;

constexpr std::uint32_t kPartitions = 3;
const std::vector<std::string> kPartners = {"p0", "p1", "p2", "p3"};

std::string command(const std::string& id, const std::string& partner, const char* type,
                    const std::string& body, const char* kind = "user", const char* actor = "kim") {
    return R"({"id":")" + id + R"(","partner":")" + partner + R"(","actor":{"kind":")" + kind +
           R"(","id":")" + actor + R"("},"type":")" + type + R"(","body":)" + body + "}";
}

std::string order(const std::string& partner, const std::string& id,
                  const std::string& offer = "action-pack") {
    return command("buy-" + id, partner, "PurchaseOffer",
                   R"({"order":")" + id + R"(","offer":")" + offer +
                       R"(","payment":"bank_transfer",)"
                       R"("charge":{"amount":10000,"currency":"USD"},)"
                       R"("terms_accepted":true,"confirmed":true})");
}

void must(Running& run, const std::string& json) {
    const Answer answer = run.ask(json);
    INFO(answer.code);
    REQUIRE(answer.outcome == Outcome::accepted);
}

std::vector<fb::PolicyVersionT> policies_of(Running& run) {
    REQUIRE(run.node->catch_up(kPatience).ok());
    const auto ledger = answers::ledger_then(*run.ledger.rows->snapshot(), PartitionId{0});
    REQUIRE(ledger.ok());
    return ledger->policies;
}

// In every partition.
void publish(Running& run, const fb::PolicyVersionT& policy) {
    const auto packed = json::command_from_json(
        R"({"id":"pub-)" + std::to_string(policy.version) +
            R"(","actor":{"kind":"support","id":"desk"},"type":"PublishPolicy","body":{"policy":)" +
            json::to_json(json::Packed(policy).view()) + "}}",
        *run.ledger.sealer, json::Callers::the_ledger);
    INFO((packed ? "" : packed.error().message));
    REQUIRE(packed.ok());
    for (std::uint32_t i = 0; i < kPartitions; ++i) {
        std::promise<Answer> answered;
        run.node->submit_to(PartitionId{i}, *packed,
                            [&](const Answer& answer) { answered.set_value(answer); });
        REQUIRE(answered.get_future().get().outcome == Outcome::accepted);
    }
}

// On one day: each partner orders, another version is published for that day with other days to pay, each
// orders once more.
fb::PolicyVersionT order_around_a_publication(Running& run) {
    for (const std::string& partner : kPartners) {
        must(run, register_partner("c1", "Partner", partner));
        must(run, command("c2", partner, "VerifyContact", "{}", "system", "mailer"));
        must(run, accept_agreement("c3", partner));
        must(run, order(partner, "o1"));
    }
    fb::PolicyVersionT next = policies_of(run).front();
    next.version = policies_of(run).back().version + 1;
    next.effective = parse_date("2020-09-01")->days;
    next.payment_days = 10;
    publish(run, next);
    for (const std::string& partner : kPartners)
        must(run, order(partner, "o2", "learning-action-pack"));
    return next;
}

struct Tried {
    PolicyTried counts;
    std::map<std::string, std::vector<std::uint64_t>> versions;  // of those that differ
};

Tried tried(Running& run, const fb::PolicyVersionT& draft) {
    REQUIRE(run.node->catch_up(kPatience).ok());
    Tried found;
    const auto counts =
        try_policy(*run.ledger.rows->snapshot(), kPartitions, draft,
                   [&](const TriedEntry& entry) {
                       const fb::Entry& of = *entry.record.entry;
                       found.versions[std::string(text_of(of.partner()))].push_back(of.version());
                       return true;
                   },
                   {}, {});
    REQUIRE(counts.ok());
    found.counts = *counts;
    return found;
}

}  // namespace

TEST_CASE("Each event is tried under what its partition had been told by then, and no more",
          "[LED-03]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    const fb::PolicyVersionT published = order_around_a_publication(run);
    const std::vector<fb::PolicyVersionT> policies = policies_of(run);

    // What is in force says nothing new, whichever version it is.
    for (const fb::PolicyVersionT& each : policies) {
        if (each.version == published.version) continue;
        const Tried same = tried(run, each);
        CHECK(same.versions.empty());
        CHECK(same.counts.same == 5 * kPartners.size());
        CHECK(same.counts.untried_in_all() == 0);
        CHECK(same.counts.ledgers_own == kPartitions);
        CHECK(same.counts.partners == kPartners.size());
    }
    // Known from the morning on, the new version would have had the first orders paid sooner.
    const Tried sooner = tried(run, published);
    CHECK(sooner.counts.otherwise == kPartners.size());
    for (const std::string& partner : kPartners)
        CHECK(sooner.versions.at(partner) == std::vector<std::uint64_t>{4});
}

TEST_CASE("What a draft would have refused has happened all the same for what follows",
          "[ACC-08]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    order_around_a_publication(run);
    must(run, command("c6", "p1", "UpdateProfile", R"({"address":"2 Main Street"})"));
    must(run, command("c8", "p1", "UpdateProfile", R"({"address":"1 Main Street"})"));
    fb::PolicyVersionT draft = policies_of(run).back();
    ++draft.version;
    draft.profile_roles = fb::Role::partner_admin;
    const Tried found = tried(run, draft);
    // Had the first been refused, the second would have found nothing to do.
    CHECK(found.counts.refused == 2);
    CHECK(found.counts.nothing == 0);
    // The first orders: that day began under another version.
    CHECK(found.counts.otherwise == kPartners.size());
    draft.profile_roles = {};
    CHECK(tried(run, draft).counts.same == found.counts.tried() - kPartners.size());
}

TEST_CASE("What was refused is tried where its partner stood, and told where it would have passed",
          "[LED-05][ACC-08]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    order_around_a_publication(run);
    must(run, command("c6", "p1", "AddUser",
                      R"({"user":{"id":"sam","name":"Sam","email":"sam@p1.example"},)"
                      R"("roles":["partner_admin"]})"));
    // For want of a role, on a ledger whose day is not the machine's.
    for (const char* who : {"sam", "nobody"}) {
        const std::string id = std::string("review-") + who;
        CHECK(run.ask(command(id, "p1", "ReviewProfile", "{}", "user", who)).code ==
              "role.missing");
    }
    must(run, command("c9", "p1", "RemoveUser", R"({"user":"sam"})"));

    std::vector<std::string> allowed;
    const auto tried_on = [&](const fb::PolicyVersionT& draft) {
        allowed.clear();
        const auto counts =
            try_policy(*run.ledger.rows->snapshot(), kPartitions, draft,
                       [](const TriedEntry&) { return true; },
                       {run.ledger.refusals.get(), Date{1},
                        [&](const TriedRefusal& refusal) {
                            CHECK(std::holds_alternative<NewEntry>(refusal.ruling.says));
                            allowed.emplace_back(text_of(refusal.refusal.command_id()));
                            return true;
                        }},
                       {});
        REQUIRE(counts.ok());
        return *counts;
    };
    fb::PolicyVersionT draft = policies_of(run).back();
    CHECK(tried_on(draft).refused_again == 2);
    CHECK(allowed.empty());
    ++draft.version;
    draft.profile_roles = fb::Role::partner_admin;
    const PolicyTried tried = tried_on(draft);
    CHECK(tried.refused_again == 1);
    CHECK(tried.not_refused == 1);
    CHECK(allowed == std::vector<std::string>{"review-sam"});
}

TEST_CASE("Whoever has seen enough ends the trial") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    const fb::PolicyVersionT published = order_around_a_publication(run);
    std::size_t seen = 0;
    const auto counts = try_policy(*run.ledger.rows->snapshot(), kPartitions, published,
                                   [&](const TriedEntry&) { return ++seen < 2; }, {}, {});
    REQUIRE(counts.ok());
    CHECK(seen == 2);
}

}  // namespace ledger
