#include "tests/sim/faults.h"

#include <algorithm>

namespace ledger::sim {
namespace {

struct Field {
    const char* name;
    std::uint64_t Faults::*value;
};

constexpr Field kFields[] = {
    {"lose", &Faults::lose},
    {"lose_noticed", &Faults::lose_noticed},
    {"error", &Faults::error},
    {"false_doubt", &Faults::false_doubt},
    {"duplicate", &Faults::duplicate},
    {"hole", &Faults::hole},
    {"poison", &Faults::poison},
    {"forge", &Faults::forge},
    {"claim", &Faults::claim},
    {"end_unavailable", &Faults::end_unavailable},
    {"crash", &Faults::crash},
    {"close", &Faults::close},
    {"pause", &Faults::pause},
    {"release", &Faults::release},
    {"clock_jump", &Faults::clock_jump},
    {"flush", &Faults::flush},
    {"differ", &Faults::differ},
    {"torn", &Faults::torn},
    {"older_views", &Faults::older_views},
    {"rebuild", &Faults::rebuild},
    {"receipt", &Faults::receipt},
    {"settle", &Faults::settle},
    {"copy", &Faults::copy},
    {"due", &Faults::due},
    {"evening", &Faults::evening},
    {"end_hole", &Faults::end_hole},
};

}  // namespace

Faults Faults::draw(Dice& dice) {
    // Three characters for each: never, now and then, often.
    const auto level = [&](std::uint64_t rare, std::uint64_t often) {
        const std::uint64_t character = dice.between(0, 9);
        return character < 3 ? 0 : character < 8 ? rare : often;
    };
    Faults faults;
    faults.lose = level(5, 30);
    faults.lose_noticed = level(5, 30);
    faults.error = level(6, 40);
    faults.false_doubt = level(5, 30);
    faults.duplicate = level(10, 100);
    faults.hole = level(5, 60);
    faults.poison = level(5, 40);
    faults.forge = level(10, 60);
    faults.claim = level(2, 10);
    faults.end_unavailable = level(50, 400);
    faults.crash = level(1, 4);
    faults.close = level(1, 2);
    faults.pause = level(3, 12);
    faults.release = level(5, 20);
    faults.clock_jump = level(2, 10);
    faults.flush = level(20, 100) + 5;
    faults.differ = level(1, 3);
    faults.torn = level(200, 500);
    faults.older_views = level(50, 200);
    faults.rebuild = level(5, 25);
    faults.receipt = level(30, 120);
    faults.settle = 4;
    faults.copy = level(0, 2);
    faults.due = 60;
    faults.evening = 300;
    faults.end_hole = 300;
    return faults;
}

bool Faults::keep_only(const std::vector<std::string>& names) {
    Faults kept;
    for (const std::string& name : names) {
        const auto* field = std::find_if(std::begin(kFields), std::end(kFields),
                                         [&](const Field& each) { return name == each.name; });
        if (field == std::end(kFields)) return false;
        kept.*field->value = this->*field->value;
    }
    *this = kept;
    return true;
}

std::vector<std::string> Faults::names() const {
    std::vector<std::string> names;
    for (const Field& field : kFields)
        if (this->*field.value > 0) names.emplace_back(field.name);
    return names;
}

std::string Faults::text() const {
    std::string text;
    for (const Field& field : kFields)
        if (this->*field.value > 0)
            text += (text.empty() ? "" : ", ") + std::string(field.name) + " " +
                    std::to_string(this->*field.value);
    return text.empty() ? "none" : text;
}

}  // namespace ledger::sim
