#include "projections/refusals.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "events/bytes.h"
#include "events/crash_point.h"
#include "events/store/store.h"
#include "events/store/unwritable.h"

namespace ledger::views {
namespace {

// Keys: 't', ms since 1970 (8), number (8) -> the row; 'p', partner, 0, the same 16 bytes ->
// nothing. A key of the store's own is none of them.
constexpr char kByTime = 't';
constexpr char kByPartner = 'p';

// More are deleted than come, and not at every one: a look costs more than a deletion.
constexpr std::uint64_t kAddsBetweenDrops = 64;
constexpr std::size_t kDroppedAtATime = 256;

std::string partner_prefix(std::string_view partner) {
    return kByPartner + std::string(partner) + '\0';
}

std::string time_key(std::string_view when) { return kByTime + std::string(when); }

// The first of a day, without the letter of its index.
std::string first_of(Date day) {
    std::string when;
    put_big_endian(
        when, static_cast<std::uint64_t>(std::max<std::int64_t>(start_of(day).milliseconds, 0)));
    return when;
}

// Before this one nothing is shown any more.
std::string oldest_key(Date today) { return time_key(first_of(plus_days(today, -kRefusalDays))); }

// Behind every key that begins with it: no time has a byte of only ones there.
std::string behind(const std::string& prefix) { return prefix + '\xff'; }

Error unreadable(const store::Status& status) {
    return error("the refusals can't be read: " + status.why);
}

// Whose the store is.
constexpr std::string_view kWhoseKey("\0ledger", 7);

}  // namespace

struct Refusals::Inside {
    store::Status put(const store::Batch& batch);
    Result<void> write(const store::Batch& batch);
    // Keys that begin with `prefix`, from `oldest` on, until `visit` says no.
    Result<void> each_key(const std::string& prefix, const std::string& oldest, bool newest_first,
                          const std::function<Result<bool>(const store::Cursor&)>& visit) const;
    Result<void> each_of(const std::string& prefix, const std::string& oldest, bool newest_first,
                         const OnRefusal& on_refusal) const;
    Result<void> each_of_all(const std::string& oldest, bool newest_first,
                             const OnRefusal& on_refusal) const;

