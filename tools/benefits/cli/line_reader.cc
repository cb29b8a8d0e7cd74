#include "tools/benefits/cli/line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include "tools/benefits/cli/given_file.h"

namespace ledger::tools {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
// How soon a reader that waits sees that it is to stop: no signal need come to its thread.
constexpr int kLookMs = 50;

volatile std::sig_atomic_t told_to_stop = 0;

void on_signal(int number) {
    told_to_stop = 1;
    std::signal(number, SIG_DFL);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

Result<std::unique_ptr<LineReader>> LineReader::open(const std::string& path) {
    if (path == "-")
        return std::unique_ptr<LineReader>(new LineReader(STDIN_FILENO, false, "stdin"));
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return error(path + " can't be read: " + std::strerror(errno));
    std::unique_ptr<LineReader> reader(new LineReader(file, true, path));
    struct stat found {};
    if (::fstat(file, &found) == 0 && S_ISDIR(found.st_mode))
        return error(path + " is a folder: give a file of commands");
    return reader;
}

LineReader::LineReader(int file, bool owned, std::string name)
    : file_(file), owned_(owned), name_(std::move(name)) {
    struct stat found {};
    if (::fstat(file, &found) == 0 && S_ISREG(found.st_mode))
        bytes_in_all_ = static_cast<std::uint64_t>(found.st_size);
}

LineReader::~LineReader() {
    if (owned_) ::close(file_);
}

bool LineReader::next(Line& line) {
    while (take(line))
        if (!is_blank(line.text)) return true;
    return false;
}

bool LineReader::ends_now() const { return told_to_stop != 0 || stopped_; }

// False: it is to stop. What can't be waited for, as a file, is there.
bool LineReader::wait_for_more() const {
    pollfd input{file_, POLLIN, 0};
    int ready = 0;
    while (ready == 0 && !ends_now()) {
        ready = ::poll(&input, 1, kLookMs);
        if (ready < 0 && errno == EINTR) ready = 0;
    }
    return ready != 0;
}

// More bytes behind what is there; false when there are none.
bool LineReader::fill() {
    buffer_.erase(0, begin_);
    begin_ = 0;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + kReadBytes);
    ssize_t got = -1;
    while (wait_for_more()) {
        got = ::read(file_, buffer_.data() + had, kReadBytes);
        if (got >= 0 || errno != EINTR) break;
    }
    if (got < 0 && !ends_now())
        failure_ = name_ + " can't be read any further: " + std::strerror(errno);
    buffer_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    ended_ = got <= 0;
    bytes_read_ += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
    return got > 0;
}

bool LineReader::take(Line& line) {
    if (ends_now()) return false;
    line_.clear();
    std::uint64_t bytes = 0;
    bool whole = false;
    while (!whole && (begin_ < buffer_.size() || (!ended_ && fill()))) {
        const std::size_t end = buffer_.find('\n', begin_);
        whole = end != std::string::npos;
        const std::size_t stop = whole ? end : buffer_.size();
        bytes += stop - begin_;
        line_.append(buffer_, begin_, std::min(stop - begin_, kLineMaxBytes - line_.size()));
        begin_ = whole ? stop + 1 : stop;
    }
    if (ends_now() || (!whole && bytes == 0)) return false;
    line.number = ++number_;
    line.text = line_;
    if (number_ == 1 && line.text.starts_with(kByteOrderMark))
        line.text.remove_prefix(kByteOrderMark.size());
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    line.bytes = bytes;
    return true;
}

void let_signals_stop_reading() {
    struct sigaction action {};
    action.sa_handler = on_signal;  // without SA_RESTART, so that a waiting read() ends
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool was_told_to_stop() { return told_to_stop != 0; }

}  // namespace ledger::tools
