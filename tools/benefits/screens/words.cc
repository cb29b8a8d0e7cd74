#include "tools/benefits/screens/words.h"

#include "projections/refusals.h"
#include "screen_words_generated.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/event_words.h"

namespace ledger::tools {
namespace {

// Of a sentence that another version of this program made, its key.
std::string reason_of(const fb::RefusalRow& row) {
    const auto said = views::said_in(row);
    return said ? sentence_of(*said, language()) : row.said()->str();
}

void add_change(std::string& all, const std::string& name, const std::string& before,
                const std::string& after, Language in) {
    if (before == after) return;
    all += (all.empty() ? "" : ", ") + words::change_of(name, before, after, in);
}

// "used 0 to 1, left 10 to 9"
std::string change_in_words(const fb::BenefitNumbersT& before, const fb::BenefitNumbersT& after,
                            Language in) {
    std::string all;
    const auto add = [&](const std::string& name, std::uint32_t was, std::uint32_t is) {
        add_change(all, name, std::to_string(was), std::to_string(is), in);
    };
    const auto day = [&](const flatbuffers::Optional<std::int32_t>& days) {
        return days ? day_text(*days) : words::no_day(in);
    };
    add(words::change_granted(in), before.granted, after.granted);
    add(words::change_used(in), before.used, after.used);
    add(words::change_left(in), before.left, after.left);
    add(words::change_in_stock(in), before.in_stock, after.in_stock);
    add_change(all, words::change_expiry(in), day(before.expiry), day(after.expiry), in);
    return all.empty() ? words::nothing(in) : all;
}

}  // namespace

answers::Words words_for_people(const json::Style& style, Language in) {
    answers::Words words;
    words.of_refusal = reason_of;
    words.of_event = [style, in](const fb::Body& body) { return event_words(body, style, in); };
    words.of_change = [in](const fb::BenefitNumbersT& before, const fb::BenefitNumbersT& after) {
        return change_in_words(before, after, in);
    };
    words.of_correction = [in](std::uint64_t version) {
        return words::corrects(std::to_string(version), in);
    };
    words.of_said = [in](const Said& told) { return sentence_of(told, in); };
    return words;
}

answers::Words words_for(const ListFormat& format, const json::Style& style) {
    return words_for_people(style, language_for(format));
}

}  // namespace ledger::tools
