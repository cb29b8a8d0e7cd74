#include "tools/benefits/screens/role_names.h"

#include "screen_words_generated.h"

namespace ledger::tools {

std::string names_of(fb::Role roles, Language in) {
    std::string names;
    for (const fb::Role role : fb::EnumValuesRole()) {
        if ((roles & role) == fb::Role::NONE) continue;
        if (!names.empty()) names += ", ";
        names += named(role, in);
    }
    return names;
}

}  // namespace ledger::tools
