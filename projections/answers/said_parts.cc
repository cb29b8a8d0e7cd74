#include "projections/answers/said_parts.h"

#include <algorithm>
#include <charconv>

namespace ledger::answers {
namespace {

// "global_admin,partner_admin"
std::vector<std::string> divided(std::string_view names) {
    std::vector<std::string> all;
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(','), names.size());
        all.emplace_back(names.substr(0, end));
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return all;
}

void take(fb::SaidPartT& part, const NamedValue& value, ValueKind kind) {
    std::int64_t number = 0;
    switch (kind) {
        case ValueKind::number:
            std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
            part.number = number;
            return;
        case ValueKind::roles:
        case ValueKind::seats:
            part.names = divided(value.text);
            return;
        case ValueKind::date:
        case ValueKind::text:
        case ValueKind::word:
            part.text = value.text;
            return;
    }
}

}  // namespace

std::vector<fb::SaidPartT> said_parts(const Said& said) {
    std::vector<fb::SaidPartT> parts;
    for (const NamedValue& value : said.values) {
        for (const ValueName& known : said.row().values) {
            if (known.name != value.name) continue;
            fb::SaidPartT& part = parts.emplace_back();
            part.name = value.name;
            take(part, value, known.kind);
        }
    }
    return parts;
}

}  // namespace ledger::answers
