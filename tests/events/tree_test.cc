// The tree of RFC 6962 section 2.1, by the vectors of certificate-transparency's own tests.
#include "events/tree.h"

#include "tests/support/catch.h"

using namespace ledger;

namespace {

const std::vector<Bytes>& leaves() {
    static const std::vector<Bytes> all{{},
                                        {0x00},
                                        {0x10},
                                        {0x20, 0x21},
                                        {0x30, 0x31},
                                        {0x40, 0x41, 0x42, 0x43},
                                        {0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57},
                                        {0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
                                         0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f}};
    return all;
}

constexpr const char* kRoots[] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

}  // namespace

TEST_CASE("The root of the empty tree is the hash of nothing") {
    const Frontier empty;
    CHECK(empty.size() == 0);
    CHECK(to_hex(empty.root()) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("The roots of one to eight leaves are those of certificate-transparency") {
    Frontier frontier;
    for (std::size_t i = 0; i < leaves().size(); ++i) {
        frontier.add(leaves()[i]);
        CHECK(frontier.size() == i + 1);
        CHECK(to_hex(frontier.root()) == kRoots[i]);
    }
}

TEST_CASE("A frontier goes on from what was stored of it, at every size") {
    for (std::size_t kept = 0; kept <= leaves().size(); ++kept) {
        Frontier before;
        for (std::size_t i = 0; i < kept; ++i) before.add(leaves()[i]);
        Frontier frontier;
        REQUIRE(Frontier::restore(before.size(), before.subtrees(), frontier));
        CHECK(frontier == before);
        for (std::size_t i = kept; i < leaves().size(); ++i) frontier.add(leaves()[i]);
        CHECK(to_hex(frontier.root()) == kRoots[7]);
    }
}

TEST_CASE("Stored hashes that don't fit the size are not taken") {
    Frontier frontier;
    CHECK_FALSE(Frontier::restore(3, std::vector<Hash>(1), frontier));
    CHECK_FALSE(Frontier::restore(0, std::vector<Hash>(1), frontier));
    CHECK_FALSE(Frontier::restore(4, std::vector<Hash>(2), frontier));
    CHECK(frontier == Frontier{});
}
