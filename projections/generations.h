// The generations of a ledger's views. In use are always DIR/views; while they are made anew there
// are beside them
//   views.new   not finished: of no use to anybody
//   views.old   only during the switch: then views.new, or what is views already, is finished
// Whoever makes or switches them holds the folder's lock (events/folder_lock.h). The switch is:
// views -> views.old, views.new -> views, views.old removed, each on disk before the next. So
// whatever a killed process leaves can be told apart and is put right at the next opening.
#pragma once

#include <functional>
#include <string>

#include "events/folder_lock.h"
#include "events/result.h"

namespace ledger::views {

std::string views_in(const std::string& directory);
std::string new_views_in(const std::string& directory);

// Puts right what a killed rebuild left; to be called before views are opened. The sentence says
// what was found, it is empty when there was nothing. Error: a rebuild is running in another
// process.
Result<std::string> settle_generations(const std::string& directory);
// The same for whoever has the lock.
Result<std::string> settle_generations(const std::string& directory, const FolderLock&);

// After each of these steps a process may be killed.
enum class SwitchStep { old_moved_away, new_in_place, old_removed };

// Puts the finished views.new into use; neither may be open. `reached` is for tests: when it says
// false everything stays as it is then, as if the process had been killed.
Result<void> switch_generations(const std::string& directory, const FolderLock&,
                                const std::function<bool(SwitchStep)>& reached = {});

// Removes views.new.
void discard_new(const std::string& directory, const FolderLock&);

// Whether another process has the views in use open.
bool views_in_use(const std::string& directory);

}  // namespace ledger::views
