#include "aggregates/possible/drawn.h"

#include <algorithm>

#include "aggregates/gate.h"
#include "aggregates/possible/next_version.h"
#include "aggregates/possible/stand_in.h"

namespace ledger::possible {
namespace {

using json::Field;

// Bodies that are drawn of one kind before another kind is taken.
constexpr int kThrowsMax = 4;
// Elements of a list that are made up.
constexpr std::int64_t kElementsMax = 3;
// Fields that hold something else than what comes first to mind, of a thousand.
constexpr std::uint64_t kOthers = 300;
// Choices of a benefit that are taken among those in use already.
constexpr std::uint64_t kInUse = 500;
constexpr std::uint64_t kNotAfterMaxMs = 20'000;
// As product keys are written: nothing that looks like something else.
constexpr std::string_view kSecretLetters = "BCDFGHJKMPQRTVWXY2346789";
constexpr std::size_t kSecretGroups = 5;
constexpr std::size_t kSecretGroupLetters = 5;

bool is_unused(const Choice& choice) {
    const fb::BenefitT* benefit = choice.names.benefit;
    return benefit && benefit->keys.empty() && benefit->seats.empty() && benefit->used == 0;
}

// If there is any: an order grants much more than anybody takes.
void prefer_in_use(std::vector<Choice>& choices) {
    const auto unused = std::count_if(choices.begin(), choices.end(), is_unused);
    if (static_cast<std::size_t>(unused) < choices.size()) std::erase_if(choices, is_unused);
}

// One body.
class Body {
public:
    Body(Dice& dice, const Dials& dials, const Standing& standing, fb::CommandBody type)
        : dice_(dice), dials_(dials), standing_(standing), choices_(standing, type, texts_) {}

    std::vector<json::Value> table(const json::Table& table, Named named) {
        std::vector<json::Value> parts;
        for (const Field& field : table.fields) {
            if (field.unsent) continue;
            Choice choice = drawn(field, named);
            if (lacks_ && stops_) return parts;
            named = named.with(choice.names);
            if (!choice.value) continue;
            // JSON has no empty list where none need be.
            if (field.list && !field.required && field.kind == json::Kind::table &&
                choice.value->parts.empty())
                continue;
            if (field.name == "id") named.id = choice.value->text;
            parts.push_back(*std::move(choice.value));
        }
        return parts;
    }

    // The partner has nothing that some field could name.
    bool lacks() const { return lacks_; }
    // Then the rest needn't be drawn.
    void stop_there() { stops_ = true; }

private:
    Choice drawn(const Field& field, const Named& named) {
        if (field.kind == json::Kind::sealed && field.name == "material")
            return {secret(field), {}, {}};
        const bool wrong = dice_.per_mille(dials_.wrong);
        Offered offered = choices_.of(field, named, wrong);
        if (field.kind == json::Kind::table && offered.sensible.empty())
            return {whole(field, named), {}, {}};
        if (wrong && !offered.wrong.empty()) return dice_.pick(offered.wrong);
        if (!offered.others.empty() && (offered.sensible.empty() || dice_.per_mille(kOthers)))
            return dice_.pick(offered.others);
        if (dice_.per_mille(kInUse)) prefer_in_use(offered.sensible);
        if (!offered.sensible.empty()) return dice_.pick(offered.sensible);
        lacks_ = true;
        return offered.wrong.empty() ? Choice{} : dice_.pick(offered.wrong);
    }

    json::Value whole(const Field& field, Named named) {
        json::Value value;
        value.field = &field;
        named.inside = field.name;
        if (auto version = next_version(*field.table, standing_, dice_, dials_.wrong, texts_)) {
            value.parts = *std::move(version);
        } else if (field.list) {
            const json::Bounds bounds = field.length.value_or(json::Bounds{0, kElementsMax});
            const auto count =
                dice_.between(static_cast<std::uint64_t>(bounds.least),
                              static_cast<std::uint64_t>(std::min(bounds.most, kElementsMax)));
            for (named.place = 0; named.place < count; ++named.place) {
                json::Value& element = value.parts.emplace_back();
                element.field = &field;
                element.parts = table(*field.table, named);
            }
        } else {
            value.parts = table(*field.table, named);
        }
        return value;
    }

    json::Value secret(const Field& field) {
        std::string letters;
        for (std::size_t i = 0; i < kSecretGroups * kSecretGroupLetters; ++i) {
            if (i > 0 && i % kSecretGroupLetters == 0) letters += '-';
            letters += kSecretLetters[dice_.index(kSecretLetters.size())];
        }
        json::Value value;
        value.field = &field;
        value.text = texts_.keep(std::move(letters));
        return value;
    }

