// JSON as text, piece by piece: brackets, commas, names and white space. Every JSON that the program
// writes comes from here.
#pragma once

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

#include "events/json/quote.h"

namespace ledger::json {

// Appends to a text that lives longer. Who writes sees to it that what was opened is closed.
class TextWriter {
public:
    // `pretty`: indented by two spaces, instead of on one line.
    TextWriter(std::string& out, bool pretty) : out_(out), pretty_(pretty) {}

    void open(char bracket) {
        out_ += bracket;
        ++depth_;
        first_ = true;
    }

    void close(char bracket) {
        --depth_;
        if (!first_) line();
        out_ += bracket;
        first_ = false;
    }

    // Before each element of a list.
    void next() {
        if (!first_) out_ += ',';
        first_ = false;
        line();
    }

    // Before each member of an object.
    void name(std::string_view text) {
        next();
        append_quoted(out_, text);
        out_ += pretty_ ? ": " : ":";
    }

    void null() { out_ += "null"; }
    void boolean(bool value) { out_ += value ? "true" : "false"; }
    void text(std::string_view text) { append_quoted(out_, text); }

    // An integer, or a double, which has a point or an exponent.
    template <typename Number>
    void number(Number value) {
        char digits[40];
        const std::string_view text(digits,
                                    std::to_chars(digits, digits + sizeof digits, value).ptr);
        out_ += text;
        if constexpr (std::is_floating_point_v<Number>)
            if (text.find_first_of(".e") == std::string_view::npos) out_ += ".0";
    }

private:
    void line() {
        if (!pretty_) return;
        out_ += '\n';
        out_.append(2 * depth_, ' ');
    }

    std::string& out_;
    bool pretty_;
    std::size_t depth_ = 0;
    bool first_ = true;
};

}  // namespace ledger::json
