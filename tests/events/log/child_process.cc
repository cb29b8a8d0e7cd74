#include "tests/events/log/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "events/check.h"

namespace ledger::tests {
namespace {

constexpr int kFromParent = 50;
constexpr int kToParent = 51;

void close_if_open(int& file) {
    if (file >= 0) ::close(std::exchange(file, -1));
}

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

Child::Child(const std::string& role, const std::string& folder, const std::string& argument) {
    int down[2];
    int up[2];
    LEDGER_CHECK(::pipe2(down, O_CLOEXEC) == 0 && ::pipe2(up, O_CLOEXEC) == 0);
    const std::string name = "child: " + role;
    id_ = ::fork();
    if (id_ == 0) {
        ::dup2(down[0], kFromParent);
        ::dup2(up[1], kToParent);
        ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);  // its report is not ours
        ::setenv("LEDGER_CHILD_FOLDER", folder.c_str(), 1);
        ::setenv("LEDGER_CHILD_ARGUMENT", argument.c_str(), 1);
        ::execl("/proc/self/exe", "child", name.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    LEDGER_CHECK(id_ > 0);
    ::close(down[0]);
    ::close(up[1]);
    to_child_ = down[1];
    from_child_ = up[0];
}

Child::~Child() {
    if (id_ > 0) {
        kill();
        wait();
    }
    close_if_open(to_child_);
    close_if_open(from_child_);
}

char Child::hear() {
    char byte = 0;
    return ::read(from_child_, &byte, 1) == 1 ? byte : '\0';
}

void Child::release() { close_if_open(to_child_); }

void Child::kill() { ::kill(id_, SIGKILL); }

int Child::wait() {
    int status = 0;
    LEDGER_CHECK(::waitpid(id_, &status, 0) == id_);
    id_ = 0;
    return status;
}

std::string child_folder() { return environment("LEDGER_CHILD_FOLDER"); }
std::string child_argument() { return environment("LEDGER_CHILD_ARGUMENT"); }

void tell_parent(char byte) {
    if (::write(kToParent, &byte, 1) != 1) ::_exit(3);
}

void await_release() {
    char byte = 0;
    while (::read(kFromParent, &byte, 1) > 0) {
    }
}

}  // namespace ledger::tests