    std::unique_ptr<store::Store> db;  // null: none can be kept
    std::atomic<std::uint64_t> last{0};
    std::mutex dropping;
    std::string dropped_to;  // what stood before was deleted: its tombstones need no second look
};

store::Status Refusals::Inside::put(const store::Batch& batch) {
    auto status = db->write(batch);
    if (status.full() && db->resume()) status = db->write(batch);
    return status;
}

Result<void> Refusals::Inside::write(const store::Batch& batch) {
    const auto status = put(batch);
    if (!status.ok()) return error("a refusal could not be kept: " + status.why);
    return {};
}

Result<void> Refusals::Inside::each_key(
    const std::string& prefix, const std::string& oldest, bool newest_first,
    const std::function<Result<bool>(const store::Cursor&)>& visit) const {
    const auto keys = db->cursor(0);
    if (newest_first)
        keys->seek_before(behind(prefix));
    else
        keys->seek(oldest);
    while (keys->valid() && keys->key().starts_with(prefix) && oldest <= keys->key()) {
        const auto more = visit(*keys);
        if (!more) return more.error();
        if (!*more) return {};
        if (newest_first)
            keys->previous();
        else
            keys->next();
    }
    if (const auto status = keys->status(); !status.ok()) return unreadable(status);
    return {};
}

Result<void> Refusals::Inside::each_of(const std::string& prefix, const std::string& oldest,
                                       bool newest_first, const OnRefusal& on_refusal) const {
    Bytes scratch;
    const auto visit = [&](const store::Cursor& index) -> Result<bool> {
        std::string row;
        const auto status = db->get(0, time_key(index.key().substr(prefix.size())), row);
        if (status.missing()) return true;  // dropped meanwhile
        if (!status.ok()) return unreadable(status);
        const auto refusal = read_refusal(row, scratch);
        if (!refusal) return refusal.error();
        return on_refusal(**refusal);
    };
    return each_key(prefix, prefix + oldest.substr(1), newest_first, visit);
}

Result<void> Refusals::Inside::each_of_all(const std::string& oldest, bool newest_first,
                                           const OnRefusal& on_refusal) const {
    Bytes scratch;
    const auto visit = [&](const store::Cursor& rows) -> Result<bool> {
        const auto refusal = read_refusal(rows.value(), scratch);
        if (!refusal) return refusal.error();
        return on_refusal(**refusal);
    };
    return each_key(std::string(1, kByTime), oldest, newest_first, visit);
}

Result<const fb::RefusalRow*> read_refusal(std::string_view row, Bytes& scratch) {
    scratch.assign(row.begin(), row.end());
    flatbuffers::Verifier verifier(scratch.data(), scratch.size());
    if (!verifier.VerifyBuffer<fb::RefusalRow>(nullptr))
        return error("a row of the refusals is damaged");
    return flatbuffers::GetRoot<fb::RefusalRow>(scratch.data());
}

void put_said(fb::RefusalRowT& row, const Said& said) {
    row.said = said.row().key;
    row.values.clear();
    for (const NamedValue& value : said.values) {
        auto put = std::make_unique<fb::SaidValueT>();
        put->name = value.name;
        put->text = value.text;
        row.values.push_back(std::move(put));
    }
}

std::optional<Said> said_in(const fb::RefusalRow& row) {
    const SentenceRow* sentence = find_sentence(row.said()->string_view());
    if (!sentence) return std::nullopt;
    Said said{sentence->sentence, {}};
    if (!row.values()) return said;
    for (const fb::SaidValue* value : *row.values())
        for (const ValueName& known : sentence->values)
            if (known.name == value->name()->string_view())
                said.values.push_back({known.name, value->text()->str()});
    return said;
}

Refusals::Refusals(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Refusals::~Refusals() = default;

Result<void> Refusals::check(const std::string& directory, Id128 ledger) {
    std::string whose;
    const auto got = inside_->db->get(0, kWhoseKey, whose);
    if (got.ok() && whose == to_hex(ledger)) return {};
    if (got.ok())
        return error(
            kRefusalsOfAnotherLedger,
            "the refusals in " + directory + " are those of ledger " + whose +
                ", and the log is of ledger " + to_hex(ledger) +
                "; put this ledger's own back, or remove the folder: what was refused is no "
                "longer known then, and nothing else is lost");
    if (!got.missing()) return error("the refusals in " + directory + " can't be read: " + got.why);
    // Without room they are marked another time.
    if (inside_->db->read_only()) return {};
    store::Batch batch(*inside_->db);
    batch.put(0, kWhoseKey, to_hex(ledger));
    const auto put = inside_->db->write(batch);
    if (!put.ok() && !put.full())
        return error("the refusals in " + directory + " can't be written: " + put.why);
    return {};
}

Result<std::unique_ptr<Refusals>> Refusals::open(const std::string& directory, Id128 ledger) {
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored);
    auto inside = std::make_unique<Inside>();
    store::Settings settings;
    settings.purpose = store::Purpose::refusals;
    settings.create = true;
    // None were kept where none can be.
    if (!std::filesystem::exists(directory + "/CURRENT", ignored) &&
        !store::why_unwritable(directory).empty())
        return std::unique_ptr<Refusals>(new Refusals(std::move(inside)));
    auto opened = store::Store::open(directory, settings);
    if (!opened.status.ok())
        return error("the refusals in " + directory + " can't be opened: " + opened.status.why);
    inside->db = std::move(opened.store);
    inside->last = inside->db->newest_change();
    std::unique_ptr<Refusals> refusals(new Refusals(std::move(inside)));
    if (const auto checked = refusals->check(directory, ledger); !checked) return checked.error();
    return refusals;
}

std::uint64_t Refusals::newest() const { return inside_->db ? inside_->db->newest_change() : 0; }

Result<void> Refusals::add(const fb::RefusalRowT& refusal) {
    if (!inside_->db) return error("a refusal could not be kept: its folder can't be written");
    const std::uint64_t number = ++inside_->last;
    std::string when;
    put_big_endian(when, static_cast<std::uint64_t>(refusal.time));
    put_big_endian(when, number);
    flatbuffers::FlatBufferBuilder builder(512);
    builder.Finish(fb::CreateRefusalRow(builder, &refusal));
    store::Batch batch(*inside_->db);
    batch.put(0, time_key(when), text_of({builder.GetBufferPointer(), builder.GetSize()}));
    batch.put(0, partner_prefix(refusal.partner) + when, {});
    if (const auto written = inside_->write(batch); !written) return written;
    LEDGER_CRASH_POINT(refusal_stored);
    if (number % kAddsBetweenDrops != 0) return {};
    // One partition's clock may be ahead of all others'.
    return drop_old(date_of(Time{std::min(refusal.time, refusal.machine_time)}), kDroppedAtATime);
}

Result<void> Refusals::each(const PartnerId& partner, const RefusalRange& range,
                            const OnRefusal& on_refusal) const {
    if (!inside_->db) return {};
    std::string oldest = oldest_key(range.today);
    if (range.since) oldest = std::max(oldest, time_key(first_of(*range.since)));
    return partner.empty() ? inside_->each_of_all(oldest, range.newest_first, on_refusal)
                           : inside_->each_of(partner_prefix(partner.text()), oldest,
                                              range.newest_first, on_refusal);
}

Result<void> Refusals::drop_old(Date today, std::size_t most) {
    if (!inside_->db) return {};
    const std::lock_guard lock(inside_->dropping);
    const std::string end = oldest_key(today);
    const auto rows = inside_->db->cursor(0);
    store::Batch batch(*inside_->db);
    Bytes scratch;
    std::string last = inside_->dropped_to;
    for (rows->seek(std::max(last, std::string(1, kByTime)));
         rows->valid() && rows->key() < end && most > 0; rows->next(), --most) {
        last = rows->key();
        // A damaged row goes too; its place in the index leads nowhere then.
        if (const auto row = read_refusal(rows->value(), scratch))
            batch.erase(0, partner_prefix((*row)->partner()->string_view()) + last.substr(1));
        batch.erase(0, last);
    }
    if (const auto status = rows->status(); !status.ok()) return unreadable(status);
    if (batch.empty()) return {};
    if (const auto written = inside_->write(batch); !written) return written;
    inside_->dropped_to = last;
    return {};
}

Result<void> Refusals::copy_to(const std::string& directory) const {
    if (!inside_->db) return {};
    return inside_->db->copy_to("refusals", directory);
}

}  // namespace ledger::views
