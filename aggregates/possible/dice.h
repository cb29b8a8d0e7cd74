// Randomness that can be repeated: one seed, one sequence, on every machine and with every compiler
// and library, which the distributions of <random> don't promise.
#pragma once

#include <cstdint>
#include <vector>

#include "aggregates/ports.h"

namespace ledger::possible {

// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
class Dice : public Random {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 0x1234567) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    Id128 fresh_id() override {
        const std::uint64_t high = next();
        return {high, next()};
    }
    std::uint64_t between(std::uint64_t low, std::uint64_t high) override {
        return low + next() % (high - low + 1);
    }
    // True so many times in a thousand.
    bool per_mille(std::uint64_t chance) { return next() % 1000 < chance; }
    // Below `size`, which isn't 0.
    std::size_t index(std::size_t size) { return static_cast<std::size_t>(next() % size); }
    template <typename T>
    const T& pick(const std::vector<T>& from) {
        return from[index(from.size())];
    }

private:
    std::uint64_t state_;
};

// Seeds that have nothing to do with each other, from one.
inline std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t which) {
    return Dice(seed ^ (which * 0xd1342543de82ef95ULL)).next();
}

}  // namespace ledger::possible
