#include "projections/answers/findings.h"

#include <algorithm>

namespace ledger::answers {
namespace {

fb::FoundPartnerT found_partner(const views::FoundPartner& found) {
    fb::FoundPartnerT partner;
    partner.partner = found.partner;
    partner.legal_name = found.legal_name;
    for (const views::Hit& each : found.hits) {
        fb::HitT& hit = partner.hits.emplace_back();
        hit.in = each.in;
        hit.text = each.text;
        if (each.version != 0) hit.version = each.version;
    }
    return partner;
}

// Of a partner that stands there already nothing is added.
void add(fb::FindingsT& findings, const views::Search& search, std::size_t most) {
    findings.more = findings.more || search.more;
    for (const views::FoundPartner& found : search.partners) {
        const bool known =
            std::any_of(findings.partners.begin(), findings.partners.end(),
                        [&](const auto& each) { return each.partner == found.partner; });
        if (known) continue;
        if (findings.partners.size() < most)
            findings.partners.push_back(found_partner(found));
        else
            findings.more = true;
    }
}

}  // namespace

Result<fb::FindingsT> findings(const views::Snapshot& rows, const views::Sought& sought,
                               std::string_view piece, std::size_t most) {
    fb::FindingsT findings;
    const auto exact = views::find_exactly(rows, sought, most);
    if (!exact) return exact.error();
    add(findings, *exact, most);
    if (piece.empty()) return findings;
    const auto scanned = views::search_partners(rows, piece, most);
    if (!scanned) return scanned.error();
    add(findings, *scanned, most);
    return findings;
}

std::vector<fb::FoundRowT> found_rows(const fb::FindingsT& findings) {
    std::vector<fb::FoundRowT> rows;
    for (const fb::FoundPartnerT& partner : findings.partners) {
        for (const fb::HitT& hit : partner.hits) {
            fb::FoundRowT& row = rows.emplace_back();
            row.partner = partner.partner;
            row.legal_name = partner.legal_name;
            row.hit = std::make_unique<fb::HitT>(hit);
        }
    }
    return rows;
}

}  // namespace ledger::answers
