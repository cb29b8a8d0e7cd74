#include "events/log/kafka/kafka_watch.h"

#include <fmt/format.h>

namespace ledger::log::kafka {
namespace {

using namespace std::chrono_literals;

constexpr auto kLookEvery = 3000ms;
// Refusals come in bursts; one look answers them all.
constexpr auto kLooksApart = 250ms;
// Bounds a shutdown, too.
constexpr auto kLookMax = 2000ms;
// A broker that has just started may not know a topic yet: it is gone when two looks say so.
constexpr int kGoneLooks = 2;
constexpr auto kGoneLooksApart = 1000ms;

}  // namespace

KafkaWatch::KafkaWatch(rd_kafka_t* client, const KafkaOptions& options, const ClientEvents& events,
                       std::uint32_t partitions, NoticeBox& notices)
    : client_(client),
      options_(options),
      events_(events),
      partitions_(partitions),
      notices_(notices),
      looking_([this](const std::stop_token& stop) { run(stop); }) {}

void KafkaWatch::look_soon() {
    {
        const std::lock_guard lock(mutex_);
        soon_ = true;
    }
    wanted_.notify_one();
}

void KafkaWatch::run(const std::stop_token& stop) {
    int gone_looks = 0;
    auto pause = kLookEvery;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            wanted_.wait_for(lock, stop, pause, [this] { return soon_; });
            if (stop.stop_requested()) return;
            soon_ = false;
        }
        auto looked = look();
        gone_looks = looked && looked->gone ? gone_looks + 1 : 0;
        const bool unsure = gone_looks > 0 && gone_looks < kGoneLooks;
        if (looked && !unsure) tell(*looked);
        pause = unsure ? kGoneLooksApart : kLookEvery;

        std::unique_lock lock(mutex_);
        wanted_.wait_for(lock, stop, kLooksApart, [] { return false; });
    }
}

std::optional<KafkaWatch::Looked> KafkaWatch::look() const {
    const auto deadline = std::chrono::steady_clock::now() + kLookMax;
    const std::string topic = ledger_topic(options_);
    const auto facts = describe_topic(client_, options_, events_, topic, deadline);
    if (!facts) return {};
    if (!*facts)
        return Looked{fmt::format("topic {} is not at {} any more: bring it back, or delete what "
                                  "was derived from it",
                                  topic, options_.brokers),
                      true};
    if ((*facts)->partitions != partitions_) return Looked{wrong_partitions((*facts)->partitions)};
    auto wrong =
        wrong_settings(client_, options_, events_, topic, ledger_requirements(**facts), deadline);
    if (!wrong) return {};
    if (!wrong->empty()) return Looked{std::move(*wrong)};
    return look_at_keys(deadline);
}

std::optional<KafkaWatch::Looked> KafkaWatch::look_at_keys(Deadline deadline) const {
    const std::string topic = keys_topic(options_);
    const auto facts = describe_topic(client_, options_, events_, topic, deadline);
    if (!facts) return {};
    if (!*facts)
        return Looked{
            fmt::format("topic {}, which holds the ledger's keys, is not at {} any more: "
                        "bring it back",
                        topic, options_.brokers)};
    auto wrong =
        wrong_settings(client_, options_, events_, topic, keys_requirements(**facts), deadline);
    if (!wrong) return {};
    return Looked{std::move(*wrong)};
}

std::string KafkaWatch::wrong_partitions(std::uint32_t found) const {
    return fmt::format(
        "topic {} has {} partitions and had {} when this node started: stop it; 'benefits stat' "
        "says what to do",
        ledger_topic(options_), found, partitions_);
}

void KafkaWatch::tell(const Looked& looked) {
    const bool unfit = !looked.unfit.empty();
    if (!unfit && !was_unfit_) return;
    was_unfit_ = unfit;
    Notice notice;
    notice.kind = looked.gone ? Notice::Kind::gone
                  : unfit     ? Notice::Kind::unfit
                              : Notice::Kind::fit;
    notice.why = looked.unfit;
    notices_.put({std::move(notice)});
}

}  // namespace ledger::log::kafka
