#include "tools/benefits/submitting/line_pipeline.h"

#include <algorithm>

namespace ledger::tools {
namespace {

// So many waits for the disk are shared; they take no processor.
constexpr std::size_t kReaders = 16;
constexpr std::size_t kLinesAheadMax = 1'024;
// Lines that a reader takes at a time: a wake-up costs more than a line.
constexpr std::size_t kLinesAtATimeMax = 16;
// Pause before a key store that took no key is asked again.
constexpr std::chrono::milliseconds kKeysAskAgain{200};
// How soon it is seen that the first line has waited long enough. A wait that took far longer was
// no wait: the process was stopped.
constexpr std::chrono::milliseconds kFrontLook{500};
constexpr std::chrono::milliseconds kTurnStopped{3'000};

}  // namespace

LinePipeline::LinePipeline(Sealer& sealer, std::string name, std::chrono::milliseconds patience,
                           std::function<bool(InputLine)> take)
    : sealer_(sealer), name_(std::move(name)), patience_(patience), take_(std::move(take)) {
    for (std::size_t i = 0; i < kReaders; ++i) readers_.emplace_back([this] { read_lines(); });
    handing_on_ = std::thread([this] { hand_on(); });
}

LinePipeline::~LinePipeline() { finish(); }

bool LinePipeline::push(const Line& line) {
    const auto slot = std::make_shared<Slot>();
    slot->text = line.text;
    slot->line = {line.number, slot->text, line.bytes};
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return slots_.size() < kLinesAheadMax || refused_; });
    if (refused_) return false;
    slot->pushed_at = Clock::now();
    slot->held_up_before = held_up_;
    slots_.push_back(slot);
    unread_.notify_one();
    return true;
}

void LinePipeline::finish() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        unread_.notify_all();
        ready_.notify_all();
    }
    if (handing_on_.joinable()) handing_on_.join();
    // What a reader still waits for is nobody's any more; the node may yet put keys into the store.
    hurry();
    for (std::thread& reader : readers_)
        if (reader.joinable()) reader.join();
}

void LinePipeline::stop_waiting() {
    sealer_.stop_waiting();
    hurry();
}

void LinePipeline::hurry() {
    const std::lock_guard lock(mutex_);
    hurried_ = true;
    hurry_.notify_all();
    ready_.notify_all();
}

LinePipeline::Clock::time_point LinePipeline::due(const Slot& slot) const {
    return slot.pushed_at + patience_ + (held_up_ - slot.held_up_before);
}

void LinePipeline::read_lines() {
    std::vector<SlotPtr> mine;
    std::unique_lock lock(mutex_);
    while (true) {
        unread_.wait(lock, [&] { return begun_ < slots_.size() || ended_; });
        if (begun_ == slots_.size()) return;
        // A fair part of what waits, so that all readers wait side by side.
        const std::size_t count =
            std::clamp<std::size_t>((slots_.size() - begun_) / kReaders, 1, kLinesAtATimeMax);
        mine.clear();
        for (std::size_t i = 0; i < count; ++i) mine.push_back(slots_[begun_++]);
        lock.unlock();
        for (const SlotPtr& slot : mine)
            if (!slot->left) slot->read = read_patiently(*slot);
        lock.lock();
        for (const SlotPtr& slot : mine) slot->done = true;
        if (!slots_.empty() && slots_.front()->done) ready_.notify_one();
    }
}

// A store that takes no key now may take it later.
InputLine LinePipeline::read_patiently(Slot& slot) {
    while (true) {
        InputLine read = read_input_line(slot.line, name_, sealer_);
        if (!read.no_keys_yet) return read;
        std::unique_lock lock(mutex_);
        slot.trouble = read.no_keys_yet;
        if (hurried_ || slot.left || Clock::now() + kKeysAskAgain >= due(slot)) return read;
        hurry_.wait_for(lock, kKeysAskAgain, [&] { return hurried_; });
    }
}

// A line that has nothing to seal needs none, and may only have waited behind others.
InputLine LinePipeline::read_without_keys(const Slot& slot) const {
    return read_input_line(
        slot.line, name_,
        [&](std::string_view, std::string_view, std::string_view) -> Result<Bytes> {
            if (slot.trouble) return *slot.trouble;
            return no_answer(
                "the key store didn't answer in time: look at the brokers, or the disk, and send "
                "it again");
        });
}

// The lines at the front that are read, or whose time is over.
void LinePipeline::take_ready(std::vector<InputLine>& taken) {
    const Clock::time_point now = Clock::now();
    while (!slots_.empty()) {
        Slot& slot = *slots_.front();
        if (!slot.done && now < due(slot) && !hurried_) return;
        if (slot.done) {
            taken.push_back(std::move(slot.read));
        } else {
            slot.left = true;
            taken.push_back(read_without_keys(slot));
        }
        taken.back().waited = std::chrono::duration_cast<std::chrono::milliseconds>(
            now - slot.pushed_at - (held_up_ - slot.held_up_before));
        slots_.pop_front();
        if (begun_ > 0) --begun_;
    }
}

void LinePipeline::hand_on() {
    std::vector<InputLine> taken;
    std::unique_lock lock(mutex_);
    while (true) {
        taken.clear();
        take_ready(taken);
        if (taken.empty()) {
            if (at_end()) return;
            const Clock::time_point begin = Clock::now();
            ready_.wait_for(lock, kFrontLook);
            if (Clock::now() - begin > kTurnStopped) held_up_ += Clock::now() - begin;
            continue;
        }
        const bool refused = refused_;
        lock.unlock();
        const Clock::time_point begin = Clock::now();
        bool more = !refused;
        for (InputLine& line : taken)
            if (more) more = take_(std::move(line));
        lock.lock();
        held_up_ += Clock::now() - begin;
        refused_ = !more;
        room_.notify_one();
    }
}

}  // namespace ledger::tools
