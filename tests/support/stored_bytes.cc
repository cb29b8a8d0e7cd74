#include "tests/support/stored_bytes.h"

#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

namespace fs = std::filesystem;

std::string_view view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

std::uint64_t see_family(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family,
                         const std::string& name, const SeeBytes& see) {
    std::uint64_t rows = 0;
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    const std::unique_ptr<rocksdb::Iterator> row(db.NewIterator(options, family));
    for (row->SeekToFirst(); row->Valid(); row->Next(), ++rows) {
        see(name + ", key", view(row->key()));
        see(name + ", value", view(row->value()));
    }
    INFO(name << ": " << row->status().ToString());
    REQUIRE(row->status().ok());
    return rows;
}

void see_store(const fs::path& place, const std::string& store, const SeeBytes& see,
               std::map<std::string, std::uint64_t>& rows) {
    std::vector<std::string> names;
    REQUIRE(rocksdb::DB::ListColumnFamilies({}, place.string(), &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names)
        families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    const auto status =
        rocksdb::DB::OpenForReadOnly({}, place.string(), families, &handles, &opened);
    INFO(store << ": " << status.ToString());
    REQUIRE(status.ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    for (std::size_t i = 0; i < handles.size(); ++i) {
        const std::string name = store + "/" + names[i];
        rows[name] = see_family(*db, handles[i], name, see);
        REQUIRE(db->DestroyColumnFamilyHandle(handles[i]).ok());
    }
}

}  // namespace

std::map<std::string, std::uint64_t> for_each_stored(const std::string& folder,
                                                     const SeeBytes& see) {
    std::map<std::string, std::uint64_t> rows;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = fs::relative(entry.path(), folder).string();
        if (entry.is_directory() && fs::exists(entry.path() / "CURRENT"))
            see_store(entry.path(), name, see, rows);
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        REQUIRE_FALSE(file.bad());
        see(name, bytes);
    }
    return rows;
}

}  // namespace ledger::tests
