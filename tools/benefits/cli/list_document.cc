#include "tools/benefits/cli/list_document.h"

#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

// Of an element in the list of a document.
constexpr std::size_t kElementDepth = 2;

}  // namespace

ListDocumentPrinter::ListDocumentPrinter(const json::TableView& head, json::Style style)
    : style_(std::move(style)) {
    style_.pretty = true;
    waiting_ = json::to_json(head, style_);
    waiting_.resize(waiting_.rfind(']'));
    style_.depth = kElementDepth;
}

bool ListDocumentPrinter::element(const json::TableView& element) {
    waiting_ += any_ ? "," : "";
    any_ = true;
    waiting_ += "\n    ";
    waiting_ += json::to_json(element, style_);
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
