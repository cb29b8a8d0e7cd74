// The order of what one caller sends. Commands of one stream and one partner are meant to be
// carried out one after the other: once one of them came to no answer, because the log or the keys
// didn't answer or there was no room, those behind it must not be decided as if it had never been
// sent. They fail too, so that sending all of it again comes to what it would have come to the
// first time.
//
// A refusal is an answer, and so is the fault of a command that fails the same way every time: what
// follows is decided.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "aggregates/answer.h"

namespace ledger {

// A source of commands that build on each other: one input, one connection.
enum class Stream : std::uint64_t {};
// Of commands that each stand alone.
inline constexpr Stream kNoStream{0};

inline constexpr const char* kAfterFailedCode = "after-failed";

// Whether the same command, sent again, may come to something else though nothing was decided
// meanwhile.
bool came_to_no_answer(const Answer& answer);
Answer failed_answer(const char* code, std::string reason);
// For one that follows such a one, with what that one was told.
Answer after_failed(const std::string& why);

class StreamOrder {
public:
    // `place` grows with each command of a stream. The first that is told counts; `why` is
    // what it was told.
    void broke(Stream stream, std::string_view partner, std::uint64_t place,
               const std::string& why);
    // What follows is broken for all partners.
    void broke_for_all(Stream stream, std::uint64_t place, const std::string& why);
    // Why it must not be decided; null: nothing stands against it.
    const std::string* broken_before(Stream stream, std::string_view partner,
                                     std::uint64_t place) const;
    const std::string* broken_for_anybody(Stream stream) const;

private:
    struct Break {
        std::uint64_t place = 0;
        std::string why;
    };
    struct Broken {
        std::map<std::string, Break, std::less<>> partners;
        std::optional<Break> all;
        std::string first;  // why
    };
    std::map<Stream, Broken> streams_;
};

}  // namespace ledger
