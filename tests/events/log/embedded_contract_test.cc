#include "events/log/embedded/embedded_log.h"
#include "tests/events/log/log_contract.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {
namespace {

class EmbeddedFixture : public LogFixture {
public:
    // Small bounds, so that the rules also meet records that have left memory.
    explicit EmbeddedFixture(std::size_t tail_max_bytes) {
        options_.tail_max_bytes = tail_max_bytes;
    }

    std::unique_ptr<log::Log> fresh(std::uint32_t partitions) override {
        folder_ = std::make_unique<TempDir>();
        auto log = log::EmbeddedLog::create(folder_->str(), partitions, options_);
        REQUIRE(log.ok());
        return std::move(*log);
    }
    std::unique_ptr<log::Log> reopen() override {
        auto log = log::EmbeddedLog::open(folder_->str(), options_);
        REQUIRE(log.ok());
        return std::move(*log);
    }
    std::unique_ptr<log::Log> another() override { return nullptr; }

private:
    log::EmbeddedOptions options_;
    std::unique_ptr<TempDir> folder_;
};

TEST_CASE("The embedded log keeps the contract of the log port") {
    EmbeddedFixture fixture(16 * 1024 * 1024);
    run_log_contract(fixture);
}

TEST_CASE("The embedded log keeps the contract with almost nothing in memory") {
    EmbeddedFixture fixture(1);
    run_log_contract(fixture);
}

}  // namespace
}  // namespace ledger::tests
