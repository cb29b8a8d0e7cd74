#include "tools/benefits/cli/given_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "events/json/quote.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

class OpenFile {
public:
    explicit OpenFile(const std::string& given)
        : file_(given == "-" ? STDIN_FILENO
                             : ::open(given.c_str() + 1, O_RDONLY | O_CLOEXEC | O_NOCTTY)),
          owned_(given != "-") {}
    ~OpenFile() {
        if (owned_ && file_ >= 0) ::close(file_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int number() const { return file_; }

private:
    int file_;
    bool owned_;
};

std::size_t count_of(std::string_view what, std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos;
         at = text.find(what, at + what.size()))
        ++count;
    return count;
}

// Quoting replaces whatever is no UTF-8.
bool is_utf8(std::string_view text) {
    return count_of(kReplacement, json::quote(text)) == count_of(kReplacement, text);
}

Error unreadable(const std::string& name) {
    return error(name + " can't be read: " + std::strerror(errno));
}

Result<std::string> content_of(const std::string& given, const std::string& called) {
    const OpenFile file(given);
    if (file.number() < 0) return unreadable(called);
    std::string text;
    char block[4096];
    for (;;) {
        const ssize_t got = ::read(file.number(), block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable(called);
        if (got == 0) return text;
        text.append(block, static_cast<std::size_t>(got));
        if (text.size() > kGivenFileMaxBytes)
            return error(called + " has more than " + std::to_string(kGivenFileMaxBytes) +
                         " bytes, more than a command may have");
    }
}

}  // namespace

bool names_file(std::string_view given) {
    return given == "-" || (given.size() > 1 && given.front() == '@');
}

std::string name_of_file(const std::string& given) {
    return given == "-" ? "stdin" : given.substr(1);
}

Result<std::string> read_given_file(const std::string& given, const std::string& called,
                                    const Question& question) {
    auto text = given == "-" && can_ask() ? ask_unseen(question, kGivenFileMaxBytes)
                                          : content_of(given, called);
    if (!text) return text;
    if (!is_utf8(*text)) return error(called + " is not valid UTF-8");
    if (text->starts_with(kByteOrderMark)) text->erase(0, kByteOrderMark.size());
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    return text;
}

}  // namespace ledger::tools
