#include "tests/events/log/log_reading.h"

#include <chrono>
#include <thread>

namespace ledger::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 100ms;
constexpr int kPatienceMaxRounds = 300;

}  // namespace

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

bool append_texts(log::Log& log, std::uint32_t partition, const std::vector<std::string>& texts) {
    std::vector<Bytes> records;
    for (const std::string& text : texts) records.push_back(bytes_of(text));
    return log.append(PartitionId{partition}, records).ok();
}

std::vector<ReadRecord> read_count(log::Cursor& cursor, std::size_t count,
                                   std::size_t max_records) {
    std::vector<ReadRecord> read;
    for (int round = 0; round < kPatienceMaxRounds && read.size() < count;) {
        auto batches = cursor.poll(kPatience, max_records);
        if (!batches) break;
        if (batches->empty()) ++round;
        for (const log::ReadBatch& batch : *batches)
            for (const log::StoredRecord& record : batch.records)
                read.push_back(
                    {batch.partition, record.position, std::string(text_of(record.bytes))});
    }
    return read;
}

std::vector<ReadRecord> read_all(log::Log& log, std::uint32_t partition) {
    std::vector<ReadRecord> read;
    const auto end = log.end(PartitionId{partition});
    if (!end || number(*end) == 0) return read;
    const log::ReadFrom from{PartitionId{partition}, Position{0}};
    auto cursor = log.read({&from, 1});
    if (!cursor) return read;
    for (int round = 0; round < kPatienceMaxRounds;) {
        if (!read.empty() && next(read.back().position) >= *end) break;
        auto some = read_count(**cursor, 1);
        if (some.empty()) break;
        read.insert(read.end(), some.begin(), some.end());
    }
    return read;
}

std::vector<std::string> texts_of(const std::vector<ReadRecord>& records) {
    std::vector<std::string> texts;
    for (const ReadRecord& record : records) texts.push_back(record.text);
    return texts;
}

std::vector<std::string> texts_of(const std::vector<ReadRecord>& records, std::uint32_t partition) {
    std::vector<std::string> texts;
    for (const ReadRecord& record : records)
        if (number(record.partition) == partition) texts.push_back(record.text);
    return texts;
}

std::optional<log::Notice> await_notice(log::Log& log, log::Notice::Kind kind) {
    // Notices are polled for: the port's on_notice belongs to the log's owner and is set once.
    const auto deadline = std::chrono::steady_clock::now() + kPatience * kPatienceMaxRounds;
    std::vector<log::Notice> notices;
    while (std::chrono::steady_clock::now() < deadline) {
        notices.clear();
        log.take_notices(notices);
        for (log::Notice& notice : notices)
            if (notice.kind == kind) return std::move(notice);
        std::this_thread::yield();
    }
    return std::nullopt;
}

}  // namespace ledger::tests
