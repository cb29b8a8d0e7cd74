// Given a history, when somebody asks for something on a day, then this event, this refusal, or
// nothing: how the rules are tested. Dates are "2021-04-14". Everything is decided and evolved by
// the product's own functions, under the policy and catalogue versions that a new ledger begins
// with; events are compared by all of their bytes.
//
//   given(contoso().with_action_pack("2021-01-10").with_seat("kim", "2021-01-15"))
//       .when(move_seat(1, "lee"))
//       .at("2021-04-14").refused("seat.reassign-too-early", "2021-04-15")
//       .at("2021-04-15").then(seat_moved(1, "kim", "lee", "2021-04-15"));
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/answer_of.h"
#include "events/bytes.h"
#include "events/record.h"
#include "events/text_map.h"

namespace ledger::rules {

Date day(std::string_view date);

// A command and who sends it: ada, the registering user, unless said otherwise.
struct Asked {
    fb::CommandBodyUnion body;
    std::string id;  // empty: one that nothing was asked under before
    bool of_the_ledger = false;
    fb::ActorKind kind = fb::ActorKind::user;
    std::string actor = "ada";
    std::optional<std::uint64_t> expected_version;
    std::optional<Time> not_after;
    std::string reason;
    std::uint64_t corrects = 0;

    Asked under_id(std::string_view command_id) const;
    Asked by(std::string_view user) const;
    Asked by_support() const;
    Asked by_system() const;
    Asked by_auditor() const;
    Asked expecting(std::uint64_t version) const;
    Asked until(Time time) const;
    Asked saying(std::string_view why) const;
    Asked correcting(std::uint64_t version) const;
    // For the ledger though it is a partner's command, or the other way round.
    Asked at_the_wrong_door() const;

    Bytes packed() const;
};

template <typename CommandT>
Asked ask(CommandT command) {
    Asked asked;
    asked.body.Set(std::move(command));
    return asked;
}

inline constexpr std::string_view kOrder = "ap-1";
inline constexpr std::string_view kSku = "visual-studio-professional";
inline constexpr fb::Role kNoRole = fb::Role::NONE;

std::unique_ptr<fb::PersonT> person(std::string_view id);

Asked register_partner(std::string_view user = "ada");
Asked accept_agreement(std::string_view agreement = "2020-10");
Asked verify_contact();  // by the system
Asked add_user(std::string_view id, fb::Role roles = fb::Role::plain_user, bool may_sign = false);
Asked remove_user(std::string_view id);
Asked add_tenant(std::string_view tenant);
Asked confirm_tenant(std::string_view tenant);  // by the system
Asked change_roles(std::string_view id, fb::Role roles, bool may_sign = false);
fb::PurchaseOfferT order_form(std::string_view offer = "action-pack",
                              std::string_view order = kOrder);
Asked purchase(std::string_view offer = "action-pack", std::string_view order = kOrder);
Asked turn_off(std::string_view order = kOrder);
Asked turn_on(std::string_view order = kOrder);
Asked assign_seat(std::string_view person, std::string_view tenant = "",
                  std::string_view order = kOrder, std::string_view sku = kSku);
Asked move_seat(std::uint32_t seat, std::string_view person, std::string_view tenant = "");
Asked release_seat(std::uint32_t seat);
Asked move_clock(std::string_view date);                // by the system
Asked publish(const fb::PolicyVersionT& policy);        // by support
Asked publish(const fb::CatalogueVersionT& catalogue);  // by support

fb::SeatAssignedT seat_assigned(std::uint32_t seat, std::string_view person, std::string_view on,
                                std::string_view tenant = "");
fb::SeatMovedT seat_moved(std::uint32_t seat, std::string_view from, std::string_view to,
                          std::string_view on, std::string_view tenant = "");
fb::SeatReleasedT seat_released(std::uint32_t seat, std::string_view person);

// What a command comes to: that it was accepted before, an event, nothing, or a refusal.
using Ruled = std::variant<KnownCommand, Accepted, Nothing, Refusal>;

// What has happened so far: to one partner, or to the ledger itself.
class Story {
public:
    static Story of_partner(std::string_view partner);
    static Story of_ledger(LedgerState ledger);

    // Asks on a day for what must be accepted.
    Story with(const Asked& asked, std::string_view on) const;
    Story with_action_pack(std::string_view on) const;
    Story with_seat(std::string_view person, std::string_view on) const;
    // Takes an event for granted, whether or not decide would ever give it.
    template <typename EventT>
    Story happened(EventT event) const {
        fb::EventUnion any;
        any.Set(std::move(event));
        Story story = *this;
        story.add(any);
        return story;
    }
    // The policies and catalogues to decide under.
    Story under(LedgerState ledger) const;
    // Takes a state for granted, whether or not any history leads there.
    Story where(const std::function<void(PartnerState&)>& change) const;

    Ruled rule_on(const Asked& asked, Date today) const;
    void add(const fb::EventUnion& event);

    const PartnerState& partner() const { return partner_; }
    const LedgerState& ledger() const { return ledger_; }

private:
    Standing standing() const;

    bool is_ledger_ = false;
    PartnerState partner_;
    LedgerState ledger_;
    std::vector<fb::Event> event_types_;
    TextMap<KnownCommand> commands_;  // that were asked under an id of their own
};

// With the first policies and catalogues of a new ledger.
LedgerState new_ledger(bool sandbox = false, std::string_view clock = "2020-01-01");
Story nobody();  // a partner that is not registered
// Registered and verified in June 2019, agreement accepted. Users: ada (global admin, admin agent,
// signs), pat (partner admin), sam (account admin), zoe (admin agent), and the plain users kim,
// lee, max, nia.
Story contoso();

// With an Action Pack of 2021-01-10: three seats, anniversary 2022-01-10, window 2022-01-11 ..
// 2022-02-09.
Story with_pack();
// Its seats are kim's, lee's and max's.
Story full_house();

class Scenario {
public:
    Scenario(Story story, Asked asked) : story_(std::move(story)), asked_(std::move(asked)) {}

    Scenario& at(std::string_view date);
    template <typename EventT>
    Scenario& then(EventT event) {
        fb::EventUnion any;
        any.Set(std::move(event));
        return then_event(any);
    }
    // With an earliest date: the day before is refused by the same code, and that day is not.
    Scenario& refused(std::string_view code, std::string_view earliest = "");
    Scenario& under_rule(std::string_view rule);  // of the last refusal
    Scenario& nothing();
    Scenario& accepted_before(std::uint64_t version);
    const Refusal& refusal() const { return *refusal_; }

private:
    Scenario& then_event(const fb::EventUnion& expected);

    Story story_;
    Asked asked_;
    Date today_;
    std::optional<Refusal> refusal_;
};

class Given {
public:
    explicit Given(Story story) : story_(std::move(story)) {}
    Scenario when(Asked asked) const { return {story_, std::move(asked)}; }

private:
    Story story_;
};

inline Given given(Story story) { return Given(std::move(story)); }

// The codes of all refusals that scenarios of this program have met and asserted.
std::set<Sentence>& sentences_met();

// It is a whole sentence in every language. Counts among those that were met.
void require_said(const Said& said);

}  // namespace ledger::rules
