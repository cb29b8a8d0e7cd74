#include "events/log/kafka/kafka_ends.h"

#include <fmt/format.h>

#include <algorithm>

namespace ledger::log::kafka {
namespace {

using namespace std::chrono_literals;

// Bounds a shutdown, and how long one partition's dead leader holds up the others.
constexpr auto kAnswerMax = 1000ms;
// ListOffsets by time takes this for the end. rd_kafka_query_watermark_offsets would cost two
// requests, and ignores its time-out before 2.3.
constexpr std::int64_t kEndTimestamp = RD_KAFKA_OFFSET_END;
constexpr auto kEndsPause = 10ms;
constexpr auto kEndsPauseMax = 200ms;

rd_kafka_resp_err_t query_once(rd_kafka_t* client, const std::string& topic,
                               const std::vector<PartitionId>& partitions,
                               std::chrono::steady_clock::time_point deadline,
                               std::vector<Position>& ends) {
    const PartitionListPtr list(
        rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
    for (const auto partition : partitions)
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(),
                                          static_cast<std::int32_t>(number(partition)))
            ->offset = kEndTimestamp;
    const auto code =
        rd_kafka_offsets_for_times(client, list.get(), std::max(1, milliseconds_until(deadline)));
    if (code) return code;
    ends.reserve(partitions.size());
    for (int i = 0; i < list->cnt; ++i) {
        const auto& one = list->elems[i];
        if (one.err) return one.err;
        if (one.offset < 0) return RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE;
        ends.push_back(Position{static_cast<std::uint64_t>(one.offset)});
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace

Result<std::vector<Position>> query_ends(rd_kafka_t* client, const std::string& topic,
                                         const std::vector<PartitionId>& partitions,
                                         std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    RetryPause pause(Retry::end_question, kEndsPause, kEndsPauseMax);
    while (true) {
        std::vector<Position> ends;
        const auto code = query_once(client, topic, partitions, deadline, ends);
        if (!code) return ends;
        // A leader that was just elected may not know it yet.
        if (!is_transient(code) || milliseconds_until(deadline) == 0)
            return no_answer(
                fmt::format("topic {} doesn't tell where a partition ends: {}: look at "
                            "the brokers and try again",
                            topic, rd_kafka_err2str(code)));
        wait(client, pause, deadline);
    }
}

KafkaEnds::KafkaEnds(rd_kafka_t* client, std::string topic, std::shared_ptr<Tails> tails)
    : client_(client),
      topic_(std::move(topic)),
      tails_(std::move(tails)),
      asking_([this](const std::stop_token& stop) { run(stop); }) {}

void KafkaEnds::ask(PartitionId partition, std::uint64_t token) {
    {
        const std::lock_guard lock(mutex_);
        questions_.push_back({partition, token});
    }
    asked_.notify_one();
}

void KafkaEnds::run(const std::stop_token& stop) {
    std::vector<Question> questions;
    while (true) {
        questions.clear();
        {
            std::unique_lock lock(mutex_);
            if (!asked_.wait(lock, stop, [this] { return !questions_.empty(); })) return;
            questions.swap(questions_);
        }
        if (stop.stop_requested()) return;
        tails_->tell(answer(questions));
    }
}

std::vector<Notice> KafkaEnds::answer(const std::vector<Question>& questions) {
    std::vector<PartitionId> partitions;
    partitions.reserve(questions.size());
    for (const auto& question : questions) partitions.push_back(question.partition);
    std::sort(partitions.begin(), partitions.end());
    partitions.erase(std::unique(partitions.begin(), partitions.end()), partitions.end());

    const auto ends = query_ends(client_, topic_, partitions, kAnswerMax);
    std::vector<Notice> notices;
    notices.reserve(questions.size());
    for (const auto& question : questions) {
        Notice notice;
        notice.kind = ends ? Notice::Kind::end_is : Notice::Kind::end_unavailable;
        notice.partition = question.partition;
        notice.token = question.token;
        if (ends) {
            const auto at =
                std::lower_bound(partitions.begin(), partitions.end(), question.partition);
            notice.end = (*ends)[static_cast<std::size_t>(at - partitions.begin())];
        } else {
            notice.why = ends.error().message;
        }
        notices.push_back(std::move(notice));
    }
    return notices;
}

}  // namespace ledger::log::kafka
