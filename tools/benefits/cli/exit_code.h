// How `benefits` ends. Scripts rely on these numbers.
#pragma once

#include <string>

namespace ledger {
struct Error;
struct ErrorCode;
}  // namespace ledger

namespace ledger::tools {

enum class ExitCode : int {
    done = 0,
    failed = 1,     // it was not done, or what was checked is not so
    usage = 2,      // the command line or the input's form is wrong
    refused = 3,    // the rules said no to something
    unknown = 4,    // something may have happened: ask again with the same id
    not_found = 5,  // there is no such thing
};

// Of two outcomes of one run the one to end with: unknown before failed before refused before done.
constexpr ExitCode worse(ExitCode a, ExitCode b) {
    const auto weight = [](ExitCode code) {
        switch (code) {
            case ExitCode::done:
                return 0;
            case ExitCode::refused:
                return 1;
            case ExitCode::not_found:
                return 2;
            case ExitCode::failed:
                return 3;
            case ExitCode::usage:
                return 4;
            case ExitCode::unknown:
                return 5;
        }
        return 5;
    };
    return weight(a) < weight(b) ? b : a;
}

// " [log.in-use]", for the end of a sentence; empty where there is no code.
std::string in_brackets(ErrorCode code);

// Says the sentence and its code, and how to end with it: unknown or failed.
ExitCode fail(const Error& error);

}  // namespace ledger::tools
