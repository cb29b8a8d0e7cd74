#include "tools/benefits/cli/list_printer.h"

#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/progress.h"

namespace ledger::tools {

void ListPrinter::begin() {
    if (is_rows(format_)) rows_.emplace(format_, look_.row);
    if (format_ != Format::json) return;
    look_.style.pretty = true;
    document_.emplace(look_.head, look_.style);
}

bool ListPrinter::add(const json::TableView& element,
                      const std::function<std::vector<std::string>()>& cells) {
    if (count_++ == 0) begin();
    if (rows_) return rows_->row(element, look_.style);
    if (document_) {
        document_->add(element);
        return print_document(kPrintedAtATimeBytes);
    }
    // One more than are laid out together: whether these are all is known before they are.
    if (count_ - laid_out_ > kRowsTogether && !print_table(false)) return false;
    table_.row(cells());
    return true;
}

bool ListPrinter::print_document(std::size_t unless_shorter_bytes) {
    std::string& text = document_->text();
    if (text.size() < unless_shorter_bytes) return true;
    const bool printed = print(text);
    text.clear();
    return printed;
}

bool ListPrinter::print_table(bool whole) {
    const Screen on = screen();
    std::string out;
    if (laid_out_ == 0)
        out = title(look_.title(whole ? std::optional(count_) : std::nullopt), on);
    else
        out = "\n";
    if (!table_.empty()) out += table_.text(on);
    if (whole && laid_out_ != 0) out += "\n" + paragraph(look_.counted(grouped(count_)), on);
    laid_out_ = whole ? count_ : count_ - 1;
    table_ = look_.columns;
    return print(out);
}

void ListPrinter::finish() {
    if (count_ == 0) begin();
    if (document_) {
        document_->end();
        document_->text() += '\n';
        print_document(0);
    }
    if (!rows_ && !document_) print_table(true);
}

}  // namespace ledger::tools
