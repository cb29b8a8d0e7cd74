#include "tools/benefits/screens/benefit_story.h"

#include <algorithm>

#include "events/record.h"
#include "tools/benefits/screens/event_words.h"
#include "visit_generated.h"

namespace ledger::tools {
namespace {

// The event says of itself that it is about this line of this order.
bool names(const fb::Body& body, const BenefitPlace& place) {
    return visit_event(body, [&]<typename Happened>(const Happened& happened) {
        if constexpr (requires {
                          happened.order();
                          happened.sku();
                      })
            return text_of(happened.order()) == place.order && text_of(happened.sku()) == place.sku;
        else
            return false;
    });
}

// The benefit at one step of its partner's history; nothing before it was granted.
struct Standing {
    std::optional<fb::BenefitT> benefit;
    Numbers numbers;
};

Standing standing(const PartnerState& state, const BenefitPlace& place,
                  const fb::PolicyVersionT& policy, Date day) {
    Standing standing;
    const fb::OrderT* order = orders::find_order(state, place.order);
    if (!order) return standing;
    for (const fb::BenefitT& benefit : order->benefits) {
        if (benefit.sku != place.sku) continue;
        const BenefitLine line = benefit_line(*order, benefit, policy, day);
        standing.benefit = benefit;
        standing.numbers = {line.granted, line.used, line.left(), line.in_stock(), line.expiry};
    }
    return standing;
}

StoryEvent told(const RecordView& record, const Numbers& before, const Numbers& after) {
    const fb::Entry& entry = *record.entry;
    StoryEvent event;
    event.version = entry.version();
    event.time = entry.time();
    event.type = record.body->event_type();
    event.who = who_acted(entry);
    event.as = acted_as(entry);
    event.words = event_words(*record.body, {});
    event.reason = text_of(entry.reason());
    event.corrects = entry.corrects();
    event.policy_version = entry.policy_version();
    event.before = before;
    event.after = after;
    return event;
}

void add_change(std::string& words, std::string_view name, const std::string& before,
                const std::string& after) {
    if (before == after) return;
    words += (words.empty() ? "" : ", ") + std::string(name) + " " + before + " to " + after;
}

std::string date_or_none(Date date) { return date.days == 0 ? "none" : to_string(date); }

}  // namespace

std::vector<BenefitPlace> places_of(const PartnerState& state, std::string_view named) {
    std::vector<BenefitPlace> places;
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits)
            if (named == benefit.sku || named == order.id + "/" + benefit.sku)
                places.push_back({order.id, benefit.sku});
    return places;
}

Result<std::vector<StoryEvent>> story_of(const PartnerQuery& query, const BenefitPlace& place) {
    std::vector<StoryEvent> story;
    Standing before;
    const auto followed = views::follow_partner(
        *query.rows, query.partition, query.partner,
        [&](const RecordView& record, const PartnerState& state) {
            const Date day = date_of(Time{record.entry->time()});
            Standing after = standing(state, place, policy_on(query.ledger, day), day);
            if (names(*record.body, place) || before.benefit != after.benefit ||
                before.numbers != after.numbers)
                story.push_back(told(record, before.numbers, after.numbers));
            before = std::move(after);
        });
    if (!followed) return followed.error();
    return story;
}

std::string change_in_words(const Numbers& before, const Numbers& after) {
    std::string words;
    const auto add = [&](std::string_view name, std::uint64_t was, std::uint64_t is) {
        add_change(words, name, std::to_string(was), std::to_string(is));
    };
    add("granted", before.granted, after.granted);
    add("used", before.used, after.used);
    add("left", before.left, after.left);
    add("in stock", before.in_stock, after.in_stock);
    add_change(words, "expiry", date_or_none(before.expiry), date_or_none(after.expiry));
    return words.empty() ? "nothing" : words;
}

}  // namespace ledger::tools
