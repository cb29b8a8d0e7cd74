// Lines of a file or of stdin, with their numbers. A byte order mark at the beginning, Windows line
// ends and a last line without an end are taken as they come; blank lines are passed over and
// counted. A line longer than kLineMaxBytes is cut there, so that no input fills the memory; its
// length is still told.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "events/result.h"

namespace ledger::tools {

// Far more than a command may have.
inline constexpr std::size_t kLineMaxBytes = 512 * 1024;

struct Line {
    std::uint64_t number = 0;  // from 1
    std::string_view text;     // until the next call
    std::uint64_t bytes = 0;   // of the whole line
};

class LineReader {
public:
    // "-" is stdin. Error: it can't be opened.
    static Result<std::unique_ptr<LineReader>> open(const std::string& path);
    ~LineReader();

    // False at the end, after a read error, when the process was told to stop, or after stop().
    bool next(Line& line);
    // Ends a next() that waits for more, soon. Any thread.
    void stop() { stopped_ = true; }
    // Why it ended before its end; empty otherwise.
    const std::string& failure() const { return failure_; }
    // Bytes that were read so far, and those of the whole; 0: nobody knows. Any thread.
    std::uint64_t bytes_read() const { return bytes_read_; }
    std::uint64_t bytes_in_all() const { return bytes_in_all_; }
    // As it stands before a line number in a message: "c.jsonl", "stdin".
    const std::string& name() const { return name_; }

    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

private:
    LineReader(int file, bool owned, std::string name);
    bool ends_now() const;
    bool wait_for_more() const;
    bool fill();
    bool take(Line& line);

    int file_;
    bool owned_;
    std::string name_;
    std::string failure_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what was not taken yet
    std::string line_;
    std::uint64_t number_ = 0;
    bool ended_ = false;
    std::atomic<bool> stopped_{false};
    std::atomic<std::uint64_t> bytes_read_{0};
    std::uint64_t bytes_in_all_ = 0;
};

// From now on SIGINT and SIGTERM end the reading, not the process, so that what was handed in is
// still answered; a second one ends the process.
void let_signals_stop_reading();
bool was_told_to_stop();

}  // namespace ledger::tools
