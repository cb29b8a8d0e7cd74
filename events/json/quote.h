// Text as a JSON string (RFC 8259) with its quotes. Bytes that are no UTF-8 become U+FFFD, so what
// comes out is always valid JSON. What a terminal or a line of text must not be given as it is
// (printable.h) is escaped: the same text to every parser, and harmless where JSON is shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ledger::json {

void append_quoted(std::string& out, std::string_view text);
std::string quote(std::string_view text);

// At most `most_bytes` of the text, cut between two characters, with "..." where something was cut
// off.
std::string shortened(std::string_view text, std::size_t most_bytes);

}  // namespace ledger::json
