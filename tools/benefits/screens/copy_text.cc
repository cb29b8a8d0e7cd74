#include "tools/benefits/screens/copy_text.h"

#include "events/record.h"
#include "tools/benefits/cli/progress.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {

std::unique_ptr<fb::LogHeldT> log_held(const LogFacts& log) {
    auto held = std::make_unique<fb::LogHeldT>();
    held->ledger = std::make_unique<fb::Id128>(to_fb(log.ledger));
    held->records = log.records;
    held->entries = log.entries;
    for (const PartitionFacts& facts : log.partitions) {
        fb::PartitionHeldT partition;
        partition.partition = static_cast<std::uint32_t>(held->partitions.size());
        partition.next = number(facts.next);
        partition.seq = facts.seq;
        partition.root = std::make_unique<fb::Hash256>(to_fb(facts.root));
        held->partitions.push_back(std::move(partition));
    }
    return held;
}

std::unique_ptr<fb::KeysLostT> keys_lost(const LostKeys& lost) {
    auto keys = std::make_unique<fb::KeysLostT>();
    keys->keys_lost = lost.keys;
    keys->keys_lost_partners = lost.partners;
    return keys;
}

fb::BackupHeldT backup_held(const Backup& backup, const std::string& directory) {
    fb::BackupHeldT held;
    held.directory = directory;
    held.made = backup.made.milliseconds;
    held.files = backup.files;
    held.master_key = backup.has_master_key;
    held.log = log_held(backup.log);
    held.lost = keys_lost(backup.lost);
    return held;
}

std::string backup_facts(const Backup& backup, const Screen& screen) {
    return facts({{"ledger", to_hex(backup.log.ledger)},
                  {"backup made", to_string(backup.made)},
                  {"log", log_in_words(backup.log)},
                  {"files", grouped(backup.files)},
                  {"master key", backup.has_master_key ? "in it" : "not in it"}},
                 screen, 2);
}

std::string log_in_words(const LogFacts& log) {
    return std::to_string(log.partitions.size()) + " partitions, " + grouped(log.records) +
           " records, " + grouped(log.entries) + " entries";
}

}  // namespace ledger::tools
