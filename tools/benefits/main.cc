// `benefits`, the tool that people and scripts run.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>

#include "events/log/kafka/abandoned.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/output.h"

namespace {

// Without memory of its own.
[[noreturn]] void end_saying(std::string_view sentence) {
    if (::write(STDERR_FILENO, sentence.data(), sentence.size()) < 0) {
    }
    std::_Exit(static_cast<int>(ledger::tools::ExitCode::unknown));
}

// Nobody catches what the standard library throws when there is no memory, or no room for a thread,
// whatever thread it comes in: the process ends with a sentence. What was under way is unknown.
void end_out_of_memory_or_threads() {
    const std::exception_ptr thrown = std::current_exception();
    // On its way, and a thread that nobody will join was met first.
    if (!thrown && std::uncaught_exceptions() > 0)
        end_saying(
            "benefits: there is too little memory, or room for too few threads; what was accepted "
            "stays as it is: see to the limits of memory and processes and send the same again\n");
    try {
        if (thrown) std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        end_saying(
            "benefits: there is too little memory; what was accepted stays as it is: free some and "
            "send the same again\n");
    } catch (const std::system_error&) {
        end_saying(
            "benefits: the system refused a thread or a lock; what was accepted stays as it is: "
            "see to the limits of memory and processes and send the same again\n");
    } catch (...) {
    }
    std::abort();
}

}  // namespace

int main(int argc, char** argv) {
    using namespace ledger::tools;
    if (!open_standard_descriptors()) return static_cast<int>(ExitCode::failed);
    std::set_terminate(end_out_of_memory_or_threads);
    // A ledger's folders and files are its owner's alone.
    ::umask(S_IRWXG | S_IRWXO);
    make_signals_errors();
    ExitCode code = run_command_line(argc, argv);
    if (const std::string failure = stdout_failure(); !failure.empty()) {
        say("benefits: " + failure);
        code = worse(code, ExitCode::failed);
    }
    // All of ours is closed and on disk; what a client that hangs still uses must not be torn down.
    if (ledger::log::has_abandoned_clients()) std::_Exit(static_cast<int>(code));
    return static_cast<int>(code);
}
