#include "events/printable.h"

#include <string>

#include "tests/support/catch.h"

namespace ledger {
namespace {

const std::string kBad = "\uFFFD";

}  // namespace

TEST_CASE("What steers a terminal or turns a line is replaced, character by character") {
    for (const std::string_view each :
         {"\x1b",   "\x01",       "\x7f",       "\t",        "\n",     "\r",     "\u0080",
          "\u0085", "\u009B",     "\u009F",     "\u00AD",    "\u061C", "\u200B", "\u200E",
          "\u200F", "\u2028",     "\u2029",     "\u202A",    "\u202B", "\u202C", "\u202D",
          "\u202E", "\u2060",     "\u2066",     "\u2067",    "\u2068", "\u2069", "\uFEFF",
          "\uFFF9", "\U000E0001", "\U000E0041", "\U000E007F"}) {
        INFO(each);
        CHECK(printable("a" + std::string(each) + "b") == "a" + kBad + "b");
    }
    CHECK(printable(std::string_view("\0", 1)) == kBad);
}

TEST_CASE("What names are made of stays") {
    for (const std::string_view each :
         {"Contoso Korea 주식회사", "می\u200Cخواهم", "क\u094D\u200Dष", "\U0001F469\u200D\U0001F4BB",
          "\u2764\uFE0F", "\u00A0", "\u2027", "\u202F", "\U000E0100", "~ !", ""}) {
        INFO(each);
        CHECK(printable(each) == each);
    }
}

TEST_CASE("Bytes that are no UTF-8 are replaced one by one") {
    CHECK(printable("a\xFFz") == "a" + kBad + "z");
    CHECK(printable("\xE2\x80") == kBad + kBad);
    CHECK(printable("\xE2\x80z") == kBad + kBad + "z");
    CHECK(printable("\xC2") == kBad);
    CHECK(printable("\xED\xA0\x80") == kBad + kBad + kBad);
    CHECK(printable("\xF4\x90\x80\x80").starts_with(kBad));
}

TEST_CASE("A character is read with its code and its bytes") {
    CHECK(first_character("a").code == U'a');
    CHECK(first_character("\u00E9x").code == U'\u00E9');
    CHECK(first_character("\u20ACx").code == U'\u20AC');
    CHECK(first_character("\U0001F600x").code == U'\U0001F600');
    CHECK(first_character("\U0001F600x").bytes == 4);
    CHECK(first_character("\x80").bytes == 0);
}

}  // namespace ledger
