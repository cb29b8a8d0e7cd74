// SHA-256 (FIPS 180-4 examples) and HMAC-SHA-256 (RFC 4231), and ids as text.
#include "events/sha256.h"

#include "tests/support/catch.h"

using namespace ledger;

namespace {

Id128 hmac(const Bytes& key, std::string_view text) { return KeyedHash(key)(view_of(text)); }

}  // namespace

TEST_CASE("SHA-256 gives the standard's own examples") {
    CHECK(to_hex(sha256(view_of(""))) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256(view_of("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256(view_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("A prefix and two parts hash as their concatenation does") {
    CHECK(sha256('a', view_of("b"), view_of("c")) == sha256(view_of("abc")));
    CHECK(sha256('a', view_of("bc")) == sha256(view_of("abc")));
    CHECK(sha256(0, {}) == sha256(Bytes{0}));
}

TEST_CASE("The keyed hash is HMAC-SHA-256 cut to 128 bits") {
    CHECK(to_hex(hmac(Bytes(20, 0x0b), "Hi There")) == "b0344c61d8db38535ca8afceaf0bf12b");
    CHECK(to_hex(hmac({'J', 'e', 'f', 'e'}, "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c7");
    CHECK(
        to_hex(hmac(Bytes(131, 0xaa), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f");
}

TEST_CASE("An id is 32 hex digits, the high word first") {
    CHECK(to_hex(Id128{0x0123456789abcdefULL, 0xfedcba9876543210ULL}) ==
          "0123456789abcdeffedcba9876543210");
    CHECK(to_hex(Id128{}) == "00000000000000000000000000000000");
}
