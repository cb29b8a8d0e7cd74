#include "consumers/tried_again.h"

#include <charconv>

#include "events/durable_file.h"

namespace ledger {
namespace {

std::string retries_path(const std::string& directory) { return directory + "/retries"; }

// After "NAME " at the beginning of a line; 0 when there is none.
std::uint64_t number_of(std::string_view text, const std::string& name) {
    const std::string wanted = "\n" + name + " ";
    const std::string lines = "\n" + std::string(text);
    const auto at = lines.find(wanted);
    std::uint64_t number = 0;
    if (at != std::string::npos)
        std::from_chars(lines.data() + at + wanted.size(), lines.data() + lines.size(), number);
    return number;
}

}  // namespace

TriedAgain tried_again(const std::vector<WriterCounts>& writers, const RetryCounts& process) {
    TriedAgain counts = {{"doubts", 0},        {"claims_in_vain", 0}, {"superseded", 0},
                         {"decided_again", 0}, {"own_void", 0},       {"ends_asked_again", 0}};
    for (const WriterCounts& writer : writers) {
        counts[0].second += writer.doubts;
        counts[1].second += writer.claims_sent - writer.terms;
        counts[2].second += writer.superseded;
        counts[3].second += writer.decided_again;
        counts[4].second += writer.own_void;
        counts[5].second += writer.ends_asked_again;
    }
    for (std::size_t i = 0; i < process.size(); ++i)
        counts.emplace_back(kRetryNames[i], process[i]);
    return counts;
}

TriedAgain sum_of(const TriedAgain& one, const TriedAgain& other) {
    TriedAgain sum = one;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i].second += other[i].second;
    return sum;
}

Result<TriedAgain> read_tried_again(const std::string& directory) {
    const auto text = read_file(retries_path(directory));
    if (!text) return text.error();
    TriedAgain counts = tried_again({}, {});
    if (*text)
        for (auto& [name, count] : counts) count = number_of(**text, name);
    return counts;
}

Result<void> write_tried_again(const std::string& directory, const TriedAgain& counts) {
    std::string text;
    for (const auto& [name, count] : counts) text += name + " " + std::to_string(count) + "\n";
    return write_durably(retries_path(directory), text);
}

}  // namespace ledger
