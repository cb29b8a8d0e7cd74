#include "events/json/schema.h"

#include <string>

#include "events/json/expect.h"
#include "tests/support/catch.h"

namespace ledger::json {

TEST_CASE("A table's fields stand by id with what their attributes say") {
    const Table& table = table_named("MoveSeat");
    REQUIRE(table.fields.size() == 5);
    for (std::uint16_t id = 0; id < 5; ++id) CHECK(table.fields[id].id == id);
    const Field& order = table.fields[0];
    CHECK(order.name == "order");
    CHECK(order.kind == Kind::text);
    CHECK(order.required);
    CHECK(order.identifier);
    REQUIRE(order.length);
    CHECK(order.length->least == 1);
    CHECK(order.length->most == 64);
    REQUIRE(table.field("seat")->range);
    CHECK(table.field("seat")->range->most == 100000);
    CHECK(table.field("seats") == nullptr);
}

TEST_CASE("A field's kind comes from its type and its attributes") {
    const auto kind = [](const char* table, const char* field) {
        return table_named(table).field(field)->kind;
    };
    CHECK(kind("Command", "not_after") == Kind::until);
    CHECK(kind("Command", "body") == Kind::variant);
    CHECK(kind("Entry", "time") == Kind::time);
    CHECK(kind("Entry", "body") == Kind::nested);
    CHECK(kind("Entry", "fingerprint") == Kind::hash);
    CHECK(kind("Person", "email") == Kind::sealed);
    CHECK(kind("Actor", "roles") == Kind::flags);
    CHECK(kind("Actor", "kind") == Kind::choice);
    CHECK(kind("SeatAssigned", "on") == Kind::date);
    CHECK(table_named("Actor").field("roles")->unsent);
    CHECK(table_named("Command").field("expected_version")->optional);
    CHECK(table_named("CatalogueVersion").field("offers")->list);
    CHECK(table_named("Entry").field("body")->table == &table_named("Body"));
    CHECK(table_named("Receipt").is_struct);
}

TEST_CASE("Doc comments are kept for the help texts") {
    CHECK(table_named("Money").documentation == "An amount of money [OFF-01].");
    CHECK(table_named("Money").field("currency")->documentation == "ISO 4217 code.");
}

TEST_CASE("A table is found with and without its namespace") {
    CHECK(find_table("ledger.fb.Command") == find_table("Command"));
    CHECK(find_table("NoSuchTable") == nullptr);
}

TEST_CASE("The nearest name is near, whatever its case") {
    CHECK(nearest("ordr", {"offer", "order"}) == "order");
    CHECK(nearest("ORDER", {"offer", "order"}) == "order");
    CHECK(nearest("xyz", {"offer", "order"}).empty());
    CHECK(nearest("", {"a", "b"}).empty());
    CHECK(nearest(std::string(1000, 'o'), {"order"}).empty());
    CHECK(one_of({"a"}) == "\"a\"");
    CHECK(one_of({"a", "b"}) == R"(one of "a", "b")");
    CHECK(hint("ordr", {"offer", "order"}) == R"(, did you mean "order"?)");
    CHECK(hint("xyz", {"offer", "order"}) == R"(, expected one of "offer", "order")");
}

TEST_CASE("What a field takes is told in words") {
    const auto takes = [](const char* table, const char* field) {
        return expectation(*table_named(table).field(field));
    };
    CHECK(takes("MoveSeat", "seat") == "a number from 1 to 100000");
    CHECK(takes("Command", "id") == "a text of 1 to 64 bytes");
    CHECK(takes("Command", "partner") == "a name of 1 to 64 bytes");
    CHECK(takes("Command", "not_after") ==
          R"(a date like "2021-02-01" or a time like "2021-02-01T10:00:00Z")");
    CHECK(takes("MoveClock", "to") == R"(a date like "2021-02-01")");
    CHECK(takes("ChangeRoles", "may_sign") == "true or false");
    CHECK(takes("PurchaseOffer", "charge") == "an object");
    CHECK(takes("CatalogueVersion", "offers") == "a list of 1 to 200 elements");
    CHECK(takes("Actor", "kind") == R"(one of "user", "support", "auditor", "system")");
    CHECK(takes("WriterOpened", "writer") == "32 hex digits");
}

}  // namespace ledger::json
