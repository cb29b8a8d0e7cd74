// An answer printed for programs: one JSON document, as the codec writes its table.
#pragma once

#include "events/json/encode.h"
#include "events/json/table_view.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

inline void print_document(const json::TableView& table, json::Style style = {}) {
    style.pretty = true;
    print(json::to_json(table, style) + '\n');
}

// Of a generated native object.
template <typename Native>
void print_document(const Native& answer, json::Style style = {}) {
    print_document(json::Packed(answer).view(), std::move(style));
}

}  // namespace ledger::tools
