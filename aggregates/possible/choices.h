// What a field of a command may hold where the command will be decided: read off the schema (its
// kind, name and attributes) and the partner's state. Whoever tries everything takes the sensible
// choices one by one (every.h), whoever plays takes any with dice (drawn.h), so a new command needs
// no code here unless it names a new kind of thing. Every choice has the form that the schema asks
// for: a caller could send it.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/possible/standing.h"
#include "events/json/value.h"

namespace ledger::possible {

// Where texts stand that a value points into.
class Texts {
public:
    std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

private:
    std::deque<std::string> kept_;
};

// What the fields before it have named, null where nothing, and where the field stands.
struct Named {
    const fb::OrderT* order = nullptr;
    const fb::BenefitT* benefit = nullptr;
    const fb::SeatT* seat = nullptr;
    const fb::KeyT* key = nullptr;
    const fb::OfferT* offer = nullptr;
    std::string_view inside;  // the field that the table stands in: "contact"; empty: the body
    std::string_view id;      // of that table
    std::size_t place = 0;    // of that table in a list

    // With what a choice names.
    Named with(const Named& more) const;
};

// In the words of a choice: what a key that is left out means.
inline constexpr std::string_view kTheNextOne = "the next one";

struct Choice {
    std::optional<json::Value> value;  // nothing: the field is left out
    std::string words;  // what of it comes from the state: "1 (lee)", an enum's value
    Named names;
};

struct Offered {
    std::vector<Choice> sensible;  // each worth trying
    std::vector<Choice> others;    // as right as those
    std::vector<Choice> wrong;     // unknown, somebody else's, of another kind, at a bound
};

class Choices {
public:
    // They must outlive it, and its values.
    Choices(const Standing& standing, fb::CommandBody command, Texts& texts)
        : standing_(standing), command_(command), texts_(texts) {}

    // All empty for a table that is filled field by field. Nothing is sensible where the partner
    // has no such thing. Where nothing wrong is wanted, less of it is gathered.
    Offered of(const json::Field& field, const Named& named, bool wrong_wanted);

    // "order-1", or the first such name after it that is new to the partner; `skip` such are left.
    std::string new_name(std::string_view stem, std::size_t skip = 0);

private:
    using Answer = Offered (Choices::*)(const json::Field&, const Named&);
    struct ByName;

    Offered made(const json::Field& field, const Named& named);
    Offered orders(const json::Field& field, const Named& named);
    Offered benefits(const json::Field& field, const Named& named);
    Offered seats(const json::Field& field, const Named& named);
    Offered persons(const json::Field& field, const Named& named);
    Offered users(const json::Field& field, const Named& named);
    Offered keys(const json::Field& field, const Named& named);
    Offered requests(const json::Field& field, const Named& named);
    Offered offers(const json::Field& field, const Named& named);
    Offered competencies(const json::Field& field, const Named& named);
    Offered documents(const json::Field& field, const Named& named);
    Offered tenants(const json::Field& field, const Named& named);
    Offered machines(const json::Field& field, const Named& named);
    Offered units(const json::Field& field, const Named& named);
    Offered reminders(const json::Field& field, const Named& named);
    Offered money(const json::Field& field, const Named& named);

    // By the form alone.
    Offered by_form(const json::Field& field, const Named& named);
    Offered boolean(const json::Field& field) const;
    Offered number(const json::Field& field) const;
    Offered moment(const json::Field& field) const;
    Offered one_of(const json::Field& field) const;
    Offered flags(const json::Field& field) const;
    Offered text(const json::Field& field, const Named& named);

    // A name that nothing has.
    void add_unknown(Offered& offered, const json::Field& field, std::string_view stem);

    Choice text_choice(const json::Field& field, std::string text);
    // The same where the text is a name of something that there is.
    Choice named_choice(const json::Field& field, const std::string& name);
    Choice money_choice(const json::Field& field, std::int64_t amount, std::string currency);

    const Standing standing_;
    fb::CommandBody command_;
    Texts& texts_;
    bool wrong_wanted_ = false;
    std::optional<std::set<std::string, std::less<>>> names_;  // all of the partner
};

// A number that the field holds.
Choice number_choice(const json::Field& field, std::int64_t number, std::string words = {});

}  // namespace ledger::possible
