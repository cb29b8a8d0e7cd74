#include "projections/row_name.h"

#include <cstdio>

namespace ledger::views {
namespace {

const char* name_of(Family family) {
    switch (family) {
        case Family::history:
            return "history";
        case Family::partners:
            return "partners";
        case Family::receipts:
            return "receipts";
        case Family::lookups:
            return "lookups";
        case Family::anchors:
            return "anchors";
        case Family::lists:
            return "lists";
        case Family::ledger:
            return "ledger";
        case Family::meta:
            return "meta";
    }
    return "";
}

}  // namespace

std::string row_name(Family family, std::string_view key) {
    std::string text = std::string(name_of(family)) + " '";
    for (const char c : key) {
        if (c >= 0x20 && c < 0x7f) {
            text.push_back(c);
            continue;
        }
        char code[8];
        std::snprintf(code, sizeof code, "\\%02x", static_cast<unsigned char>(c));
        text += code;
    }
    return text + "'";
}

}  // namespace ledger::views
