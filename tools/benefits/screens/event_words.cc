#include "tools/benefits/screens/event_words.h"

#include <concepts>

#include "events/date.h"
#include "events/money.h"
#include "events/record.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/role_names.h"
#include "visit_generated.h"

namespace ledger::tools {
namespace {

std::string text(const flatbuffers::String* words) { return std::string(text_of(words)); }

std::string day(std::int32_t days) { return to_string(Date{days}); }

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string amount(const fb::Money& money) {
    return ledger::money(money.amount(), text(money.currency()));
}

// " of office-365-e3, order ap-2020"
template <typename Happened>
std::string line(const Happened& happened) {
    return " of " + text(happened.sku()) + ", order " + text(happened.order());
}

std::string product(const flatbuffers::String* language, const flatbuffers::String* system) {
    std::string words = text(language);
    if (!words.empty() && !text_of(system).empty()) words += ", ";
    words += text(system);
    return words.empty() ? "" : " (" + words + ")";
}

std::string_view test_words(fb::RefundTest test) {
    switch (test) {
        case fb::RefundTest::software_activated:
            return "a refund ends with the activation of a software key";
        case fb::RefundTest::anything_used:
            return "a refund ends with any use and the sight of any key";
    }
    return "";
}

std::string words_of(const fb::OfferPurchased& happened) {
    return "order " + text(happened.order()) + ": " + text(happened.offer()) + " for " +
           amount(*happened.charge()) + " by " +
           spaced(fb::EnumNamePaymentMethod(happened.payment())) + ", term " +
           day(happened.start()) + " to " + day(happened.anniversary()) +
           (happened.automatic_renewal() ? ", renews by itself" : "") + ", " +
           counted(happened.grants()->size(), "benefit", "benefits");
}

std::string words_of(const fb::OrderPlaced& happened) {
    return "order " + text(happened.order()) + ": " + text(happened.offer()) + " for " +
           amount(*happened.charge()) + " by bank transfer, to be paid by " +
           day(happened.pay_by()) + ", then " +
           counted(happened.grants()->size(), "benefit", "benefits");
}

std::string words_of(const fb::PaymentReceived& happened) {
    return amount(*happened.amount()) + " for order " + text(happened.order()) + ": term " +
           day(happened.start()) + " to " + day(happened.anniversary());
}

std::string words_of(const fb::KeysDelivered& happened) {
    std::string ids;
    std::uint64_t units = 0;
    for (const fb::KeyMaterial* key : *happened.keys()) {
        ids += (ids.empty() ? "" : ", ") + text(key->id());
        units += key->units();
    }
    return counted(happened.keys()->size(), "key or token", "keys or tokens") + line(happened) +
           ", for " + counted(units, "unit", "units") + ": " + ids;
}

std::string words_of(const fb::KeyRevealed& happened) {
    return "key " + text(happened.key()) + line(happened) + " shown to " + text(happened.by()) +
           product(happened.language(), happened.system()) +
           (happened.again() ? "; it had been shown before, which takes nothing" : "");
}

std::string words_of(const fb::DownloadRecorded& happened) {
    return "download" + line(happened) + product(happened.language(), happened.system());
}

std::string words_of(const fb::KeyActivated& happened) {
    return "key " + text(happened.key()) + line(happened) + " on machine " +
           text(happened.machine()) + ": takes " +
           (happened.counted() == 0 ? "nothing, the machine has it already"
                                    : counted(happened.counted(), "activation", "activations"));
}

std::string words_of(const fb::TokenIssued& happened) {
    return "token " + text(happened.token()) + line(happened) + ", " +
           counted(happened.seats(), "seat", "seats");
}

std::string words_of(const fb::TokenRedeemed& happened) {
    return "token " + text(happened.token()) + line(happened) + " on tenant " +
           text(happened.tenant()) + ", " + counted(happened.seats(), "seat", "seats") +
           ", usable until " + day(happened.until());
}

std::string words_of(const fb::CompanyAssigned& happened) {
    return "the company got " + text(happened.sku()) + ", order " + text(happened.order());
}

std::string words_of(const fb::CancellationRequested& happened) {
    return "request " + text(happened.request()) + " for order " + text(happened.order()) + "; " +
           std::string(test_words(happened.refund_ends_with()));
}

std::string words_of(const fb::OrderCancelled& happened) {
    return "order " + text(happened.order()) + ", request " + text(happened.request()) + ": " +
           amount(*happened.refund()) + " goes back, its benefits are revoked";
}

std::string words_of(const fb::CancellationRefused& happened) {
    return "request " + text(happened.request()) + " for order " + text(happened.order());
}

std::string words_of(const fb::UsageAdjusted& happened) {
    const std::string change = std::to_string(happened.change());
    return "used" + line(happened) + ": " + (happened.change() > 0 ? "+" : "") + change + ", now " +
           std::to_string(happened.used());
}

template <typename Happened>
concept HasWords = requires(const Happened& happened) {
    { words_of(happened) } -> std::convertible_to<std::string>;
};

}  // namespace

std::string event_words(const fb::Body& body, const json::Style& style) {
    return visit_event(body, [&]<typename Happened>(const Happened& happened) -> std::string {
        if constexpr (HasWords<Happened>)
            return words_of(happened);
        else
            return event_in_words(body, style);
    });
}

std::string who_acted(const fb::Entry& entry) { return text(entry.actor()->id()); }

std::string acted_as(const fb::Entry& entry) {
    const fb::Actor& actor = *entry.actor();
    if (actor.kind() != fb::ActorKind::user) return fb::EnumNameActorKind(actor.kind());
    const std::string roles = names_of(actor.roles());
    return roles.empty() ? "user" : spaced(roles);
}

std::string shown_time(std::int64_t milliseconds) {
    const Time time{milliseconds};
    const std::string date = to_string(date_of(time));
    return time == start_of(date_of(time)) ? date : date + " " + to_string(time).substr(11, 8);
}

}  // namespace ledger::tools
