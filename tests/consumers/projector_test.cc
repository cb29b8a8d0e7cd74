// The projector: batches and errands in order, views behind a full disk, and what stops it.
#include "consumers/projector.h"

#include <atomic>
#include <future>

#include "events/limits.h"
#include "projections/map_rows.h"
#include "projections/queries.h"
#include "tests/support/catch.h"

namespace ledger {
namespace {

constexpr std::chrono::milliseconds kPatience{60'000};
// Nothing is written before somebody waits for it.
constexpr std::chrono::hours kNever{10};

// Rows on a disk that is full when it is told to be.
class SmallDisk : public views::Rows {
public:
    std::unique_ptr<const views::Snapshot> snapshot() const override { return rows_.snapshot(); }
    bool full() const override { return refused_; }
    Result<void> write(const views::RowBatch& rows) override {
        refused_ = full_;
        if (broken_) return error("broken");
        if (full_) return error("the disk is full");
        ++writes_;
        return rows_.write(rows);
    }

    void fill() { full_ = true; }
    void make_room() { full_ = false; }
    void fail() { broken_ = true; }
    int writes() const { return writes_; }

private:
    views::MapRows rows_;
    std::atomic<bool> full_{false};
    std::atomic<bool> broken_{false};
    std::atomic<int> writes_{0};
    bool refused_ = false;
};

constexpr PartitionId kFirst{0};

// One that moves the position by one and holds nothing else.
JudgedBatch batch_to(std::uint64_t next) {
    JudgedBatch batch;
    batch.partition = kFirst;
    batch.after.next = Position{next};
    batch.after.counts.absent = next;
    return batch;
}

std::uint64_t stored_next(const views::Rows& rows) {
    return number(views::find_reading(*rows.snapshot(), kFirst)->reading.next);
}

struct Projecting {
    explicit Projecting(std::chrono::milliseconds delay = kNever)
        : projector(
              rows, {Position{0}}, [this] { on_progress(); }, StoresWitness(), delay) {}
    void on_progress() {
        if (!projector.paused().empty() && !paused_told.exchange(true)) paused.set_value();
    }
    void wait_until_paused() {
        REQUIRE(paused.get_future().wait_for(kPatience) == std::future_status::ready);
    }

    SmallDisk rows;
    std::promise<void> paused;
    std::atomic<bool> paused_told{false};
    Projector projector;
};

}  // namespace

TEST_CASE("An errand is done when what was pushed before it is written, and ends no gathering") {
    Projecting projecting;
    Projector& projector = projecting.projector;
    constexpr std::uint64_t kBatches = 20;
    std::vector<std::uint64_t> stored;
    for (std::uint64_t i = 1; i <= kBatches; ++i) {
        REQUIRE(projector.push(batch_to(i)).ok());
        projector.run([&] { stored.push_back(stored_next(projecting.rows)); });
    }
    REQUIRE(projector.wait_for(kFirst, Position{kBatches}, kPatience));
    projector.stop();
    CHECK(projecting.rows.writes() == 1);
    CHECK(stored == std::vector<std::uint64_t>(kBatches, kBatches));
}

TEST_CASE("An errand with nothing before it waits for nothing") {
    Projecting projecting;
    std::promise<void> done;
    projecting.projector.run([&] { done.set_value(); });
    CHECK(done.get_future().wait_for(kPatience) == std::future_status::ready);
}

TEST_CASE("Views on a full disk wait for room and go on by themselves, without a loss") {
    Projecting projecting;
    Projector& projector = projecting.projector;
    projecting.rows.fill();
    REQUIRE(projector.push(batch_to(1)).ok());
    projector.hurry();
    projecting.wait_until_paused();
    CHECK(projector.stopped().empty());
    CHECK(projector.view_next(kFirst) == Position{0});

    // What comes meanwhile is kept, up to a bound, and errands don't wait for room.
    std::uint64_t pushed = 1;
    for (; projector.has_room(std::chrono::milliseconds{0}); ++pushed)
        REQUIRE(projector.push(batch_to(pushed + 1)).ok());
    CHECK(pushed == limits::kProjectorQueueMaxBatches + 1);
    std::promise<void> done;
    projector.run([&] { done.set_value(); });
    CHECK(done.get_future().wait_for(kPatience) == std::future_status::ready);
    CHECK(stored_next(projecting.rows) == 0);

    projecting.rows.make_room();
    REQUIRE(projector.wait_for(kFirst, Position{pushed}, kPatience));
    CHECK(projector.paused().empty());
    CHECK(projector.has_room(kPatience));
    CHECK(stored_next(projecting.rows) == pushed);
    CHECK(projecting.rows.writes() == 2);
}

TEST_CASE("A projector on a full disk ends when it is told to") {
    Projecting projecting;
    projecting.rows.fill();
    REQUIRE(projecting.projector.push(batch_to(1)).ok());
    projecting.projector.hurry();
    projecting.wait_until_paused();
    projecting.projector.stop();
    CHECK(stored_next(projecting.rows) == 0);
    CHECK(projecting.rows.writes() == 0);
}

TEST_CASE("Any other failure stops the projector for good, and errands are done all the same") {
    Projecting projecting;
    Projector& projector = projecting.projector;
    projecting.rows.fail();
    REQUIRE(projector.push(batch_to(1)).ok());
    CHECK_FALSE(projector.wait_for(kFirst, Position{1}, kPatience));
    CHECK_FALSE(projector.stopped().empty());
    CHECK(projector.has_room(std::chrono::milliseconds{0}));
    CHECK_FALSE(projector.push(batch_to(2)).ok());
    std::promise<void> done;
    projector.run([&] { done.set_value(); });
    CHECK(done.get_future().wait_for(kPatience) == std::future_status::ready);
}

TEST_CASE("Whoever brings one errand more than may wait waits for one to be done") {
    Projecting projecting;
    Projector& projector = projecting.projector;
    std::promise<void> go_on;
    std::atomic<std::size_t> done{0};
    projector.run([&, may = go_on.get_future().share()] { may.wait(); });
    std::atomic<std::size_t> brought{0};
    const auto all = std::async(std::launch::async, [&] {
        for (; brought < 2 * limits::kProjectorQueueMaxErrands; ++brought)
            projector.run([&] { ++done; });
    });
    while (brought < limits::kProjectorQueueMaxErrands) std::this_thread::yield();
    for (int i = 0; i < 10'000; ++i) std::this_thread::yield();
    CHECK(brought <= limits::kProjectorQueueMaxErrands + 1);
    go_on.set_value();
    all.wait();
    projector.stop();
    CHECK(done == 2 * limits::kProjectorQueueMaxErrands);
}

}  // namespace ledger
