// Work done in a process of its own, which may abort: a LEDGER_CHECK that fails says so on stderr,
// where nobody listens here.
#pragma once

#include <functional>
#include <string>

namespace ledger::sim {

// For the child: what it has to say to its parent.
using Tell = std::function<void(const std::string& text)>;

struct ChildSaid {
    std::string text;
    int status = 0;  // as of waitpid(); EXIT_SUCCESS at the end of its work
};

ChildSaid in_child(const std::function<void(const Tell&)>& work);

}  // namespace ledger::sim
