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

Answer after_failed() {
    Answer answer;
    answer.outcome = Outcome::failed;
    answer.code = kAfterFailedCode;
    answer.reason =
        "it was not decided, since one before it came to no answer; send the whole input again, "
        "what was accepted stays as it is";
    return answer;
}

void StreamOrder::broke(Stream stream, std::string_view partner, std::uint64_t place) {
    if (stream == kNoStream) return;
    Broken& broken = streams_[stream];
    if (broken.partners.size() >= kBrokenPartnersMax) return broke_for_all(stream, place);
    broken.partners.try_emplace(std::string(partner), place);
}

void StreamOrder::broke_for_all(Stream stream, std::uint64_t place) {
    if (stream == kNoStream) return;
    Broken& broken = streams_[stream];
    broken.all_from = std::min(broken.all_from, place);
}

bool StreamOrder::is_broken_before(Stream stream, std::string_view partner,
                                   std::uint64_t place) const {
    const auto broken = streams_.find(stream);
    if (broken == streams_.end()) return false;
    if (broken->second.all_from < place) return true;
    const auto first = broken->second.partners.find(partner);
    return first != broken->second.partners.end() && first->second < place;
}

bool StreamOrder::is_broken_for_anybody(Stream stream) const { return streams_.contains(stream); }

}  // namespace ledger
