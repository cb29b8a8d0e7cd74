#include "events/json/parse.h"

#include <string>

#include "events/json/read.h"

namespace ledger::json {
namespace {

namespace dom = simdjson::dom;

// simdjson's reason in words that help somebody who edits a file.
std::string syntax_error(simdjson::error_code code) {
    switch (code) {
        case simdjson::EMPTY:
            return "there is nothing but white space, expected JSON";
        case simdjson::UTF8_ERROR:
            return "not valid UTF-8, save the text in that encoding";
        case simdjson::TAPE_ERROR:
            return "not valid JSON, a comma, colon, quote, brace or bracket is missing or one too "
                   "many";
        case simdjson::DEPTH_ERROR:
            return "not a command, lists and objects are nested too deeply";
        case simdjson::STRING_ERROR:
            return "not valid JSON, a text has a broken escape after a backslash";
        case simdjson::UNCLOSED_STRING:
            return "not valid JSON, a text is not closed by a quote";
        case simdjson::UNESCAPED_CHARS:
            return "not valid JSON, a text has a control character, write it like \\n or \\u0001";
        case simdjson::T_ATOM_ERROR:
        case simdjson::F_ATOM_ERROR:
        case simdjson::N_ATOM_ERROR:
            return "not valid JSON, a word is not true, false or null";
        case simdjson::NUMBER_ERROR:
            return "not valid JSON, a number is malformed or too large";
        default:
            return std::string("not valid JSON, ") + simdjson::error_message(code);
    }
}

}  // namespace

Result<dom::element> parse(std::string_view json) {
    thread_local dom::parser parser;
    if (json.starts_with("\xEF\xBB\xBF"))
        return error(kSyntax,
                     "it starts with a byte order mark, save the text as UTF-8 without one");
    // Without an address too, which simdjson would copy from.
    if (json.empty()) return error(kSyntax, syntax_error(simdjson::EMPTY));
    dom::element root;
    const simdjson::error_code code = parser.parse(json.data(), json.size()).get(root);
    if (code != simdjson::SUCCESS) return error(kSyntax, syntax_error(code));
    return root;
}

}  // namespace ledger::json
