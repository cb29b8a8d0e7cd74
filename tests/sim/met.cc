#include "tests/sim/met.h"

namespace ledger::sim {
namespace {

struct Field {
    const char* name;
    std::uint64_t Met::*value;
};

constexpr Field kFields[] = {
    {"records", &Met::records},
    {"lost", &Met::lost},
    {"errors", &Met::errors},
    {"false doubts", &Met::false_doubts},
    {"duplicates", &Met::duplicates},
    {"late", &Met::late},
    {"holes", &Met::holes},
    {"poison", &Met::poison},
    {"forged", &Met::forged},
    {"foreign claims", &Met::foreign_claims},
    {"ends unavailable", &Met::ends_unavailable},
    {"claims", &Met::claims},
    {"takeovers", &Met::takeovers},
    {"voids", &Met::voids},
    {"later checkpoints", &Met::checkpoints},
    {"closes", &Met::closes},
    {"doubts", &Met::doubts},
    {"decided again", &Met::decided_again},
    {"superseded", &Met::superseded},
    {"own void", &Met::own_void},
    {"crashes", &Met::crashes},
    {"views went back", &Met::went_back},
    {"closings", &Met::closings},
    {"pauses", &Met::pauses},
    {"clock jumps", &Met::clock_jumps},
    {"submitted", &Met::submitted},
    {"retried", &Met::retried},
    {"reused ids", &Met::reused_ids},
    {"lost answers", &Met::lost_answers},
    {"settles", &Met::settles},
    {"accepted", &Met::accepted},
    {"accepted again", &Met::again},
    {"nothing", &Met::nothing},
    {"refused", &Met::refused},
    {"refused as reused", &Met::reused_refused},
    {"version conflicts", &Met::conflicts},
    {"too late", &Met::too_late},
    {"failed", &Met::failed},
    {"busy", &Met::busy},
    {"unavailable", &Met::unavailable},
    {"unknown", &Met::unknown},
};

}  // namespace

Met& Met::operator+=(const Met& other) {
    for (const Field& field : kFields) this->*field.value += other.*field.value;
    return *this;
}

std::string Met::text() const {
    std::string text;
    for (const Field& field : kFields) {
        if (!text.empty()) text += ", ";
        text += std::string(field.name) + " " + std::to_string(this->*field.value);
    }
    return text;
}

std::string Met::missing() const {
    std::string text;
    for (const Field& field : kFields)
        if (this->*field.value == 0) text += (text.empty() ? "" : ", ") + std::string(field.name);
    return text;
}

}  // namespace ledger::sim
