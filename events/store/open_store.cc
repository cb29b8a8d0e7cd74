#include "events/store/open_store.h"

#include "events/store/no_space_file_system.h"
#include "events/store/open_failure.h"
#include "events/store/store_log.h"
#include "events/store/unwritable.h"

namespace ledger::store {

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

}  // namespace ledger::store
