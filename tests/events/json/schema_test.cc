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
}

}  // namespace ledger::json
