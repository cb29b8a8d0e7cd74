#include "events/log/embedded/open_store.h"

#include "events/log/embedded/no_space_file_system.h"
#include "events/log/embedded/open_failure.h"
#include "events/log/embedded/store_log.h"
#include "events/log/embedded/unwritable.h"

namespace ledger::log {

void set_up_store(rocksdb::DBOptions& options, const std::string& place) {
    static const std::unique_ptr<rocksdb::Env> env =
        rocksdb::NewCompositeEnv(no_space_file_system(rocksdb::FileSystem::Default()));
    options.env = env.get();
    options.info_log = make_store_log(place);
}

namespace {

void open_to_read(const rocksdb::DBOptions& options, const std::string& place,
                  const std::vector<rocksdb::ColumnFamilyDescriptor>& families,
                  OpenedStore& opened) {
    rocksdb::DB* db = nullptr;
    opened.families.clear();
    const auto read = rocksdb::DB::OpenForReadOnly(options, place, families, &opened.families, &db);
    opened.db.reset(db);
    if (!read.ok()) return;
    opened.status = read;
    opened.read_only = true;
}

}  // namespace

OpenedStore open_store(const rocksdb::DBOptions& options, const std::string& place,
                       const std::vector<rocksdb::ColumnFamilyDescriptor>& families) {
    OpenedStore opened;
    if (const std::string why = why_unwritable(place); !why.empty()) {
        opened.status = rocksdb::Status::IOError(why);
        // Who may write it may have it open; its files may go away under a reader.
        if (lock_holder(place) > 0)
            opened.status = rocksdb::Status::IOError("While lock file: " + place + "/LOCK");
        else
            open_to_read(options, place, families, opened);
        opened.why_read_only = why;
        return opened;
    }
    rocksdb::DB* db = nullptr;
    opened.status = rocksdb::DB::Open(options, place, families, &opened.families, &db);
    opened.db.reset(db);
    // Where there is nothing to read yet, the full disk is what there is to say.
    if (opened.status.IsNoSpace()) {
        open_to_read(options, place, families, opened);
        opened.why_read_only = "the disk of " + place + " is full";
    }
    return opened;
}

OpenedStore open_store(const rocksdb::Options& options, const std::string& place) {
    OpenedStore opened = open_store(options, place, {{rocksdb::kDefaultColumnFamilyName, options}});
    for (rocksdb::ColumnFamilyHandle* family : opened.families)
        opened.db->DestroyColumnFamilyHandle(family);
    opened.families.clear();
    return opened;
}

}  // namespace ledger::log
