#include "consumers/backup.h"

#include <algorithm>
#include <filesystem>

#include "consumers/backup_list.h"
#include "consumers/ledger_place.h"
#include "consumers/master_key.h"
#include "consumers/wall_clock.h"
#include "events/crash_point.h"
#include "events/durable_file.h"
#include "events/fresh_folder.h"
#include "events/log/embedded/embedded_key_store.h"
#include "events/log/embedded/embedded_log.h"

namespace ledger {
namespace {

namespace fs = std::filesystem;

// RocksDB's own lock and talk: made anew at every opening.
bool is_passing(const std::string& name) { return name == "LOCK" || name.starts_with("LOG"); }

// What the copy in a folder comes to, and which of its keys are lost.
Result<LogFacts> read_copy_in(const std::string& directory, Id128 ledger, LostKeys& lost,
                              const RecordsRead& progress) {
    const auto log = log::EmbeddedLog::open(directory);
    if (!log) return log.error();
    const auto keys = log::EmbeddedKeyStore::open(directory, ledger);
    if (!keys) return keys.error();
    KeyCheck check(**keys);
    auto facts = read_facts(**log, progress, &check);
    lost = check.lost();
    return facts;
}

Result<void> copy_stores(const Ledger& ledger, const std::string& directory) {
    if (ledger.rows)
        if (const auto copied = ledger.copy_rows(directory + "/views"); !copied) return copied;
    if (ledger.refusals)
        if (const auto copied = ledger.refusals->copy_to(directory + "/refusals"); !copied)
            return copied;
    return ledger.copy_log_and_keys(directory);
}

// Every file and folder goes to disk on the way.
Result<std::vector<BackupList::File>> hash_everything(const std::string& directory) {
    std::vector<BackupList::File> files;
    std::vector<std::string> folders{directory};
    std::error_code failed;
    auto at = fs::recursive_directory_iterator(directory, failed);
    for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
        const fs::path& found = at->path();
        if (at->is_directory(failed)) folders.push_back(found.string());
        if (!at->is_regular_file(failed) || is_passing(found.filename().string())) continue;
        const std::string path = found.lexically_relative(directory).string();
        if (path == kFillingOwnerName) continue;
        const auto hash = hash_durably(found.string());
        if (!hash) return hash.error();
        files.push_back({path, to_hex(*hash)});
    }
    if (failed) return error("the backup " + directory + " can't be read: " + failed.message());
    for (const std::string& folder : folders)
        if (const auto synced = sync_folder(folder); !synced) return synced.error();
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

Result<Backup> fill_backup(const Ledger& ledger, const std::string& directory,
                           const BackupSettings& settings) {
    BackupList list;
    list.about.made = wall_clock();
    if (const auto copied = copy_stores(ledger, directory); !copied) return copied.error();
    if (settings.with_master_key)
        if (const auto copied =
                copy_durably(master_key_path(ledger.place.directory), master_key_path(directory));
            !copied)
            return copied.error();
    auto facts = read_copy_in(directory, ledger.id, list.about.lost, settings.progress);
    if (!facts)
        return error(facts.error().code, "the copy can't be read: " + facts.error().message);
    list.about.log = std::move(*facts);
    auto files = hash_everything(directory);
    if (!files) return files.error();
    list.files = std::move(*files);
    list.about.files = list.files.size();
    list.about.has_master_key = settings.with_master_key;
    const auto written = write_durably(directory + "/" + kBackupListName, print_backup_list(list));
    if (!written) return written.error();
    LEDGER_CRASH_POINT(backup_listed);
    return std::move(list.about);
}

Result<Backup> fill_from(const BackupList& list, const std::string& backup,
                         const std::string& directory, const RecordsRead& progress) {
    for (const BackupList::File& file : list.files) {
        const std::string from = backup + "/" + file.path;
        if (!fs::exists(from))
            return error(kBackupDamaged, "the backup " + backup + " lacks " + file.path);
        const auto hash = copy_durably(from, directory + "/" + file.path);
        if (!hash) return hash.error();
        if (to_hex(*hash) != file.hash)
            return error(kBackupDamaged,
                         "the backup " + backup + " is damaged: " + file.path +
                             " is not what it was when the backup was made; take another backup");
    }
    LostKeys lost;
    const auto facts = read_copy_in(directory, list.about.log.ledger, lost, progress);
    if (!facts)
        return told_as(facts.error(),
                       "the backup " + backup + " can't be read: " + facts.error().message);
    if (const auto same = compare_facts(list.about.log, *facts); !same)
        return error("the log in the backup " + backup +
                     " is not what was backed up: " + same.error().message);
    Backup restored = list.about;
    restored.log = *facts;
    restored.lost = std::move(lost);
    return restored;
}

bool is_master_key(const BackupList::File& file) { return file.path == kMasterKeyName; }

// Whether the key of the backup is in the folder already. Error: another one is.
Result<bool> has_same_key(const BackupList& list, const std::string& backup,
                          const std::string& directory) {
    const auto theirs = read_file(master_key_path(directory));
    if (!theirs) return theirs.error();
    if (!*theirs || std::none_of(list.files.begin(), list.files.end(), is_master_key)) return false;
    const auto ours = read_file(master_key_path(backup));
    if (!ours) return ours.error();
    if (*ours == *theirs) return true;
    return error(kMasterKeyOfAnother,
                 "the " + std::string(kMasterKeyName) + " in " + directory +
                     " is not the one of the backup " + backup +
                     "; move the wrong one away, or restore into another folder");
}

}  // namespace

Result<Backup> back_up(const Ledger& ledger, const std::string& directory,
                       const BackupSettings& settings) {
    if (!ledger.copy_log_and_keys)
        return error(
            kOnKafka,
            "the log of this ledger is on Kafka, whose brokers keep copies of it; 'benefits log "
            "copy --to-ledger DIR' makes an embedded copy, which can be backed up");
    const Filling filling{"the backup of ledger " + to_hex(ledger.id) + " into " + directory,
                          "run 'benefits backup' again",
                          {}};
    return fill_folder(directory, filling, [&](const std::string& path) {
        return fill_backup(ledger, path, settings);
    });
}

Result<Backup> restore(const std::string& backup, const std::string& directory,
                       const RestoreSettings& settings) {
    if (const auto settled = settle_folder(backup); !settled) return settled.error();
    const auto text = read_file(backup + "/" + kBackupListName);
    if (!text) return text.error();
    if (!*text)
        return error(kNoBackup, backup + " is no backup, or one that was not finished: it has no " +
                                    kBackupListName +
                                    "; name the folder that 'benefits backup' made");
    auto list = parse_backup_list(**text);
    if (!list)
        return told_as(list.error(),
                       "the backup " + backup + " can't be used: " + list.error().message);
    const std::string id = to_hex(list->about.log.ledger);
    if (!settings.expected_ledger.empty() && settings.expected_ledger != id)
        return error(kBackupOfAnotherLedger, "the backup " + backup + " is of ledger " + id +
                                                 ", not of " + settings.expected_ledger +
                                                 "; name another backup");
    // Who restores may have put the key there before.
    const Filling filling{"restoring ledger " + id + " into " + directory,
                          "run 'benefits restore' again",
                          {kMasterKeyName}};
    return fill_folder(directory, filling, [&](const std::string& path) -> Result<Backup> {
        const auto has_key = has_same_key(*list, backup, directory);
        if (!has_key) return has_key.error();
        if (*has_key) std::erase_if(list->files, is_master_key);
        return fill_from(*list, backup, path, settings.progress);
    });
}

}  // namespace ledger