    Dice& dice_;
    const Dials& dials_;
    const Standing standing_;
    Texts texts_;
    Choices choices_;
    bool stops_ = false;
    bool lacks_ = false;
};

std::uint64_t version_of(const Standing& standing, bool of_ledger) {
    return of_ledger ? standing.ledger.version : standing.partner.version;
}

bool is_of_ledger(const json::Choice& type) {
    return is_ledger_command(static_cast<fb::CommandBody>(type.value));
}

}  // namespace

Drawing::Drawing(Dice& dice, const Dials& dials) : dice_(dice), dials_(dials) {
    for (const json::Choice& type : commands()) {
        kinds_.push_back({&type, type.table->often});
        for (const Share& share : dials_.shares)
            if (static_cast<std::int64_t>(share.type) == type.value)
                kinds_.back().often = share.often;
    }
}

std::vector<const json::Choice*> Drawing::shuffled(bool of_ledger) {
    std::vector<Kind> left;
    std::uint64_t sum = 0;
    for (const Kind& kind : kinds_) {
        if (is_of_ledger(*kind.type) != of_ledger || kind.often == 0) continue;
        left.push_back(kind);
        sum += kind.often;
    }
    std::vector<const json::Choice*> order;
    while (!left.empty()) {
        std::uint64_t at = dice_.between(0, sum - 1);
        auto kind = left.begin();
        for (; at >= kind->often; ++kind) at -= kind->often;
        order.push_back(kind->type);
        sum -= kind->often;
        left.erase(kind);
    }
    return order;
}

Bytes Drawing::any(const Standing& standing, const std::string& id) {
    if (dice_.per_mille(dials_.likely))
        if (auto command = likely(standing, id)) return *std::move(command);
    return of(*shuffled(dice_.per_mille(dials_.of_ledger)).front(), standing, id);
}

// What the rules refuse for lack of a reason they may take with one.
std::optional<Bytes> Drawing::likely(const Standing& standing, const std::string& id) {
    for (const json::Choice* type : shuffled(dice_.per_mille(dials_.of_ledger)))
        for (int i = 0; i < kThrowsMax; ++i) {
            auto command = draw_if_possible(*type, standing, id, i % 2 == 1);
            if (!command) break;
            const Ruling ruling = ruling_on(standing, *fb::GetCommand(command->data()));
            if (std::holds_alternative<NewEntry>(ruling.says)) return command;
            if (!std::holds_alternative<Nothing>(ruling.says)) continue;
            if (dice_.per_mille(dials_.nothing)) return command;
            break;
        }
    return std::nullopt;
}

Bytes Drawing::of(const json::Choice& type, const Standing& standing, const std::string& id) {
    const Envelope around = envelope(type, standing, id, dice_.per_mille(kOthers));
    Body body(dice_, dials_, standing, static_cast<fb::CommandBody>(type.value));
    return packed(around, type, body.table(*type.table, {}), stand_in_seal());
}

std::optional<Bytes> Drawing::draw_if_possible(const json::Choice& type, const Standing& standing,
                                               const std::string& id, bool explained) {
    Body body(dice_, dials_, standing, static_cast<fb::CommandBody>(type.value));
    body.stop_there();
    std::vector<json::Value> parts = body.table(*type.table, {});
    if (body.lacks()) return std::nullopt;
    return packed(envelope(type, standing, id, explained), type, std::move(parts), stand_in_seal());
}

Envelope Drawing::envelope(const json::Choice& type, const Standing& standing,
                           const std::string& id, bool explained) {
    const bool of_ledger = is_of_ledger(type);
    const bool wrong_door = dice_.per_mille(dials_.wrong_door);
    const std::uint64_t version = version_of(standing, of_ledger);
    Envelope envelope;
    envelope.id = id;
    if (of_ledger == wrong_door) envelope.partner = standing.partner.partner;
    draw_actor(envelope, standing);
    if (explained) {
        if (!dice_.per_mille(dials_.wrong)) envelope.reason = "somebody asked for it";
        if (version > 0) envelope.corrects = dice_.between(1, version);
    }
    if (dice_.per_mille(dials_.wrong)) envelope.corrects = version + 1;
    if (dice_.per_mille(kOthers / 3)) envelope.correlation = "correlation-1";
    if (dice_.per_mille(dials_.expected))
        envelope.expected_version =
            dice_.per_mille(4 * std::uint64_t{dials_.wrong}) ? version + 1 : version;
    if (dice_.per_mille(dials_.until)) {
        const auto later = static_cast<std::int64_t>(dice_.between(0, kNotAfterMaxMs));
        envelope.not_after =
            Time{standing.now.milliseconds + (dice_.per_mille(dials_.wrong) ? -1 : later)};
    }
    return envelope;
}

void Drawing::draw_actor(Envelope& envelope, const Standing& standing) {
    const std::vector<fb::UserT>& users = standing.partner.users;
    const std::uint64_t who = dice_.between(0, 999);
    if (who < 200) {
        envelope.actor_kind = fb::ActorKind::support;
        envelope.actor = "desk";
    } else if (who < 320) {
        envelope.actor_kind = fb::ActorKind::system;
        envelope.actor = "machine";
    } else if (dice_.per_mille(dials_.wrong / 2)) {
        envelope.actor_kind = fb::ActorKind::auditor;
        envelope.actor = "auditor";
    } else {
        envelope.actor_kind = fb::ActorKind::user;
        const bool known = !users.empty() && !dice_.per_mille(dials_.wrong);
        // Who came first does most.
        if (known) envelope.actor = dice_.per_mille(500) ? users.front().id : dice_.pick(users).id;
        // A row that no rule has made may hold a user without an id; no command can be sent so.
        if (envelope.actor.empty()) envelope.actor = "user-" + std::to_string(users.size() + 1);
    }
}

}  // namespace ledger::possible
