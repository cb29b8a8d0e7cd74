#include "tests/fuzz/records.h"

#include <algorithm>

namespace ledger::fuzz {

std::vector<Bytes> divided(BytesView input) {
    std::vector<Bytes> records;
    std::string_view rest = text_of(input);
    for (;;) {
        const std::size_t end = std::min(rest.find(kDivider), rest.size());
        const BytesView record = view_of(rest.substr(0, end));
        records.emplace_back(record.begin(), record.end());
        if (end == rest.size()) return records;
        rest.remove_prefix(end + kDivider.size());
    }
}

Bytes joined(const std::vector<Bytes>& records) {
    Bytes all;
    for (const Bytes& record : records) {
        const BytesView divider = view_of(kDivider);
        if (&record != &records.front()) all.insert(all.end(), divider.begin(), divider.end());
        all.insert(all.end(), record.begin(), record.end());
    }
    return all;
}

}  // namespace ledger::fuzz
