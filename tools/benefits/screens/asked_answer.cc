#include "tools/benefits/screens/asked_answer.h"

#include "screen_words_generated.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/event_text.h"

namespace ledger::tools {
namespace {

std::string whose(const AskedAnswer& told) {
    return told.asked.partner.empty() ? words::the_ledger()
                                      : words::the_partner(told.asked.partner);
}

std::string ended(std::string sentence) {
    if (!sentence.empty() && !sentence.ends_with('.')) sentence += '.';
    return sentence;
}

std::string happened(const AskedAnswer& told) {
    if (!told.event) return ended(words::a_command(told.asked.id));
    const std::string event = event_name(fb::EnumNameEvent(told.event->event.type));
    return ended(told.event->words.empty() ? event : words::event_told(event, told.event->words));
}

std::string accepted(const AskedAnswer& told) {
    const std::string version = std::to_string(told.answer.version);
    if (told.dry_run) return words::answer_would_be_accepted(happened(told), whose(told), version);
    return words::answer_accepted(happened(told), whose(told), version,
                                  std::to_string(number(told.answer.partition)),
                                  std::to_string(number(told.answer.position)));
}

std::string refused(const AskedAnswer& told) {
    const Answer& answer = told.answer;
    const std::string reason = ended(reason_of(answer));
    const std::string refusal =
        told.dry_run ? words::answer_would_be_refused(reason, answer.code, answer.rule)
                     : words::answer_refused(reason, answer.code, answer.rule);
    return answer.earliest ? words::answer_earliest(refusal, to_string(*answer.earliest)) : refusal;
}

std::string nothing(const AskedAnswer& told) {
    const std::string reason = ended(reason_of(told.answer));
    const std::string version = std::to_string(told.answer.version);
    return told.dry_run ? words::answer_would_be_nothing(reason, whose(told), version)
                        : words::answer_nothing(reason, whose(told), version);
}

std::string sentence(const AskedAnswer& told) {
    const Answer& answer = told.answer;
    const std::string code = answer.code.empty() ? "" : " [" + answer.code + "]";
    switch (answer.outcome) {
        case Outcome::accepted:
            return accepted(told);
        case Outcome::nothing:
            return nothing(told);
        case Outcome::refused:
            return refused(told);
        case Outcome::failed:
            return words::answer_failed(ended(reason_of(answer)) + code);
        case Outcome::unknown:
            return words::answer_unknown(ended(reason_of(answer)) + code, told.asked.id);
    }
    return {};
}

}  // namespace

ToldEvent told_event(const fb::Body& body) {
    fb::EventUnion event;
    event.type = body.event_type();
    event.value = fb::EventUnion::UnPack(body.event(), body.event_type(), nullptr);
    return {std::move(event), event_in_words(body, json::Style{})};
}

std::string answer_sentence(const AskedAnswer& told, const Screen& screen) {
    const std::string answer = sentence(told);
    return paragraph(told.dry_run ? words::answer_dry_run(answer) : answer, screen);
}

fb::CommandAnswerT answer_document(const AskedAnswer& told) {
    fb::CommandAnswerT document = command_answer(told.asked, told.answer);
    if (told.dry_run) document.dry_run = true;
    if (told.event) document.event = told.event->event;
    return document;
}

}  // namespace ledger::tools
