#include "tests/support/rules.h"

#include <utility>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/policy/policy.h"
#include "tests/support/catch.h"

namespace ledger::rules {
namespace {

// Noon: no test depends on the time of day.
Time noon(Date date) { return Time{start_of(date).milliseconds + 43'200'000}; }

const LedgerState& first_versions() {
    static const LedgerState versions = [] {
        LedgerState state;
        state.policies = policy::initial_policies().value();
        state.catalogues = catalogue::initial_catalogues().value();
        return state;
    }();
    return versions;
}

// As the node's hash does it tells a command from another.
Id128 fingerprint_of(const Bytes& packed) {
    return {std::hash<std::string_view>()(text_of(BytesView(packed))), packed.size()};
}

template <typename CommandT>
Asked ask_ledger(CommandT command, fb::ActorKind kind) {
    Asked asked = ask(std::move(command));
    asked.of_the_ledger = true;
    asked.kind = kind;
    asked.actor = kind == fb::ActorKind::system ? "clock" : "helpdesk";
    return asked;
}

}  // namespace

Date day(std::string_view date) {
    const auto parsed = parse_date(date);
    REQUIRE(parsed.has_value());
    return *parsed;
}

Asked Asked::under_id(std::string_view command_id) const {
    Asked other = *this;
    other.id = command_id;
    return other;
}

Asked Asked::by(std::string_view user) const {
    Asked other = *this;
    other.kind = fb::ActorKind::user;
    other.actor = user;
    return other;
}

Asked Asked::by_support() const {
    Asked other = by("helpdesk");
    other.kind = fb::ActorKind::support;
    return other;
}

Asked Asked::by_system() const {
    Asked other = by("clock");
    other.kind = fb::ActorKind::system;
    return other;
}

Asked Asked::by_auditor() const {
    Asked other = by("auditor");
    other.kind = fb::ActorKind::auditor;
    return other;
}

Asked Asked::expecting(std::uint64_t version) const {
    Asked other = *this;
    other.expected_version = version;
    return other;
}

Asked Asked::until(Time time) const {
    Asked other = *this;
    other.not_after = time;
    return other;
}

Asked Asked::saying(std::string_view why) const {
    Asked other = *this;
    other.reason = why;
    return other;
}

Asked Asked::correcting(std::uint64_t version) const {
    Asked other = *this;
    other.corrects = version;
    return other;
}

Asked Asked::at_the_wrong_door() const {
    Asked other = *this;
    other.of_the_ledger = !of_the_ledger;
    return other;
}

Bytes Asked::packed() const {
    fb::CommandT command;
    command.id = id.empty() ? "command-1" : id;
    if (!of_the_ledger) command.partner = "contoso";
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = kind;
    command.actor->id = actor;
    command.reason = reason;
    command.corrects = corrects;
    if (expected_version) command.expected_version = *expected_version;
    if (not_after) command.not_after = not_after->milliseconds;
    command.body = body;
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    flatbuffers::Verifier verifier(builder.GetBufferPointer(), builder.GetSize());
    REQUIRE(fb::VerifyCommandBuffer(verifier));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

std::unique_ptr<fb::PersonT> person(std::string_view id) {
    auto person = std::make_unique<fb::PersonT>();
    person->id = id;
    const std::string name = "name of " + person->id + ", sealed";
    const std::string email = "e-mail of " + person->id + ", sealed";
    person->name.assign(name.begin(), name.end());
    person->email.assign(email.begin(), email.end());
    return person;
}

Asked register_partner(std::string_view user) {
    fb::RegisterPartnerT command;
    command.legal_name = "Contoso Ltd";
    command.address = "1 Main Street, Springfield";
    command.tenant = "contoso.example";
    command.contact = person("ada");
    command.user = person(user);
    return ask(std::move(command));
}

Asked accept_agreement(std::string_view agreement) {
    fb::AcceptAgreementT command;
    command.agreement = agreement;
    return ask(std::move(command));
}

Asked verify_contact() { return ask(fb::VerifyContactT{}).by_system(); }

Asked add_user(std::string_view id, fb::Role roles, bool may_sign) {
    fb::AddUserT command;
    command.user = person(id);
    command.roles = roles;
    command.may_sign = may_sign;
    return ask(std::move(command));
}

Asked remove_user(std::string_view id) {
    fb::RemoveUserT command;
    command.user = id;
    return ask(std::move(command));
}

Asked add_tenant(std::string_view tenant) {
    fb::AddTenantT command;
    command.tenant = tenant;
    return ask(std::move(command));
}

Asked confirm_tenant(std::string_view tenant) {
    fb::ConfirmTenantT command;
    command.tenant = tenant;
    return ask(std::move(command)).by_system();
}

Asked change_roles(std::string_view id, fb::Role roles, bool may_sign) {
    fb::ChangeRolesT command;
    command.user = id;
    command.roles = roles;
    command.may_sign = may_sign;
    return ask(std::move(command));
}

fb::PurchaseOfferT order_form(std::string_view offer, std::string_view order) {
    fb::PurchaseOfferT command;
    command.order = order;
    command.offer = offer;
    command.payment = fb::PaymentMethod::card;
    command.charge = std::make_unique<fb::MoneyT>();
    command.charge->amount = 47'500;
    command.charge->currency = "USD";
    command.terms_accepted = true;
    command.confirmed = true;
    return command;
}

Asked purchase(std::string_view offer, std::string_view order) {
    return ask(order_form(offer, order));
}

Asked turn_off(std::string_view order) {
    fb::TurnAutomaticRenewalOffT command;
    command.order = order;
    return ask(std::move(command));
}

Asked turn_on(std::string_view order) {
    fb::TurnAutomaticRenewalOnT command;
    command.order = order;
    return ask(std::move(command));
}

Asked assign_seat(std::string_view person, std::string_view tenant, std::string_view order,
                  std::string_view sku) {
    fb::AssignSeatT command;
    command.order = order;
    command.sku = sku;
    command.person = person;
    command.tenant = tenant;
    return ask(std::move(command));
}

Asked move_seat(std::uint32_t seat, std::string_view person, std::string_view tenant) {
    fb::MoveSeatT command;
    command.order = kOrder;
    command.sku = kSku;
    command.seat = seat;
    command.person = person;
    command.tenant = tenant;
    return ask(std::move(command));
}

Asked release_seat(std::uint32_t seat) {
    fb::ReleaseSeatT command;
    command.order = kOrder;
    command.sku = kSku;
    command.seat = seat;
    return ask(std::move(command));
}

Asked move_clock(std::string_view date) {
    fb::MoveClockT command;
    command.to = day(date).days;
    return ask_ledger(std::move(command), fb::ActorKind::system);
}

Asked publish(const fb::PolicyVersionT& policy) {
    fb::PublishPolicyT command;
    command.policy = std::make_unique<fb::PolicyVersionT>(policy);
    return ask_ledger(std::move(command), fb::ActorKind::support);
}

Asked publish(const fb::CatalogueVersionT& catalogue) {
    fb::PublishCatalogueT command;
    command.catalogue = std::make_unique<fb::CatalogueVersionT>(catalogue);
    return ask_ledger(std::move(command), fb::ActorKind::support);
}

fb::SeatAssignedT seat_assigned(std::uint32_t seat, std::string_view person, std::string_view on,
                                std::string_view tenant) {
    fb::SeatAssignedT event;
    event.order = kOrder;
    event.sku = kSku;
    event.seat = seat;
    event.person = person;
    event.on = day(on).days;
    event.tenant = tenant;
    return event;
}

fb::SeatMovedT seat_moved(std::uint32_t seat, std::string_view from, std::string_view to,
                          std::string_view on, std::string_view tenant) {
    fb::SeatMovedT event;
    event.order = kOrder;
    event.sku = kSku;
    event.seat = seat;
    event.from = from;
    event.to = to;
    event.on = day(on).days;
    event.tenant = tenant;
    return event;
}

fb::SeatReleasedT seat_released(std::uint32_t seat, std::string_view person) {
    fb::SeatReleasedT event;
    event.order = kOrder;
    event.sku = kSku;
    event.seat = seat;
    event.person = person;
    return event;
}

Story Story::of_partner(std::string_view partner) {
    Story story;
    story.partner_ = new_partner(PartnerId{partner});
    story.ledger_ = new_ledger();
    return story;
}

Story Story::of_ledger(LedgerState ledger) {
    Story story;
    story.is_ledger_ = true;
    story.ledger_ = std::move(ledger);
    return story;
}

Story Story::with(const Asked& asked, std::string_view on) const {
    const Ruled decision = rule_on(asked, day(on));
    if (const auto* refusal = std::get_if<Refusal>(&decision))
        FAIL(sentence_of(refusal->said, Language::english));
    const auto* accepted = std::get_if<Accepted>(&decision);
    REQUIRE(accepted);
    Story story = *this;
    story.add(accepted->event);
    if (!asked.id.empty())
        story.commands_.emplace(
            asked.id,
            KnownCommand{fingerprint_of(asked.packed()), 0, story.standing().version(), {}});
    return story;
}

Story Story::with_action_pack(std::string_view on) const { return with(purchase(), on); }

Story Story::with_seat(std::string_view person, std::string_view on) const {
    return with(assign_seat(person), on);
}

Story Story::under(LedgerState ledger) const {
    Story story = *this;
    story.ledger_ = std::move(ledger);
    return story;
}

Story Story::where(const std::function<void(PartnerState&)>& change) const {
    Story story = *this;
    change(story.partner_);
    return story;
}

Standing Story::standing() const {
    if (is_ledger_) return {.ledger = ledger_};
    return {.ledger = ledger_, .partner = &partner_, .event_types = event_types_};
}

Ruled Story::rule_on(const Asked& asked, Date today) const {
    const Bytes bytes = asked.packed();
    Standing stands = standing();
    if (const auto known = commands_.find(asked.id); known != commands_.end())
        stands.known = &known->second;
    Ruling ruling =
        answer_of(stands, *fb::GetCommand(bytes.data()), fingerprint_of(bytes), noon(today));
    if (auto* entry = std::get_if<NewEntry>(&ruling.says)) return Accepted{std::move(entry->event)};
    if (auto* nothing = std::get_if<Nothing>(&ruling.says)) return std::move(*nothing);
    if (auto* refusal = std::get_if<Refusal>(&ruling.says)) return std::move(*refusal);
    return std::get<KnownCommand>(ruling.says);
}

void Story::add(const fb::EventUnion& event) {
    const Bytes bytes = encode_body(event);
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    REQUIRE(verifier.VerifyBuffer<fb::Body>());
    const fb::Body& body = *flatbuffers::GetRoot<fb::Body>(bytes.data());
    if (is_ledger_)
        evolve(ledger_, body);
    else
        evolve(partner_, body);
    event_types_.push_back(event.type);
}

LedgerState new_ledger(bool sandbox, std::string_view clock) {
    LedgerState state = first_versions();
    state.sandbox = sandbox;
    state.clock = day(clock);
    return state;
}

Story nobody() { return Story::of_partner("contoso"); }

Story contoso() {
    static const Story story = nobody()
                                   .with(register_partner(), "2019-06-03")
                                   .with(accept_agreement(), "2019-06-03")
                                   .with(verify_contact(), "2019-06-04")
                                   .with(add_user("pat", fb::Role::partner_admin), "2019-06-05")
                                   .with(add_user("sam", fb::Role::account_admin), "2019-06-05")
                                   .with(add_user("zoe", fb::Role::admin_agent), "2019-06-05")
                                   .with(add_user("kim"), "2019-06-05")
                                   .with(add_user("lee"), "2019-06-05")
                                   .with(add_user("max"), "2019-06-05")
                                   .with(add_user("nia"), "2019-06-05");
    return story;
}

Story with_pack() { return contoso().with_action_pack("2021-01-10"); }

Story full_house() {
    return with_pack()
        .with_seat("kim", "2021-01-15")
        .with_seat("lee", "2021-01-20")
        .with_seat("max", "2021-01-25");
}

Scenario& Scenario::at(std::string_view date) {
    today_ = day(date);
    refusal_.reset();
    return *this;
}

Scenario& Scenario::then_event(const fb::EventUnion& expected) {
    INFO("on " << to_string(today_));
    const Ruled decision = story_.rule_on(asked_, today_);
    if (const auto* refusal = std::get_if<Refusal>(&decision))
        FAIL(sentence_of(refusal->said, Language::english));
    const auto* accepted = std::get_if<Accepted>(&decision);
    REQUIRE(accepted);
    CHECK(fb::EnumNameEvent(accepted->event.type) == std::string(fb::EnumNameEvent(expected.type)));
    CHECK(encode_body(accepted->event) == encode_body(expected));
    return *this;
}

Scenario& Scenario::refused(std::string_view code, std::string_view earliest) {
    INFO("on " << to_string(today_) << ", expected " << code);
    const Ruled decision = story_.rule_on(asked_, today_);
    const auto* refusal = std::get_if<Refusal>(&decision);
    REQUIRE(refusal);
    CHECK(refusal->text() == code);
    require_said(refusal->said);
    CHECK(refusal->said.row().code == refusal->text());
    refusal_ = *refusal;
    CHECK(refusal->earliest.has_value() == !earliest.empty());
    if (!earliest.empty() && refusal->earliest) {
        CHECK(to_string(*refusal->earliest) == earliest);
        const Ruled before = story_.rule_on(asked_, plus_days(*refusal->earliest, -1));
        const auto* still = std::get_if<Refusal>(&before);
        CHECK((still && still->code == refusal->code));
        const Ruled then = story_.rule_on(asked_, *refusal->earliest);
        const auto* other = std::get_if<Refusal>(&then);
        CHECK((!other || other->code != refusal->code));
    }
    return *this;
}

Scenario& Scenario::under_rule(std::string_view rule) {
    REQUIRE(refusal_);
    CHECK(refusal_->rule == rule);
    return *this;
}

Scenario& Scenario::nothing() {
    INFO("on " << to_string(today_));
    const Ruled decision = story_.rule_on(asked_, today_);
    const auto* none = std::get_if<Nothing>(&decision);
    REQUIRE(none);
    require_said(none->said);
    return *this;
}

Scenario& Scenario::accepted_before(std::uint64_t version) {
    INFO("on " << to_string(today_));
    const Ruled ruled = story_.rule_on(asked_, today_);
    const auto* known = std::get_if<KnownCommand>(&ruled);
    REQUIRE(known);
    CHECK(known->version == version);
    return *this;
}

void require_said(const Said& said) {
    for (const Language language : {Language::english, Language::korean}) {
        const std::string sentence = sentence_of(said, language);
        INFO(sentence);
        REQUIRE((sentence.ends_with('.') || sentence.ends_with(')')));
        // Every value that the sentence names was given.
        REQUIRE(sentence.find_first_of("{}") == std::string::npos);
    }
    sentences_met().insert(said.sentence);
}

std::set<Sentence>& sentences_met() {
    static std::set<Sentence> met;
    return met;
}

}  // namespace ledger::rules
