// A JSON document whose last member is a list, printed as its elements come, so that one of any
// length takes little memory: to the byte what indented() makes of the whole.
#pragma once

#include <string>
#include <string_view>

#include "tools/benefits/cli/json_text.h"

namespace ledger::tools {

class ListDocumentPrinter {
public:
    // `head` has the members before the list.
    ListDocumentPrinter(const JsonObject& head, std::string_view list);
    ListDocumentPrinter(const ListDocumentPrinter&) = delete;
    ListDocumentPrinter& operator=(const ListDocumentPrinter&) = delete;

    // `element` is JSON. False once stdout is gone.
    bool element(std::string_view element);
    void finish();

private:
    bool flush();

    std::string waiting_;
    bool any_ = false;
};

}  // namespace ledger::tools
