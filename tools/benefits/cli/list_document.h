// A JSON document whose last field is a list, printed as its elements come, so that one of any
// length takes little memory: to the byte what the codec writes of the whole.
#pragma once

#include <string>

#include "events/json/encode.h"
#include "events/json/table_view.h"

namespace ledger::tools {

class ListDocumentPrinter {
public:
    // `head` is the document with no element in its list, which is required.
    ListDocumentPrinter(const json::TableView& head, json::Style style);
    ListDocumentPrinter(const ListDocumentPrinter&) = delete;
    ListDocumentPrinter& operator=(const ListDocumentPrinter&) = delete;

    // False once stdout is gone.
    bool element(const json::TableView& element);
    void finish();

private:
    bool flush();

    json::Style style_;
    std::string waiting_;
    bool any_ = false;
};

}  // namespace ledger::tools
