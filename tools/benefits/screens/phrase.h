// What a screen says, in the language that is wanted. The phrases stand in words.txt, of each of
// which the build makes a function of namespace words (screen_words_generated.h):
//
//     words::active_since(day_text(since))     "active since 2020-09-01"
//
// A phrase that lacks a language, and one that isn't given its values, doesn't build.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "aggregates/sentence.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {

// `said` with the values in the places that name them. What stands in a value is never looked at.
std::string phrase(const InLanguages& said,
                   std::initializer_list<std::pair<std::string_view, std::string_view>> values,
                   Language in);

}  // namespace ledger::tools
