#include "tools/benefits/screens/copy_text.h"

#include "tools/benefits/cli/progress.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/lost_keys_text.h"

namespace ledger::tools {

void add_log_facts(JsonObject& object, const LogFacts& log) {
    JsonList partitions;
    for (std::size_t i = 0; i < log.partitions.size(); ++i) {
        const PartitionFacts& facts = log.partitions[i];
        JsonObject partition;
        partition.number("partition", i).number("next", number(facts.next));
        partitions.add(partition.number("seq", facts.seq).text("root", to_hex(facts.root)).line());
    }
    object.text("ledger", to_hex(log.ledger)).number("records", log.records);
    object.number("entries", log.entries).json("partitions", partitions.line());
}

JsonObject backup_json(const Backup& backup, const std::string& directory) {
    JsonObject object;
    object.text("directory", directory).text("made", to_string(backup.made));
    object.number("files", backup.files).flag("master_key", backup.has_master_key);
    add_log_facts(object, backup.log);
    add_lost_keys(object, backup.lost);
    return object;
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
