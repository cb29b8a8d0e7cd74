// A second process in a test: this test program started again, to run one hidden test case, its
// role. Started afresh and not just forked, since RocksDB's and the sanitizers' threads don't
// survive a fork.
#pragma once

#include <sys/types.h>

#include <string>

namespace ledger::tests {

class Child {
public:
    // Runs the test case named "child: ROLE", which is tagged [.] so that nobody else does.
    Child(const std::string& role, const std::string& folder, const std::string& argument = "");
    ~Child();  // killed if it still runs
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t id() const { return id_; }
    // The next byte the child told; 0 at its end.
    char hear();
    // Closes what the child listens to: it may go.
    void release();
    void kill();
    // The status as of waitpid(2).
    int wait();

private:
    pid_t id_ = 0;
    int to_child_ = -1;
    int from_child_ = -1;
};

// In the child: what it was given, and its line to the parent.
std::string child_folder();
std::string child_argument();
void tell_parent(char byte);
void await_release();

}  // namespace ledger::tests
