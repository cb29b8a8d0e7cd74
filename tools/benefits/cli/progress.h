// How far long work has come, on a terminal: nothing for a second, then a line that replaces itself
// with the share that is done and how long the rest may take. One thread. BENEFITS_PROGRESS=at-once
// leaves the silence out.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ledger::tools {

class Progress {
public:
    // "rebuilding", and what is counted: "records".
    Progress(std::string doing, std::string things)
        : doing_(std::move(doing)), things_(std::move(things)) {}
    // Takes the line away.
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // `all` 0: nobody knows how many there are. `beside`: what else there is to tell, behind it.
    void at(std::uint64_t done, std::uint64_t all = 0, const std::string& beside = {});

private:
    using Clock = std::chrono::steady_clock;

    std::string doing_;
    std::string things_;
    Clock::time_point begun_ = Clock::now();
    Clock::time_point shown_ = begun_;
    bool any_ = false;
    std::uint64_t done_ = 0;  // an estimate may fall; what is shown doesn't
};

// "rebuilding, 45 %, 0:12 left, 1,234,567 of 2,743,482 records".
std::string progress_line(const std::string& doing, const std::string& things, std::uint64_t done,
                          std::uint64_t all, double seconds);

// "1,234,567"
std::string grouped(std::uint64_t number);

}  // namespace ledger::tools
