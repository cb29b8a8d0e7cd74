#include "tools/benefits/submitting/ask.h"

#include <memory>

#include "consumers/gathered_answers.h"
#include "projections/stored_event.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/clock_move.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/screens/asked_answer.h"
#include "tools/benefits/submitting/dry_run.h"
#include "tools/benefits/submitting/meant_name.h"

namespace ledger::tools {
namespace {

// The writer's own patience ends first: its answer says more than ours.
constexpr std::chrono::milliseconds kAnswerPatience{35'000};

ExitCode wrong(const TypedCommand& command, const Error& error) {
    const std::string path = "benefits " + full_name(command.name);
    say(path + ": " + error.message + "; see '" + path + " --help'");
    return ExitCode::usage;
}

ExitCode tell(const AtWork& at_work, const TypedCommand& command, const AskedAnswer& told) {
    print_answer(command.format, answer_document(told), {},
                 [&] { return answer_sentence(told, screen()); });
    if (const std::string meant = meant_name(at_work, command, told.answer); !meant.empty())
        say("benefits: " + meant);
    return exit_code_of(told.answer.outcome);
}

// Of a partner's command one answer, of the ledger's own the worst of all partitions'. After our
// patience everything open is answered, "unknown" where it may be in the log.
Answer send(AtWork& at_work, const TypedCommand& command, const Bytes& packed) {
    const fb::Command& asked = *fb::GetCommand(packed.data());
    if (const fb::MoveClock* to = asked.body_as_MoveClock()) {
        ClockMove move{Date{to->to()}};
        move.command = packed;
        return move_with_progress(at_work.ledger, *at_work.node, std::move(move));
    }
    const std::uint32_t partitions = command.is_ledgers_own() ? at_work.node->partitions() : 1;
    const auto answers = std::make_shared<GatheredAnswers>(partitions);
    const auto add = [answers](const Answer& answer) { answers->add(answer); };
    if (command.is_ledgers_own())
        for (std::uint32_t i = 0; i < partitions; ++i)
            at_work.node->submit_to(PartitionId{i}, packed, add);
    else
        at_work.node->submit(packed, add);
    if (!answers->wait(kAnswerPatience)) at_work.node->close(std::chrono::milliseconds{0});
    return answers->worst();
}

// The event of that version, once the views have come to it; nothing when they can't be read.
std::optional<ToldEvent> event_of(AtWork& at_work, const std::string& partner,
                                  const Answer& answer) {
    const auto read =
        at_work.node->wait_for(answer.partition, next(answer.position), kCatchUpPatience);
    if (!read) return std::nullopt;
    const auto rows = at_work.ledger.rows->snapshot();
    views::StoredEvents events(*rows, answer.partition, PartnerId{partner});
    const auto event = events.at(answer.version);
    return event ? std::optional(told_event(*event->record.body)) : std::nullopt;
}

ExitCode dry_run(const LedgerPlace& place, const TypedCommand& command, const json::Plain& given) {
    const auto at_work = open_caught_up(place);
    if (!at_work) return fail(at_work.error());
    if (const auto& no_key = (*at_work)->ledger.no_key) return fail(*no_key);
    const auto bytes = packed(command, given, hash_only(*(*at_work)->ledger.sealer));
    if (!bytes) return fail(bytes.error());
    const auto foreseen = foresee(**at_work, *bytes);
    if (!foreseen) return fail(foreseen.error());
    return tell(**at_work, command, *foreseen);
}

}  // namespace

ExitCode ask(LedgerPlace place, const TypedCommand& command) {
    const std::string id = command.id().value_or(to_hex(random_id()));
    const auto given = given_command(command, id);
    if (!given) return wrong(command, given.error());
    if (const auto checked = packed(command, *given, seal_to_nothing); !checked)
        return wrong(command, checked.error());
    if (command.dry_run) return dry_run(place, command, *given);

    WriterSettings settings;
    settings.node = node_name();
    place.keys_patience = std::chrono::milliseconds{settings.term_patience_ms};
    const auto at_work = open_at_work(place, settings);
    if (!at_work) return fail(at_work.error());
    const auto bytes = packed(command, *given, json::seal_with(*(*at_work)->ledger.sealer));
    if (!bytes) return fail(bytes.error());
    if (!command.id())
        say("benefits: the command's id is " + id + "; to ask again, give --id " + id);
    AskedAnswer told;
    told.asked = {0, id, command.partner()};
    told.answer = send(**at_work, command, *bytes);
    if (told.answer.outcome == Outcome::accepted)
        told.event = event_of(**at_work, command.partner(), told.answer);
    (*at_work)->node->close(kClosePatience);
    return tell(**at_work, command, told);
}

}  // namespace ledger::tools
