#include "events/log/embedded/open_store.h"

#include "events/log/embedded/no_space_file_system.h"
#include "events/log/embedded/store_log.h"

namespace ledger::log {

void set_up_store(rocksdb::DBOptions& options, const std::string& place) {
    static const std::unique_ptr<rocksdb::Env> env =
        rocksdb::NewCompositeEnv(no_space_file_system(rocksdb::FileSystem::Default()));
    options.env = env.get();
    options.info_log = make_store_log(place);
}

OpenedStore open_store(const rocksdb::DBOptions& options, const std::string& place,
                       const std::vector<rocksdb::ColumnFamilyDescriptor>& families) {
    OpenedStore opened;
    rocksdb::DB* db = nullptr;
    opened.status = rocksdb::DB::Open(options, place, families, &opened.families, &db);
    if (opened.status.IsNoSpace()) {
        opened.families.clear();
        const auto read =
            rocksdb::DB::OpenForReadOnly(options, place, families, &opened.families, &db);
        // Where there is nothing to read yet, the full disk is what there is to say.
        if (read.ok()) {
            opened.status = read;
            opened.read_only = true;
        }
    }
    opened.db.reset(db);
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
