#include "tools/benefits/asking/partner_query.h"

#include <charconv>

#include "consumers/clock_guard.h"
#include "consumers/newest_entry.h"
#include "projections/queries.h"
#include "tools/benefits/asking/known_names.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {
namespace {

NotThere failed(const Error& error) { return {ExitCode::failed, error.message}; }

NotThere not_registered_yet(const PartnerQuery& query, const views::Moment& moment, Date first) {
    const std::string when = moment.day ? "on " + to_string(*moment.day)
                                        : "at version " + std::to_string(*moment.version);
    return {ExitCode::not_found, "partner '" + query.partner.text() + "' was not registered yet " +
                                     when + "; it was on " + to_string(first)};
}

}  // namespace

Result<PartnerQuery> begin_query(const LedgerPlace& place, const std::string& partner) {
    auto at_work = open_for_query(place);
    if (!at_work) return at_work.error();
    PartnerQuery query;
    query.at_work = std::move(*at_work);
    query.partner = PartnerId{partner};
    query.partition = query.at_work->partition_of(partner);
    if (query.at_work->node)
        if (const std::string why = query.at_work->node->stopped(query.partition); !why.empty())
            return error(kNodeStopped, why);
    query.rows = query.opened().rows->snapshot();
    const auto position = views::find_last_position(*query.rows, query.partition);
    if (!position) return position.error();
    query.position = *position;
    auto ledger = ledger_state(*query.rows, query.partition);
    if (!ledger) return ledger.error();
    query.ledger = std::move(*ledger);
    const auto today = today_of(*query.rows, query.partition, query.ledger);
    if (!today) return today.error();
    query.today = *today;
    // What is shown follows from dates.
    const auto newest = newest_in(*query.rows, query.opened().log->partitions());
    if (!newest) return newest.error();
    const auto doubt = check_clock(query.opened(), *newest);
    if (!doubt || !doubt->empty()) say("benefits: " + (doubt ? *doubt : doubt.error().message));
    return query;
}

LookUp look_up(const PartnerQuery& query, const views::Moment& moment) {
    auto then = answers::partner_then(query.snapshot(), query.partner, moment);
    if (!then) return failed(then.error());
    if (auto* partner = std::get_if<answers::PartnerThen>(&*then)) return std::move(*partner);
    const auto& none = std::get<answers::NoPartner>(*then);
    switch (none.why) {
        case answers::Missing::day_ahead:
            return NotThere{ExitCode::usage,
                            to_string(*moment.day) + " lies after the ledger's day, " +
                                to_string(query.today) + ": name that day or an earlier one"};
        case answers::Missing::no_such_partner:
            return no_such_partner(query);
        case answers::Missing::not_registered_yet:
            return not_registered_yet(query, moment, none.first);
        case answers::Missing::version_not_reached:
            return NotThere{ExitCode::not_found,
                            "partner '" + query.partner.text() + "' stands at version " +
                                std::to_string(none.newest_version) +
                                " and has not reached version " + std::to_string(*moment.version)};
    }
    return no_such_partner(query);
}

ExitCode fail(const NotThere& why) {
    say("benefits: " + why.sentence);
    return why.code;
}

NotThere no_such_partner(const PartnerQuery& query) {
    const std::string meant = partner_meant(*query.rows, query.partner.text());
    return {ExitCode::not_found,
            "the ledger has no partner '" + query.partner.text() + "' (partition " +
                std::to_string(number(query.partition)) + ", read up to position " +
                std::to_string(number(query.position)) + ")" +
                (meant.empty() ? "; 'benefits partner register' registers one" : meant)};
}

void add_moment(Subcommand command, views::Moment& moment) {
    const Option day =
        command
            .add_option(
                "--at", [&moment](const std::string& text) { moment.day = parse_date(text); },
                "As it was at the end of this day, under the policy of that day")
            .type_name("DATE")
            .check(date_form);
    command
        .add_option("--at-version", moment.version,
                    "As it was right after this event of its history")
        .type_name("N")
        .positive()
        .excludes(day);
}

std::optional<views::Moment> parse_moment(std::string_view text) {
    if (const auto day = parse_date(text)) return views::Moment{*day, std::nullopt};
    std::uint64_t version = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || version == 0)
        return std::nullopt;
    return views::Moment{std::nullopt, version};
}

}  // namespace ledger::tools
