#include "events/json/syntax_place.h"

#include <algorithm>
#include <array>

namespace ledger::json {
namespace {

// Deeper than any table of the schema; the parser has a bound of its own.
constexpr std::size_t kDepthMax = 1'000;

// Reads from the front of a text; each says whether what it looks for stood there.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::size_t at() const { return at_; }
    bool whole() { return value(0) && at_end(); }

private:
    bool at_end() {
        blanks();
        return at_ == text_.size();
    }
    void blanks() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos)
            ++at_;
    }
    bool take(char c) {
        blanks();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool value(std::size_t depth);
    bool members(std::size_t depth, char end, bool named);
    bool text();
    bool word();

    std::string_view text_;
    std::size_t at_ = 0;
};

bool Scanner::value(std::size_t depth) {
    if (depth == kDepthMax) return false;
    if (take('{')) return members(depth, '}', true);
    if (take('[')) return members(depth, ']', false);
    blanks();
    return at_ < text_.size() && text_[at_] == '"' ? text() : word();
}

// Up to the closing bracket; in an object each has a name before it.
bool Scanner::members(std::size_t depth, char end, bool named) {
    if (take(end)) return true;
    do {
        if (named && !(text() && take(':'))) return false;
        if (!value(depth + 1)) return false;
    } while (take(','));
    return take(end);
}

bool Scanner::text() {
    if (!take('"')) return false;
    for (; at_ < text_.size(); ++at_) {
        if (text_[at_] == '"') {
            ++at_;
            return true;
        }
        if (static_cast<unsigned char>(text_[at_]) < ' ') return false;
        if (text_[at_] == '\\') ++at_;
    }
    at_ = text_.size();
    return false;
}

// A number, true, false or null; its first byte is where it is wrong.
bool Scanner::word() {
    constexpr std::array<std::string_view, 3> kWords{"true", "false", "null"};
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}:\"[{", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    const bool known = std::find(kWords.begin(), kWords.end(), word) != kWords.end();
    const bool number = !word.empty() && word.find_first_not_of("+-.0123456789eE") == word.npos;
    if (!known && !number) return false;
    at_ = end;
    return true;
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

std::optional<std::size_t> syntax_fault_at(std::string_view json) {
    Scanner scanner(json);
    if (scanner.whole()) return std::nullopt;
    return scanner.at();
}

std::string line_and_column(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    const std::size_t line_begin = before.find_last_of('\n') + 1;  // 0 where there is none
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto column = 1 + std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_begin),
                                          before.end(), begins_character);
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace ledger::json
