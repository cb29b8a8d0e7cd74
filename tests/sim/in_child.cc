#include "tests/sim/in_child.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace ledger::sim {
namespace {

[[noreturn]] void do_and_tell(const std::function<void(const Tell&)>& work, int pipe) {
    if (!std::freopen("/dev/null", "w", stderr)) std::_Exit(EXIT_FAILURE);
    work([pipe](const std::string& text) {
        const ssize_t written = ::write(pipe, text.data(), text.size());
        if (written != static_cast<ssize_t>(text.size())) std::_Exit(EXIT_FAILURE);
    });
    std::_Exit(EXIT_SUCCESS);
}

}  // namespace

ChildSaid in_child(const std::function<void(const Tell&)>& work) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    const pid_t child = ::fork();
    if (child < 0) std::abort();
    if (child == 0) {
        ::close(ends[0]);
        do_and_tell(work, ends[1]);
    }
    ::close(ends[1]);
    ChildSaid said;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        said.text.append(buffer, static_cast<std::size_t>(n));
    ::close(ends[0]);
    ::waitpid(child, &said.status, 0);
    return said;
}

}  // namespace ledger::sim
