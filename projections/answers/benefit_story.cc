#include "projections/answers/benefit_story.h"

#include "aggregates/benefit_rules.h"
#include "aggregates/orders/terms.h"
#include "events/record.h"
#include "projections/answers/partner_sheet.h"
#include "projections/answers/rule_ids.h"
#include "visit_generated.h"

namespace ledger::answers {
namespace {

// One line of one order.
struct BenefitPlace {
    const fb::OrderT& order;
    const fb::BenefitT& benefit;
};

std::vector<BenefitPlace> places_of(const PartnerState& state, std::string_view named) {
    std::vector<BenefitPlace> places;
    for (const fb::OrderT& order : state.orders)
        for (const fb::BenefitT& benefit : order.benefits)
            if (named == benefit.sku || named == order.id + "/" + benefit.sku)
                places.push_back({order, benefit});
    return places;
}

// The event says of itself that it is about this line of this order.
bool names(const fb::Body& body, const BenefitPlace& place) {
    return visit_event(body, [&]<typename Happened>(const Happened& happened) {
        if constexpr (requires {
                          happened.order();
                          happened.sku();
                      })
            return text_of(happened.order()) == place.order.id &&
                   text_of(happened.sku()) == place.benefit.sku;
        else
            return false;
    });
}

// The benefit at one step of its partner's history; nothing before it was granted.
struct Step {
    std::optional<fb::BenefitT> benefit;
    fb::BenefitNumbersT numbers;
};

Step step_of(const PartnerState& state, const BenefitPlace& place, const Policies& policies,
             Date day) {
    Step step;
    const fb::OrderT* order = orders::find_order(state, place.order.id);
    if (!order) return step;
    for (const fb::BenefitT& benefit : order->benefits) {
        if (benefit.sku != place.benefit.sku) continue;
        const fb::BenefitLineT line = benefit_line(*order, benefit, policies, day);
        step.benefit = benefit;
        step.numbers.granted = line.granted;
        step.numbers.used = line.used;
        step.numbers.left = line.left;
        step.numbers.in_stock = line.in_stock.value_or(0);
        step.numbers.expiry = line.expiry;
    }
    return step;
}

fb::StoryEventT told(const RecordView& record, const fb::BenefitNumbersT& before,
                     const fb::BenefitNumbersT& after, const Words& words) {
    const fb::Entry& entry = *record.entry;
    const fb::Event type = record.body->event_type();
    fb::StoryEventT event;
    event.version = entry.version();
    event.time = entry.time();
    event.type = fb::EnumNameEvent(type);
    event.actor = std::make_unique<fb::ActorT>();
    entry.actor()->UnPackTo(event.actor.get());
    event.words = words.of_event(*record.body);
    event.reason = text_of(entry.reason());
    if (entry.corrects() != 0) event.corrects = entry.corrects();
    event.policy_version = entry.policy_version();
    event.before = std::make_unique<fb::BenefitNumbersT>(before);
    event.after = std::make_unique<fb::BenefitNumbersT>(after);
    event.changed = words.of_change(before, after);
    event.rules = rule_ids(type);
    return event;
}

Result<std::vector<fb::StoryEventT>> events_of(const Snapshot& snapshot, const PartnerThen& now,
                                               const BenefitPlace& place, const Words& words) {
    std::vector<fb::StoryEventT> events;
    Step before;
    const auto followed = views::follow_partner(
        snapshot.rows, snapshot.partition, PartnerId{now.state.partner},
        [&](const RecordView& record, const PartnerState& state) {
            const Date day = date_of(Time{record.entry->time()});
            Step after = step_of(state, place, policies_of(now.ledger), day);
            if (names(*record.body, place) || before.benefit != after.benefit ||
                before.numbers != after.numbers)
                events.push_back(told(record, before.numbers, after.numbers, words));
            before = std::move(after);
        });
    if (!followed) return followed.error();
    return events;
}

std::vector<fb::RuleSentenceT> rule_sentences(fb::BenefitKind kind,
                                              const fb::PolicyVersionT& policy,
                                              const Words& words) {
    std::vector<fb::RuleSentenceT> sentences;
    for (const Said& rule : rules_behind(kind, policy)) {
        fb::RuleSentenceT& sentence = sentences.emplace_back();
        sentence.id = rule.row().rule;
        sentence.sentence = words.of_said(rule);
    }
    return sentences;
}

}  // namespace

Result<fb::BenefitStoriesT> benefit_stories(const Snapshot& snapshot, const PartnerThen& now,
                                            std::string_view named, const Words& words) {
    const Policies policies = policies_of(now.ledger);
    fb::BenefitStoriesT stories;
    stories.partner = now.state.partner;
    stories.version = now.state.version;
    stories.today = now.day.days;
    for (const BenefitPlace& place : places_of(now.state, named)) {
        auto events = events_of(snapshot, now, place, words);
        if (!events) return events.error();
        fb::BenefitLineT line = benefit_line(place.order, place.benefit, policies, now.day);
        fb::BenefitStoryT& story = stories.benefits.emplace_back();
        story.order = place.order.id;
        story.sku = std::move(line.sku);
        story.title = std::move(line.title);
        story.granted = line.granted;
        story.used = line.used;
        story.left = line.left;
        story.expiry = line.expiry;
        story.events = std::move(*events);
        story.rules = rule_sentences(place.benefit.kind, policies.on(now.day), words);
    }
    return stories;
}

std::vector<fb::StoryRowT> story_rows(const fb::BenefitStoriesT& stories) {
    std::vector<fb::StoryRowT> rows;
    for (const fb::BenefitStoryT& story : stories.benefits) {
        for (const fb::StoryEventT& event : story.events) {
            fb::StoryRowT& row = rows.emplace_back();
            row.order = story.order;
            row.sku = story.sku;
            row.event = std::make_unique<fb::StoryEventT>(event);
        }
    }
    return rows;
}

}  // namespace ledger::answers
