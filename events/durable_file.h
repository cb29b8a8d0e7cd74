// Files and folders that are on disk when a call returns. Errors name the file and what to do.
#pragma once

#include <optional>
#include <string>

#include "events/result.h"
#include "events/sha256.h"

namespace ledger {

// Writes a file whole, beside its place first: a reader finds all of it or what was there before,
// also when this fails. Readable by its owner alone.
Result<void> write_durably(const std::string& path, std::string_view text);

// The file's text; nothing when there is none. For files of a few kilobytes.
Result<std::optional<std::string>> read_file(const std::string& path);

// Copies a file, folders above it too, readable by their owner alone; gives the SHA-256 of what was
// read.
Result<Hash> copy_durably(const std::string& from, const std::string& to);

// SHA-256 of a file, which is on disk then.
Result<Hash> hash_durably(const std::string& path);

// What was made, renamed or removed in a folder.
Result<void> sync_folder(const std::string& path);

}  // namespace ledger
