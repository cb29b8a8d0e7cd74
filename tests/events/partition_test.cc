// Placement as Kafka's Java client does it: the golden vectors of its UtilsTest (murmur2).
#include "events/partition.h"

#include "tests/support/catch.h"

using namespace ledger;

namespace {

std::int32_t hash_of(std::string_view key) {
    return static_cast<std::int32_t>(murmur2(view_of(key)));
}

}  // namespace

TEST_CASE("murmur2 is that of the Java client") {
    CHECK(hash_of("21") == -973932308);
    CHECK(hash_of("foobar") == -790332482);
    CHECK(hash_of("a-little-bit-long-string") == -985981536);
    CHECK(hash_of("a-little-bit-longer-string") == -1486304829);
    CHECK(hash_of("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8") == -58897971);
    CHECK(hash_of("abc") == 479470107);
}

TEST_CASE("A partner's partition is the hash without its sign, modulo their number") {
    CHECK(number(partition_of(PartnerId{"abc"}, 16)) == 479470107U % 16);
    // -973932308 without its highest bit
    CHECK(number(partition_of(PartnerId{"21"}, 16)) ==
          (static_cast<std::uint32_t>(-973932308) & 0x7fffffffU) % 16);
    CHECK(number(partition_of(PartnerId{"anything"}, 1)) == 0);
}
