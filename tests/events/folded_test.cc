#include "events/folded.h"

#include "tests/support/catch.h"

namespace ledger {

TEST_CASE("One name folds to one text, whatever its case, width and composition") {
    const std::string verlag = "\u00E5ngstr\u00F6m verlag";
    for (const char* each :
         {"\u00C5NGSTR\u00D6M Verlag", "A\u030Angstro\u0308m VERLAG", "\u212Bngstr\u00F6m verlag",
          "  \u00E5ngstr\u00F6m\u00A0\u3000verlag\t", "\u00E5ng\u00ADstr\u00F6m\u200B verlag"}) {
        INFO(each);
        CHECK(folded(each) == verlag);
    }
    CHECK(folded("\uFF35\uFF33\uFF21") == "usa");
    CHECK(folded("STRASSE") == folded("Stra\u00DFe"));
    CHECK(folded("\uC8FC\uC2DD\uD68C\uC0AC") ==
          folded("\u110C\u116E\u1109\u1175\u11A8\u1112\u116C\u1109\u1161"));
}

TEST_CASE("Folding keeps apart what people keep apart, and folds what is folded to itself") {
    CHECK(folded("\u00E5ngstr\u00F6m") != folded("angstrom"));
    CHECK(folded("kim lee") != folded("kimlee"));
    for (const char* each :
         {"", "a", "kim@contoso.example", "\u00E5ngstr\u00F6m verlag", "\u0645\u06CC"})
        CHECK(folded(folded(each)) == folded(each));
    CHECK(folded("\xFFKim \xC3") == "\xFFkim \xC3");
}

TEST_CASE("A text is blank when nothing in it can be seen") {
    for (const char* each :
         {"", " ", "\t\n", "\u00A0\u3000\u2003", "\u200B\u200D\uFEFF", "\u3164", "\x01 \u2028"}) {
        INFO(each);
        CHECK(is_blank(each));
    }
    for (const char* each : {".", " a ", "\u0645\u06CC\u200C", "\xFF"}) {
        INFO(each);
        CHECK_FALSE(is_blank(each));
    }
}

}  // namespace ledger
