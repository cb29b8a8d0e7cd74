// The generations of a ledger's views. In use are always DIR/views; while they are made anew there
// are beside them
//   views.new   not finished: of no use to anybody
//   views.old   only during the switch: then views.new, or what is views already, is finished
//   views.lock  held by the process that makes or switches them
// The switch is: views -> views.old, views.new -> views, views.old removed, each on disk before the
// next. So whatever a killed process leaves can be told apart and is put right at the next opening.
#pragma once

#include <functional>
#include <string>

#include "events/result.h"

namespace ledger::views {

std::string views_in(const std::string& directory);
std::string new_views_in(const std::string& directory);

// Held while generations change; gone with the object, or with the process.
class GenerationsLock {
public:
    // Error: another process holds it.
    static Result<GenerationsLock> take(const std::string& directory);
    GenerationsLock(GenerationsLock&& other) noexcept;
    GenerationsLock& operator=(GenerationsLock&&) = delete;
    ~GenerationsLock();

private:
    explicit GenerationsLock(int file) : file_(file) {}
    int file_;
};

// Puts right what a killed rebuild left; to be called before views are opened. The sentence says
// what was found, it is empty when there was nothing. Error: a rebuild is running in another
// process.
Result<std::string> settle_generations(const std::string& directory);
// The same for who has the lock.
Result<std::string> settle_generations(const std::string& directory, const GenerationsLock&);

// After each of these steps a process may be killed.
enum class SwitchStep { old_moved_away, new_in_place, old_removed };

// Puts the finished views.new into use; neither may be open. `reached` is for tests: when it says
// false everything stays as it is then, as if the process had been killed.
Result<void> switch_generations(const std::string& directory, const GenerationsLock&,
                                const std::function<bool(SwitchStep)>& reached = {});

// Removes views.new.
void discard_new(const std::string& directory, const GenerationsLock&);

// Whether another process has the views in use open.
bool views_in_use(const std::string& directory);

}  // namespace ledger::views
