// Errors of the environment, and a value or such an error. A refusal is not an Error, and a bug is
// a LEDGER_CHECK.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "events/check.h"

namespace ledger {

// Whether what was asked for may have happened all the same. `unknown` is never retried blindly.
enum class Effect { none, unknown };

// What is wrong, for programs and tests: stable, dotted, and never used for something else. Each is
// declared once, beside what fails with it.
struct ErrorCode {
    std::string_view text;  // "folder.not-empty"

    friend constexpr bool operator==(ErrorCode, ErrorCode) = default;
};
inline constexpr ErrorCode kOtherError{"error.other"};
inline constexpr ErrorCode kNoAnswer{"log.no-answer"};
inline constexpr ErrorCode kDiskFull{"disk.full"};

struct Error {
    std::string message;  // one sentence for a person: what is wrong and what to do
    Effect effect = Effect::none;
    bool no_answer = false;  // the log didn't answer, and may be all right
    bool key_lost = false;   // a sealed text's key is in no key store any more (seal.h)
    ErrorCode code = kOtherError;
    // Where in what was given the fault is, "body.seat"; the message begins with it. Often empty.
    std::string place = {};
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() {
        LEDGER_CHECK(ok());
        return std::get<0>(held_);
    }
    const T& value() const {
        LEDGER_CHECK(ok());
        return std::get<0>(held_);
    }
    T& operator*() { return value(); }
    const T& operator*() const { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const {
        LEDGER_CHECK(!ok());
        return std::get<1>(held_);
    }

private:
    std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    const Error& error() const {
        LEDGER_CHECK(error_.has_value());
        return *error_;
    }

private:
    std::optional<Error> error_;
};

inline Error error(std::string message, Effect effect = Effect::none) {
    return Error{std::move(message), effect};
}

inline Error error(ErrorCode code, std::string message, Effect effect = Effect::none) {
    return Error{std::move(message), effect, false, false, code, {}};
}

inline Error no_answer(std::string message, Effect effect = Effect::none) {
    return Error{std::move(message), effect, true, false, kNoAnswer, {}};
}

// The same error, told with more around it.
inline Error told_as(Error cause, std::string message) {
    cause.message = std::move(message);
    return cause;
}

}  // namespace ledger
