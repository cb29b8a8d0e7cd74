#include "projections/refusals.h"

#include <rocksdb/db.h>

#include <atomic>
#include <filesystem>

#include "events/bytes.h"
#include "events/crash_point.h"
#include "events/log/embedded/copy_store.h"
#include "events/log/embedded/full_disk.h"
#include "events/log/embedded/open_store.h"
#include "events/log/embedded/unwritable.h"

namespace ledger::views {

namespace {

// Whose the store is. No partner's: those keys begin with a partner's id and then a zero byte.
rocksdb::Slice whose_key() { return {"\0ledger", 7}; }

}  // namespace

struct Refusals::Inside {
    explicit Inside(const std::string& directory) : full_disk(directory) {}

    log::FullDisk full_disk;
    std::unique_ptr<rocksdb::DB> db;
    std::atomic<std::uint64_t> last{0};
};

Result<fb::RefusalRowT> unpack_refusal(std::string_view row) {
    const Bytes bytes(row.begin(), row.end());
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    if (!verifier.VerifyBuffer<fb::RefusalRow>(nullptr))
        return error("a row of the refusals is damaged");
    fb::RefusalRowT refusal;
    flatbuffers::GetRoot<fb::RefusalRow>(bytes.data())->UnPackTo(&refusal);
    return refusal;
}

Refusals::Refusals(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Refusals::~Refusals() = default;

Result<void> Refusals::check(const std::string& directory, Id128 ledger) {
    std::string whose;
    const auto got = inside_->db->Get({}, whose_key(), &whose);
    if (got.ok() && whose == to_hex(ledger)) return {};
    if (got.ok())
        return error("the refusals in " + directory + " are those of ledger " + whose +
                     ", and the log is of ledger " + to_hex(ledger) +
                     "; put this ledger's own back, or remove the folder: what was refused is no "
                     "longer known then, and nothing else is lost");
    if (!got.IsNotFound())
        return error("the refusals in " + directory + " can't be read: " + got.ToString());
    inside_->full_disk.before_write(*inside_->db, inside_->db->DefaultColumnFamily());
    const auto put = inside_->db->Put({}, whose_key(), to_hex(ledger));
    // Without room they are marked another time.
    if (!put.ok() && !put.IsNoSpace() && !put.IsNotSupported())
        return error("the refusals in " + directory + " can't be written: " + put.ToString());
    return {};
}

Result<std::unique_ptr<Refusals>> Refusals::open(const std::string& directory, Id128 ledger) {
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored);
    auto inside = std::make_unique<Inside>(directory);
    rocksdb::Options options;
    log::set_up_store(options, directory);
    options.listeners.push_back(inside->full_disk.listener());
    options.create_if_missing = true;
    options.write_buffer_size = 4 * 1024 * 1024;
    options.max_bgerror_resume_count = 0;
    // None were kept where none can be.
    if (!std::filesystem::exists(directory + "/CURRENT", ignored) &&
        !log::why_unwritable(directory).empty())
        return std::unique_ptr<Refusals>(new Refusals(std::move(inside)));
    log::OpenedStore opened = log::open_store(options, directory);
    if (!opened.status.ok())
        return error("the refusals in " + directory +
                     " can't be opened: " + opened.status.ToString());
    inside->db = std::move(opened.db);
    inside->last = inside->db->GetLatestSequenceNumber();
    std::unique_ptr<Refusals> refusals(new Refusals(std::move(inside)));
    if (const auto checked = refusals->check(directory, ledger); !checked) return checked.error();
    return refusals;
}

std::uint64_t Refusals::newest() const { return inside_->last; }

Result<void> Refusals::add(const fb::RefusalRowT& refusal) {
    if (!inside_->db) return error("a refusal could not be kept: its folder can't be written");
    std::string key = refusal.partner;
    key.push_back('\0');
    put_big_endian(key, static_cast<std::uint64_t>(refusal.at));
    put_big_endian(key, ++inside_->last);
    flatbuffers::FlatBufferBuilder builder(512);
    builder.Finish(fb::CreateRefusalRow(builder, &refusal));
    const rocksdb::Slice row(reinterpret_cast<const char*>(builder.GetBufferPointer()),
                             builder.GetSize());
    rocksdb::DB& db = *inside_->db;
    inside_->full_disk.before_write(db, db.DefaultColumnFamily());
    auto status = db.Put({}, key, row);
    if (status.IsNoSpace() && inside_->full_disk.resume(db)) status = db.Put({}, key, row);
    if (!status.ok()) return error("a refusal could not be kept: " + status.ToString());
    LEDGER_CRASH_POINT(refusal_stored);
    return {};
}

Result<std::vector<fb::RefusalRowT>> Refusals::list(const PartnerId& partner, Date today) const {
    std::string prefix;
    if (!partner.empty()) prefix = partner.text() + '\0';
    const std::int64_t oldest = start_of(plus_days(today, -kRefusalDays)).milliseconds;
    std::vector<fb::RefusalRowT> found;
    if (!inside_->db) return found;
    const std::unique_ptr<rocksdb::Iterator> rows(inside_->db->NewIterator({}));
    for (rows->Seek(prefix); rows->Valid() && rows->key().starts_with(prefix); rows->Next()) {
        if (rows->key() == log::FullDisk::kFillerKey || rows->key() == whose_key()) continue;
        auto row = unpack_refusal(rows->value().ToStringView());
        if (!row) return row.error();
        if (row->at >= oldest) found.push_back(std::move(*row));
    }
    if (!rows->status().ok())
        return error("the refusals can't be read: " + rows->status().ToString());
    return found;
}

Result<void> Refusals::copy_to(const std::string& directory) const {
    if (!inside_->db) return {};
    return log::copy_store(*inside_->db, "refusals", directory);
}

}  // namespace ledger::views
