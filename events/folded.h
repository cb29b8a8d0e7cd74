// How texts are compared when somebody looks for them: without regard to case, to the width or the
// composition of letters, to blanks around them or doubled, or to what nobody can see. "ångström",
// "ÅNGSTRÖM" and its wide letters fold to the same text.
//
// Unicode's toCasefold(NFKC(text)), whose result for a character stays the same in every later
// version of Unicode once the character is in one: keyed hashes are taken over folded texts and
// stand in the log for ever. Nothing of a language's own is done: a Turkish dotless i is no i.
#pragma once

#include <string>
#include <string_view>

namespace ledger {

// Of bytes that are no UTF-8 only the ASCII letters are folded.
std::string folded(std::string_view text);

// Nothing in the text can be seen: it is empty, or of blanks and invisible characters alone.
bool is_blank(std::string_view text);

}  // namespace ledger
