// LEDGER_CHECK: an assertion about our own code, always compiled in. Never reachable from bytes or
// input: what comes from outside is answered with a refusal or an Error.
#pragma once

#include <cstdio>
#include <cstdlib>

#define LEDGER_CHECK(condition)                                                          \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            std::fprintf(stderr, "%s:%d: LEDGER_CHECK failed: %s\n", __FILE__, __LINE__, \
                         #condition);                                                    \
            std::abort();                                                                \
        }                                                                                \
    } while (false)
