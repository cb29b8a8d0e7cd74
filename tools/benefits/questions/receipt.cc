// `benefits receipt`
#include <future>
#include <memory>

#include "projections/queries.h"
#include "screen_words_generated.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/known_names.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/answer_text.h"

namespace ledger::tools {
namespace {

struct ReceiptOptions {
    std::string partner;
    std::string id;
    bool settle = false;
    ListFormat format;
};

Answer answer_of(PartitionId partition, const fb::Receipt& receipt) {
    Answer answer;
    answer.outcome = Outcome::accepted;
    answer.partition = partition;
    answer.seq = receipt.seq();
    answer.version = receipt.version();
    answer.position = Position{receipt.position()};
    return answer;
}

// A claim of our own ends every earlier term: what is not in the log up to it never will be. Gives
// its position.
Result<Position> settle(AtWork& at_work, PartitionId partition) {
    const auto promised = std::make_shared<std::promise<Answer>>();
    auto answered = promised->get_future();
    at_work.node->settle(partition,
                         [promised](const Answer& answer) { promised->set_value(answer); });
    if (answered.wait_for(kCatchUpPatience) != std::future_status::ready)
        return error("the partition could not be settled in time; is the log reachable?",
                     Effect::unknown);
    const Answer answer = answered.get();
    if (answer.outcome != Outcome::nothing)
        return error("the partition could not be settled: " + answer.reason);
    const auto read = at_work.node->wait_for(partition, next(answer.position), kCatchUpPatience);
    if (!read) return read.error();
    return answer.position;
}

void print_receipt(const ReceiptOptions& options, const Answer& answer) {
    const Screen on = screen();
    print_answer(options.format, command_answer({0, options.id, options.partner}, answer), {}, [&] {
        return title(words::receipt(options.id, options.partner), on) +
               facts({{words::column_partition(), std::to_string(number(answer.partition))},
                      {words::column_seq(), std::to_string(answer.seq)},
                      {words::column_version(), std::to_string(answer.version)},
                      {words::column_position(), std::to_string(number(answer.position))}},
                     on, 2);
    });
}

ExitCode not_found(const AtWork& at_work, const ReceiptOptions& options, Position position,
                   bool settled) {
    const std::string as_of = " as of position " + std::to_string(number(position));
    const auto rows = at_work.ledger.rows->snapshot();
    const auto known = views::find_partner(*rows, PartnerId{options.partner});
    const std::string meant = known && !*known
                                  ? partner_meant(*rows, options.partner)
                                  : receipt_meant(*rows, at_work.partition_of(options.partner),
                                                  options.partner, options.id);
    say("benefits: there is no receipt for command '" + options.id + "' of partner '" +
        options.partner + "'" + as_of +
        (settled ? ", and nothing that was sent before can be accepted any more: it was not "
                   "accepted; send it again if it is still wanted"
                 : "; if it was sent and never answered it may still be accepted: --settle makes "
                   "sure") +
        meant);
    return ExitCode::not_found;
}

ExitCode receipt(const LedgerPlace& place, const ReceiptOptions& options) {
    const auto at_work = options.settle ? open_caught_up(place) : open_for_query(place);
    if (!at_work) return fail(at_work.error());
    const PartitionId partition = (*at_work)->partition_of(options.partner);
    auto rows = (*at_work)->ledger.rows->snapshot();
    auto position = views::find_last_position(*rows, partition);
    const auto look = [&] {
        return views::find_receipt(*rows, partition, PartnerId{options.partner},
                                   CommandId{options.id});
    };
    auto found = look();
    const bool settles = options.settle && found && !*found;
    if (settles) {
        position = settle(**at_work, partition);
        if (!position) return fail(position.error());
        rows = (*at_work)->ledger.rows->snapshot();
        found = look();
    }
    if ((*at_work)->node) (*at_work)->node->close(kClosePatience);
    if (!found) return fail(found.error());
    if (!position) return fail(position.error());
    if (!*found) return not_found(**at_work, options, *position, settles);
    print_receipt(options, answer_of(partition, **found));
    return ExitCode::done;
}

}  // namespace

void add_receipt(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("receipt", "Tells whether a command was accepted, and as what");
    auto options = std::make_shared<ReceiptOptions>();
    add_partner(command, options->partner);
    command.add_option("id", options->id, "The command's id").type_name("ID").required();
    command.add_flag("--settle", options->settle,
                     "Makes \"no receipt\" final: nothing that was sent before can come any more");
    add_format(command, options->format);
    add_examples(
        command,
        "  benefits receipt contoso purchase-1\n"
        "  benefits receipt contoso purchase-1 --settle     after an answer \"unknown\"\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return receipt(place, *options); };
    });
}

}  // namespace ledger::tools
