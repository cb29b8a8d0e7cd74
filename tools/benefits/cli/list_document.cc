#include "tools/benefits/cli/list_document.h"

#include "tools/benefits/cli/output.h"

namespace ledger::tools {

ListDocumentPrinter::ListDocumentPrinter(const JsonObject& head, std::string_view list) {
    JsonObject document = head;
    waiting_ = indented(document.json(list, "[]").line());
    waiting_.resize(waiting_.rfind(']'));
}

bool ListDocumentPrinter::element(std::string_view element) {
    waiting_ += any_ ? "," : "";
    any_ = true;
    waiting_ += "\n    ";
    std::string text = indented(element);
    text.pop_back();
    for (const char c : text) {
        waiting_ += c;
        if (c == '\n') waiting_ += "    ";
    }
    return waiting_.size() < kPrintedAtATimeBytes || flush();
}

void ListDocumentPrinter::finish() {
    waiting_ += any_ ? "\n  ]\n}\n" : "]\n}\n";
    flush();
}

bool ListDocumentPrinter::flush() {
    const bool printed = print(waiting_);
    waiting_.clear();
    return printed;
}

}  // namespace ledger::tools
