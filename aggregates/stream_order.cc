#include "aggregates/stream_order.h"

#include <algorithm>

namespace ledger {
namespace {

// Of one stream. A stream that breaks for more is broken for all: memory has a bound, and the same
// thing was missing for all of them.
constexpr std::size_t kBrokenPartnersMax = 16'384;

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

bool came_to_no_answer(const Answer& answer) {
    switch (answer.outcome) {
        case Outcome::accepted:
        case Outcome::nothing:
        case Outcome::refused:
            return false;
        case Outcome::unknown:
            return true;
        case Outcome::failed:
            return !is_one_of(answer.code, {"command.invalid", "entry.too-large", "entry.invalid"});
    }
    return true;
}

Answer failed_answer(const char* code, std::string reason) {
    Answer answer;
    answer.outcome = Outcome::failed;
    answer.code = code;
    answer.reason = std::move(reason);
    return answer;
}

Answer after_failed(const std::string& why) {
    return failed_answer(kAfterFailedCode,
                         "a command before it came to no answer, so it was not decided: send the "
                         "whole input again; the "
                         "first one was told: " +
                             why);
}

void StreamOrder::broke(Stream stream, std::string_view partner, std::uint64_t place,
                        const std::string& why) {
    if (stream == kNoStream) return;
    Broken& broken = streams_[stream];
    if (broken.partners.size() >= kBrokenPartnersMax) return broke_for_all(stream, place, why);
    if (broken.first.empty()) broken.first = why;
    if (!broken.partners.contains(partner))
        broken.partners.emplace(std::string(partner), Break{place, why});
}

void StreamOrder::broke_for_all(Stream stream, std::uint64_t place, const std::string& why) {
    if (stream == kNoStream) return;
    Broken& broken = streams_[stream];
    if (broken.first.empty()) broken.first = why;
    if (!broken.all || place < broken.all->place) broken.all = Break{place, why};
}

const std::string* StreamOrder::broken_before(Stream stream, std::string_view partner,
                                              std::uint64_t place) const {
    const auto broken = streams_.find(stream);
    if (broken == streams_.end()) return nullptr;
    const auto& [partners, all, first] = broken->second;
    const auto own = partners.find(partner);
    if (own != partners.end() && own->second.place < place) return &own->second.why;
    return all && all->place < place ? &all->why : nullptr;
}

const std::string* StreamOrder::broken_for_anybody(Stream stream) const {
    const auto broken = streams_.find(stream);
    return broken == streams_.end() ? nullptr : &broken->second.first;
}

}  // namespace ledger
