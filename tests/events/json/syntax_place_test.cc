// Where a file stops being JSON, for whoever mends it.
#include "events/json/syntax_place.h"

#include "events/json/node.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

std::string place_in(std::string_view text) {
    const auto at = json::syntax_fault_at(text);
    return at ? json::line_and_column(text, *at) : "";
}

}  // namespace

TEST_CASE("A text that is no JSON is told with its line and column") {
    CHECK(place_in("") == "line 1, column 1");
    CHECK(place_in("{,}") == "line 1, column 2");
    CHECK(place_in("{\n  \"a\": 1\n  \"b\": 2\n}") == "line 3, column 3");
    CHECK(place_in("{\"a\": [1, 2,]}") == "line 1, column 13");
    CHECK(place_in("{\"a\": tru}") == "line 1, column 7");
    CHECK(place_in("[\"a\nb\"]") == "line 1, column 4");
    CHECK(place_in("{\"a\": 1") == "line 1, column 8");
    CHECK(place_in("[1] 2") == "line 1, column 5");
    // Columns are characters, not bytes.
    CHECK(place_in("[\"한국어\" 1]") == "line 1, column 8");
    CHECK(place_in(std::string(5'000, '[')) == "line 1, column 1001");
}

TEST_CASE("What the parser takes has no such place") {
    for (const char* text : {"{}", "[]", " [1, -2.5e3, \"a\\\"b\", true, false, null]\n",
                             "{\"a\": {\"b\": [{}]}}", "17"}) {
        INFO(text);
        CHECK(json::read_node(text).ok());
        CHECK(place_in(text).empty());
    }
}
