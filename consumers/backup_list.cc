#include "consumers/backup_list.h"

#include <charconv>
#include <filesystem>
#include <sstream>

#include "consumers/master_key.h"

namespace ledger {
namespace {

constexpr std::string_view kHead = "# Benefits Ledger backup, format 1\n";
constexpr std::string_view kEnd = "# end ";
constexpr std::size_t kHashDigits = 64;

bool is_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

template <typename Integer>
bool parse(std::string_view digits, Integer& value, int base = 10) {
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    return failure == std::errc{} && end == digits.data() + digits.size();
}

bool parse(const std::string& text, Id128& id) {
    return text.size() == 32 && parse(std::string_view(text).substr(0, 16), id.high, 16) &&
           parse(std::string_view(text).substr(16), id.low, 16);
}

bool parse(const std::string& text, Hash& hash) {
    if (text.size() != kHashDigits || !is_hex(text)) return false;
    for (std::size_t i = 0; i < hash.size(); ++i)
        if (!parse(std::string_view(text).substr(2 * i, 2), hash[i], 16)) return false;
    return true;
}

// Stays in the folder it is copied to, and among what a ledger's folder has.
bool is_safe(const std::string& path) {
    const std::filesystem::path parts(path);
    if (parts.empty() || parts.is_absolute()) return false;
    for (const auto& part : parts)
        if (part == ".." || part == "." || part.empty()) return false;
    const std::string first = parts.begin()->string();
    if (first == "tail" || first == "keys.tail" || first == kMasterKeyName) return path == first;
    return first == "log" || first == "keys" || first == "views" || first == "refusals";
}

bool parse_fact(const std::string& line, Backup& about) {
    std::istringstream words(line);
    std::string hash_sign, name, first, next, seq, root;
    words >> hash_sign >> name >> first;
    if (name == "ledger") return parse(first, about.log.ledger);
    if (name == "made") {
        const auto made = parse_time(first);
        if (made) about.made = *made;
        return made.has_value();
    }
    if (name != "partition") return false;
    std::string next_name, seq_name, root_name;
    words >> next_name >> next >> seq_name >> seq >> root_name >> root;
    PartitionFacts facts;
    std::uint64_t position = 0, partition = 0;
    if (!parse(first, partition) || partition != about.log.partitions.size()) return false;
    if (!parse(next, position) || !parse(seq, facts.seq) || !parse(root, facts.root)) return false;
    facts.next = Position{position};
    about.log.records += position;
    about.log.entries += facts.seq;
    about.log.partitions.push_back(facts);
    return true;
}

Error damaged() {
    return error(kBackupDamaged, std::string("its ") + kBackupListName + " is damaged");
}

}  // namespace

std::string print_backup_list(const BackupList& list) {
    std::string text(kHead);
    text += "# ledger " + to_hex(list.about.log.ledger) + "\n# made " + to_string(list.about.made) +
            "\n";
    for (std::size_t i = 0; i < list.about.log.partitions.size(); ++i) {
        const PartitionFacts& facts = list.about.log.partitions[i];
        text += "# partition " + std::to_string(i) + " next " + std::to_string(number(facts.next)) +
                " seq " + std::to_string(facts.seq) + " root " + to_hex(facts.root) + "\n";
    }
    for (const BackupList::File& file : list.files) text += file.hash + "  " + file.path + "\n";
    return text + std::string(kEnd) + to_hex(sha256(view_of(text))) + "\n";
}

Result<BackupList> parse_backup_list(const std::string& text) {
    if (!text.starts_with(kHead))
        return error(kNoBackup,
                     std::string("its ") + kBackupListName +
                         " is not one of a backup, or of another version of this program");
    const std::size_t end = text.rfind("\n" + std::string(kEnd));
    if (end == std::string::npos) return damaged();
    const std::string body = text.substr(0, end + 1);
    if (text.substr(end + 1) != std::string(kEnd) + to_hex(sha256(view_of(body))) + "\n")
        return damaged();
    BackupList list;
    std::istringstream lines(body.substr(kHead.size()));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) {
            if (!parse_fact(line, list.about)) return damaged();
            continue;
        }
        if (line.size() < kHashDigits + 3) return damaged();
        BackupList::File file{line.substr(kHashDigits + 2), line.substr(0, kHashDigits)};
        if (!is_hex(file.hash) || !is_safe(file.path)) return damaged();
        if (file.path == kMasterKeyName) list.about.has_master_key = true;
        list.files.push_back(std::move(file));
    }
    list.about.files = list.files.size();
    return list;
}

}  // namespace ledger
