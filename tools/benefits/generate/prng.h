// Numbers for generated commands: the same for the same seed with every compiler and library, which
// the distributions of <random> are not. SplitMix64 (Steele, Lea, Flood: Fast splittable
// pseudorandom number generators, 2014).
#pragma once

#include <cstdint>

namespace ledger::tools {

class Prng {
public:
    explicit Prng(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15ULL;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }

    // 0 .. count-1
    std::uint64_t below(std::uint64_t count) { return next() % count; }
    // True in about so many cases of a hundred.
    bool chance(std::uint64_t percent) { return below(100) < percent; }

private:
    std::uint64_t state_;
};

// Seeds that have nothing to do with each other, from one.
inline std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t which) {
    Prng mixer(seed ^ (which * 0xd1342543de82ef95ULL));
    return mixer.next();
}

}  // namespace ledger::tools
