#include "tools/benefits/screens/asked_answer.h"

#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/event_text.h"

namespace ledger::tools {
namespace {

std::string whose(const AskedAnswer& told) {
    return told.asked.partner.empty() ? "The ledger" : "Partner " + told.asked.partner;
}

std::string place_of(const Answer& answer) {
    return " (partition " + std::to_string(number(answer.partition)) + ", position " +
           std::to_string(number(answer.position)) + ")";
}

std::string ended(std::string sentence) {
    if (!sentence.empty() && !sentence.ends_with('.')) sentence += '.';
    return sentence;
}

std::string happened(const AskedAnswer& told) {
    if (!told.event) return ended("command " + told.asked.id);
    const std::string words = told.event->words;
    return ended(type_in_words(fb::EnumNameEvent(told.event->event.type)) +
                 (words.empty() ? "" : ": " + words));
}

std::string accepted(const AskedAnswer& told) {
    const std::string version = std::to_string(told.answer.version);
    if (told.dry_run)
        return "It would be accepted: " + happened(told) + " " + whose(told) +
               " would come to version " + version + ".";
    return "Accepted: " + happened(told) + " " + whose(told) + " stands at version " + version +
           place_of(told.answer) + ".";
}

std::string refused(const AskedAnswer& told) {
    const Answer& answer = told.answer;
    std::string words = told.dry_run ? "It would be refused: " : "Refused: ";
    words += ended(reason_of(answer)) + " [" + answer.code + ", " + answer.rule + "]";
    if (answer.earliest) words += " The first day for it is " + to_string(*answer.earliest) + ".";
    return words;
}

std::string nothing(const AskedAnswer& told) {
    return (told.dry_run ? "There would be nothing to do: " : "Nothing to do: ") +
           ended(reason_of(told.answer)) + " " + whose(told) + " stays at version " +
           std::to_string(told.answer.version) + ".";
}

std::string ask_again(const AskedAnswer& told) {
    return " Send it again with --id " + told.asked.id + ": it never counts twice.";
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
            return "Not done: " + ended(reason_of(answer)) + code;
        case Outcome::unknown:
            return "It may have been done: " + ended(reason_of(answer)) + code + ask_again(told);
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
    const std::string words = sentence(told) + (told.dry_run ? " Nothing was sent." : "");
    return paragraph(words, screen);
}

fb::CommandAnswerT answer_document(const AskedAnswer& told) {
    fb::CommandAnswerT document = command_answer(told.asked, told.answer);
    if (told.dry_run) document.dry_run = true;
    if (told.event) document.event = told.event->event;
    return document;
}

}  // namespace ledger::tools
