#include "tools/benefits/screens/role_names.h"

namespace ledger::tools {

std::string names_of(fb::Role roles) {
    std::string names;
    for (const fb::Role role : fb::EnumValuesRole()) {
        if ((roles & role) == fb::Role::NONE) continue;
        if (!names.empty()) names += ", ";
        names += fb::EnumNameRole(role);
    }
    return names;
}

}  // namespace ledger::tools
