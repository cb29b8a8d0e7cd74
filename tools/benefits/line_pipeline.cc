#include "tools/benefits/line_pipeline.h"

#include <algorithm>

namespace ledger::tools {
namespace {

// So many waits for the disk are shared; they take no processor.
constexpr std::size_t kReaders = 16;
constexpr std::size_t kLinesAheadMax = 1'024;
// Lines that a reader takes at a time: a wake-up costs more than a line.
constexpr std::size_t kLinesAtATimeMax = 16;

}  // namespace

LinePipeline::LinePipeline(Sealer& sealer, std::string name, std::function<bool(InputLine)> take)
    : sealer_(sealer), name_(std::move(name)), take_(std::move(take)) {
    for (std::size_t i = 0; i < kReaders; ++i) readers_.emplace_back([this] { read_lines(); });
    handing_on_ = std::thread([this] { hand_on(); });
}

LinePipeline::~LinePipeline() { finish(); }

bool LinePipeline::push(const Line& line) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return slots_.size() < kLinesAheadMax || refused_; });
    if (refused_) return false;
    Slot& slot = slots_.emplace_back();
    slot.text = line.text;
    slot.line = {line.number, slot.text, line.bytes};
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
    for (std::thread& reader : readers_)
        if (reader.joinable()) reader.join();
    if (handing_on_.joinable()) handing_on_.join();
}

void LinePipeline::read_lines() {
    std::vector<Slot*> mine;
    std::unique_lock lock(mutex_);
    while (true) {
        unread_.wait(lock, [&] { return begun_ < slots_.size() || ended_; });
        if (begun_ == slots_.size()) return;
        // A fair part of what waits, so that all readers wait side by side.
        const std::size_t count =
            std::clamp<std::size_t>((slots_.size() - begun_) / kReaders, 1, kLinesAtATimeMax);
        mine.clear();
        for (std::size_t i = 0; i < count; ++i) mine.push_back(&slots_[begun_++]);
        lock.unlock();
        for (Slot* slot : mine) slot->read = read_input_line(slot->line, name_, sealer_);
        lock.lock();
        for (Slot* slot : mine) slot->done = true;
        if (slots_.front().done) ready_.notify_one();
    }
}

void LinePipeline::hand_on() {
    std::vector<InputLine> taken;
    std::unique_lock lock(mutex_);
    while (true) {
        ready_.wait(lock, [&] { return at_end() || (!slots_.empty() && slots_.front().done); });
        if (slots_.empty()) return;
        taken.clear();
        while (!slots_.empty() && slots_.front().done) {
            taken.push_back(std::move(slots_.front().read));
            slots_.pop_front();
            --begun_;
        }
        const bool refused = refused_;
        lock.unlock();
        bool more = !refused;
        for (InputLine& line : taken)
            if (more) more = take_(std::move(line));
        lock.lock();
        refused_ = !more;
        room_.notify_one();
    }
}

}  // namespace ledger::tools
