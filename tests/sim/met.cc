#include "tests/sim/met.h"

#include <span>

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
    {"torn batches", &Met::torn},
    {"older views put back", &Met::older_views},
    {"closings", &Met::closings},
    {"pauses", &Met::pauses},
    {"releases", &Met::releases},
    {"clock jumps", &Met::clock_jumps},
    {"made to differ", &Met::differs},
    {"divergence stops", &Met::divergence_stops},
    {"rebuilds", &Met::rebuilds},
    {"rebuilds killed", &Met::rebuilds_killed},
    {"copies", &Met::copies},
    {"copies refused", &Met::copies_refused},
    {"submitted", &Met::submitted},
    {"retried", &Met::retried},
    {"reused ids", &Met::reused_ids},
    {"lost answers", &Met::lost_answers},
    {"settles", &Met::settles},
    {"receipts", &Met::receipts},
    {"no receipt yet", &Met::no_receipts},
    {"settled by receipt", &Met::settled_by_receipt},
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
    {"due issued", &Met::due},
    {"due issued again", &Met::due_again},
    {"reserved ids refused", &Met::reserved},
};

// All but NONE.
const auto kCommands = std::span(fb::EnumValuesCommandBody()).subspan(1);

}  // namespace

Met& Met::operator+=(const Met& other) {
    for (const Field& field : kFields) this->*field.value += other.*field.value;
    for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i] += other.kinds[i];
    return *this;
}

std::string Met::text() const {
    std::string text;
    const auto add = [&text](const std::string& name, std::uint64_t count) {
        if (count > 0) text += (text.empty() ? "" : ", ") + name + " " + std::to_string(count);
    };
    for (const Field& field : kFields) add(field.name, this->*field.value);
    for (const fb::CommandBody kind : kCommands)
        add(fb::EnumNameCommandBody(kind), kinds[static_cast<std::size_t>(kind)]);
    return text;
}

std::string Met::missing() const {
    std::string text;
    const auto add = [&text](const std::string& name, std::uint64_t count) {
        if (count == 0) text += (text.empty() ? "" : ", ") + name;
    };
    for (const Field& field : kFields) add(field.name, this->*field.value);
    for (const fb::CommandBody kind : kCommands)
        add(fb::EnumNameCommandBody(kind), kinds[static_cast<std::size_t>(kind)]);
    return text;
}

}  // namespace ledger::sim
