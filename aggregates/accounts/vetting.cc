#include "aggregates/accounts/vetting.h"

#include <algorithm>
#include <set>

#include "aggregates/permission.h"
#include "aggregates/reason.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::accounts {
namespace {

// Any but the plain user.
fb::Role admins() {
    return fb::Role::global_admin | fb::Role::account_admin | fb::Role::partner_admin |
           fb::Role::admin_agent;
}

bool asks_for_vetting(const Policies& policies, Date day) {
    const auto from = policies.on(day).vetting_from;
    return from && day.days >= *from;
}

// On each day from the first through the last. Within the days of one version it begins once and
// doesn't end, so the first day of each says it.
bool always_asks_for_vetting(const Policies& policies, Date first, Date last) {
    if (!asks_for_vetting(policies, first)) return false;
    return std::all_of(policies.all().begin(), policies.all().end(),
                       [&](const fb::PolicyVersionT& version) {
                           const Date from{version.effective};
                           return from <= first || last < from || asks_for_vetting(policies, from);
                       });
}

bool has_document_twice(const fb::RecordVetting& asked) {
    if (!asked.documents()) return false;
    std::set<std::string_view> named;
    for (const fb::Document* document : *asked.documents())
        if (!named.insert(text_of(document->what())).second) return true;
    return false;
}

// Those that are named; where none is, those that were missing before, and none of a company that
// is verified.
std::vector<std::string> missing_then(const PartnerState& state, const fb::RecordVetting& asked) {
    if (!asked.documents() || asked.documents()->size() == 0) {
        if (asked.status() == fb::VettingStatus::verified) return {};
        return state.documents;
    }
    std::vector<std::string> missing;
    missing.reserve(asked.documents()->size());
    for (const fb::Document* document : *asked.documents())
        missing.push_back(document->what()->str());
    return missing;
}

}  // namespace

bool is_vetted(const PartnerState& state, Date today, const Policies& policies) {
    if (state.vetted != 0 || !asks_for_vetting(policies, today)) return true;
    return state.member_since != 0 &&
           !always_asks_for_vetting(policies, Date{state.member_since}, today);
}

std::optional<Refusal> refuse_not_vetted(const PartnerState& state, const Context& context) {
    if (is_vetted(state, context.today, context.policies)) return std::nullopt;
    return refuse(say::MembershipNotVetted{});
}

std::optional<Refusal> refuse_documents_missing(const PartnerState& state) {
    if (state.documents.empty()) return std::nullopt;
    std::string named;
    for (const std::string& document : state.documents)
        named += (named.empty() ? "" : ", ") + document;
    return refuse(say::ProfileDocumentsMissing{.documents = std::move(named)});
}

Decision decide(const PartnerState& state, const fb::RecordVetting& asked, const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    const fb::VettingStatus status = asked.status();
    if (status == fb::VettingStatus::none) return refuse(say::VettingNoStatus{});
    const std::vector<std::string> missing = missing_then(state, asked);
    if (status == fb::VettingStatus::action_needed && missing.empty())
        return refuse(say::VettingNoDocuments{});
    if (has_document_twice(asked)) return refuse(say::VettingDocumentTwice{});
    if (status == fb::VettingStatus::rejected)
        if (auto refusal = refuse_without_reason(context, "ACC-10")) return *std::move(refusal);
    if (status == state.vetting && missing == state.documents &&
        context.reason == state.vetting_reason)
        return nothing(say::VettingRecordedAlready{});
    if (auto refusal = refuse_no_room(state, vetting_max_bytes(missing.size())))
        return *std::move(refusal);
    fb::VettingRecordedT recorded;
    recorded.status = status;
    for (const std::string& document : missing) recorded.documents.emplace_back().what = document;
    recorded.reason = context.reason;
    recorded.on = context.today.days;
    return accept(std::move(recorded));
}

Decision decide(const PartnerState& state, const fb::SubmitDocuments& asked,
                const Context& context) {
    if (auto refusal = require_role(state, context, admins(), "ACC-10")) return *std::move(refusal);
    const std::string_view what = text_of(asked.what());
    if (std::find(state.documents.begin(), state.documents.end(), what) == state.documents.end())
        return refuse(say::DocumentNotAskedFor{});
    fb::DocumentsSubmittedT submitted;
    submitted.what = what;
    submitted.on = context.today.days;
    return accept(std::move(submitted));
}

void evolve(PartnerState& state, const fb::VettingRecorded& happened) {
    state.vetting = happened.status();
    state.vetting_on = happened.on();
    state.vetting_reason = text_of(happened.reason());
    state.documents.clear();
    for (const fb::Document* document : *happened.documents())
        state.documents.push_back(document->what()->str());
    if (happened.status() == fb::VettingStatus::verified && state.vetted == 0)
        state.vetted = happened.on();
    if (happened.status() == fb::VettingStatus::rejected) state.vetted = 0;
}

void evolve(PartnerState& state, const fb::DocumentsSubmitted& happened) {
    std::erase(state.documents, text_of(happened.what()));
    if (!state.documents.empty() || state.vetting != fb::VettingStatus::action_needed) return;
    state.vetting = fb::VettingStatus::in_review;
    state.vetting_on = happened.on();
    state.vetting_reason.clear();
}

}  // namespace ledger::accounts
