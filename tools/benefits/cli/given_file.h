// What an option takes from a file or from stdin: "@FILE" or "-".
#pragma once

#include <string>
#include <string_view>

#include "events/result.h"
#include "tools/benefits/cli/unseen.h"

namespace ledger::tools {

// UTF-8's, at the beginning of a text that some programs write.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Far more than any option takes.
inline constexpr std::size_t kGivenFileMaxBytes = 512 * 1024;

// Whether it is "@FILE" or "-".
bool names_file(std::string_view given);

// "FILE" or "stdin".
std::string name_of_file(const std::string& given);

// The content of what is `called` so in errors, without a byte order mark and without one end of
// line at the end. Where stdin is a terminal the question is asked there. Error: it can't be read,
// is too long, or is not UTF-8.
Result<std::string> read_given_file(const std::string& given, const std::string& called,
                                    const Question& question);

}  // namespace ledger::tools
