#include "events/log/embedded/embedded_key_store.h"

#include <fmt/format.h>

#include <filesystem>
#include <mutex>
#include <shared_mutex>

#include "events/crash_point.h"
#include "events/log/embedded/keys_tail.h"
#include "events/store/open_failure.h"
#include "events/store/store.h"

namespace ledger::log {
namespace {

// "i" id -> wrapped key; "s" length (4, big-endian) subject id -> nothing; "d" id -> nothing: it
// was destroyed; "l" -> ledger id; "n" -> the newest change: "i" or "d", id.
constexpr char kById = 'i';
constexpr char kBySubject = 's';
constexpr char kDestroyed = 'd';
constexpr char kLedger = 'l';
constexpr char kNewest = 'n';
constexpr std::size_t kIdBytes = 16;

std::string id_bytes(Id128 id) {
    std::string bytes;
    put_big_endian(bytes, id);
    return bytes;
}

std::string id_key(Id128 id) { return kById + id_bytes(id); }
std::string destroyed_key(Id128 id) { return kDestroyed + id_bytes(id); }

std::string subject_prefix(std::string_view subject) {
    std::string prefix(1, kBySubject);
    put_big_endian(prefix, static_cast<std::uint32_t>(subject.size()));
    prefix.append(subject);
    return prefix;
}

Id128 id_at_end(std::string_view key) { return get_id(key.substr(key.size() - kIdBytes)); }

}  // namespace

struct EmbeddedKeyStore::Inside {
    Inside(const std::string& folder, Id128 the_ledger)
        : place(folder + "/keys"), ledger(the_ledger), tail(folder) {}

    std::string place;
    Id128 ledger;
    KeysTail tail;
    std::unique_ptr<store::Store> rows;  // null: there is none to be opened, see `doubt`
    std::shared_mutex changes;           // puts side by side, destroy alone
    std::vector<std::string> notes;
    mutable std::mutex mutex;  // of what follows, and of the tail file
    std::optional<Error> doubt;
    std::optional<KeyChange> newest;

    Result<void> open_rows(bool create) {
        store::Settings settings;
        settings.purpose = store::Purpose::keys;
        settings.create = create;
        if (create) {
            std::error_code failed;
            std::filesystem::create_directories(place, failed);
        } else if (!std::filesystem::exists(place + "/CURRENT")) {
            doubt = doubted(kKeysMissing, fmt::format("the key store {} is missing", place));
            return {};
        }
        auto opened = store::Store::open(place, settings);
        rows = std::move(opened.store);
        if (rows) return {};
        auto why = store::explain_open_failure("key store", place, opened.status);
        switch (opened.status.kind) {
            case store::Status::Kind::locked:
            case store::Status::Kind::denied:
            case store::Status::Kind::full:
                return why;
            case store::Status::Kind::ok:
            case store::Status::Kind::missing:
            case store::Status::Kind::damaged:
            case store::Status::Kind::failed:
                break;
        }
        if (create) return why;
        doubt = doubted(kKeysDamaged, why.message);
        return {};
    }

    static Error doubted(ErrorCode code, const std::string& what) {
        return error(code, what +
                               "; what is sealed may not open, and nothing is written: put the "
                               "newest copy of this ledger's key store back");
    }

    Result<std::optional<std::string>> get(const std::string& key) const {
        std::string value;
        if (!rows) return std::optional<std::string>();
        const auto got = rows->get(0, key, value);
        if (got.missing()) return std::optional<std::string>();
        if (!got.ok()) return failed("read", got, Effect::none);
        return std::optional<std::string>(std::move(value));
    }

    // Whether the change was made here, or a destruction since.
    Result<bool> has(const KeyChange& change) const {
        const auto destroyed = get(destroyed_key(change.key));
        if (!destroyed) return destroyed.error();
        if (*destroyed || change.destroyed) return destroyed->has_value();
        const auto key = get(id_key(change.key));
        if (!key) return key.error();
        return key->has_value();
    }

    // Whether there is a row that begins so.
    bool has_any(char kind) const {
        const auto at = rows->cursor(0);
        at->seek({&kind, 1});
        return at->valid() && at->key().starts_with(kind);
    }

    Result<std::optional<KeyChange>> read_newest() const {
        const auto row = get({kNewest});
        if (!row) return row.error();
        if (!*row || (*row)->size() != 1 + kIdBytes) return std::optional<KeyChange>();
        return std::optional<KeyChange>(
            KeyChange{id_at_end(**row), (**row)[0] == kDestroyed, rows->newest_change()});
    }

    // After a change: what stands newest in the store is told to its witness.
    void bear_witness() {
        const std::lock_guard lock(mutex);
        const auto now = read_newest();
        if (!now || !*now) return;
        newest = *now;
        tail.write(ledger, **now);
    }

    Result<void> take_over();
    Result<void> compare();

    Error failed(const char* what, const store::Status& status, Effect effect) const {
        if (status.full())
            return Error{fmt::format("the disk of {} is full, a key could not be {}: make room "
                                     "and send it again",
                                     place, what),
                         effect,
                         true,
                         false,
                         kDiskFull,
                         {}};
        return error(fmt::format("a key could not be {} in {}: {}", what, place, status.why),
                     effect);
    }

    store::Batch batch() const { return store::Batch(*rows); }
    // Synced. Goes on by itself when a full disk has room again.
    store::Status write(const store::Batch& batch) {
        auto written = rows->write(batch);
        if (!written.full() || !rows->resume()) return written;
        return rows->write(batch);
    }

    // Every key of the index that belongs to the subject.
    store::Status list(std::string_view subject, std::vector<std::string>& index_keys) const {
        const std::string prefix = subject_prefix(subject);
        const auto at = rows->cursor(0);
        for (at->seek(prefix); at->valid() && at->key().starts_with(prefix); at->next())
            if (at->key().size() == prefix.size() + kIdBytes) index_keys.emplace_back(at->key());
        return at->status();
    }
};

// Makes the store this ledger's, unless it is or holds keys of another one.
Result<void> EmbeddedKeyStore::Inside::take_over() {
    const auto whose = get({kLedger});
    if (!whose) return whose.error();
    if (*whose && **whose == id_bytes(ledger)) return {};
    if (has_any(kById) || has_any(kDestroyed))
        return error(
            kKeysOfAnotherLedger,
            fmt::format("the key store {} holds keys of another ledger; name another folder, or "
                        "put it away",
                        place));
    auto batch = this->batch();
    batch.put(0, {&kLedger, 1}, id_bytes(ledger));
    const auto written = write(batch);
    if (!written.ok()) return failed("stored", written, Effect::unknown);
    return {};
}

// Whether it is the store that others have seen.
Result<void> EmbeddedKeyStore::Inside::compare() {
    if (!rows) return {};
    const auto whose = get({kLedger});
    if (!whose) return whose.error();
    if (!*whose || **whose != id_bytes(ledger)) {
        doubt =
            doubted(kKeysOfAnotherLedger,
                    fmt::format("the key store {} is not that of ledger {}, which the log is of",
                                place, to_hex(ledger)));
        return {};
    }
    const auto now = read_newest();
    if (!now) return now.error();
    newest = *now;
    KeyChange said;
    const auto found = tail.read(ledger, said);
    if (found == KeysTail::Found::ours) {
        const auto there = has(said);
        if (!there) return there.error();
        if (*there) return {};
        doubt = doubted(
            kKeysOlder,
            fmt::format("the key store {} lacks its newest change, {} of key {}: it is an older "
                        "copy, or keys were lost",
                        place, said.destroyed ? "the destruction" : "the storing",
                        to_hex(said.key)));
        doubt->message += ", or remove " + tail.path() + " to go on without what it lacks";
        return {};
    }
    if (!newest) return {};  // nothing was ever stored, and nothing witnessed
    notes.push_back(fmt::format(
        "the key store's witness {} was {}; it was written again from the store", tail.path(),
        found == KeysTail::Found::none      ? "missing"
        : found == KeysTail::Found::damaged ? "damaged"
                                            : "another ledger's"));
    tail.write(ledger, *newest);
    return {};
}

EmbeddedKeyStore::EmbeddedKeyStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
EmbeddedKeyStore::~EmbeddedKeyStore() = default;

Result<std::unique_ptr<EmbeddedKeyStore>> EmbeddedKeyStore::open(const std::string& folder,
                                                                 Id128 ledger) {
    auto inside = std::make_unique<Inside>(folder, ledger);
    if (const auto opened = inside->open_rows(false); !opened) return opened.error();
    if (const auto compared = inside->compare(); !compared) return compared.error();
    return std::unique_ptr<EmbeddedKeyStore>(new EmbeddedKeyStore(std::move(inside)));
}

Result<std::unique_ptr<EmbeddedKeyStore>> EmbeddedKeyStore::create(const std::string& folder,
                                                                   Id128 ledger) {
    auto inside = std::make_unique<Inside>(folder, ledger);
    if (const auto opened = inside->open_rows(true); !opened) return opened.error();
    if (const auto taken = inside->take_over(); !taken) return taken.error();
    if (const auto compared = inside->compare(); !compared) return compared.error();
    return std::unique_ptr<EmbeddedKeyStore>(new EmbeddedKeyStore(std::move(inside)));
}

const std::vector<std::string>& EmbeddedKeyStore::notes() const { return inside_->notes; }

std::optional<Error> EmbeddedKeyStore::doubt() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->doubt;
}

void EmbeddedKeyStore::cast_doubt(const Error& why) {
    const std::lock_guard lock(inside_->mutex);
    if (!inside_->doubt) inside_->doubt = why;
}

std::optional<KeyChange> EmbeddedKeyStore::newest() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->newest;
}

Result<bool> EmbeddedKeyStore::has(const KeyChange& change) { return inside_->has(change); }

Result<std::optional<KeyStore::WrappedKey>> EmbeddedKeyStore::find(std::string_view subject) {
    if (!inside_->rows) return std::optional<WrappedKey>();
    std::vector<std::string> index_keys;
    const auto listed = inside_->list(subject, index_keys);
    if (!listed.ok()) return inside_->failed("found", listed, Effect::none);
    if (index_keys.empty()) return std::optional<WrappedKey>();
    return find(id_at_end(index_keys.front()));
}

Result<std::optional<KeyStore::WrappedKey>> EmbeddedKeyStore::find(Id128 id) {
    const auto row = inside_->get(id_key(id));
    if (!row) return row.error();
    if (!*row) return std::optional<WrappedKey>();
    return std::optional<WrappedKey>(WrappedKey{id, Bytes((*row)->begin(), (*row)->end())});
}

Result<bool> EmbeddedKeyStore::was_destroyed(Id128 id) {
    const auto row = inside_->get(destroyed_key(id));
    if (!row) return row.error();
    return row->has_value();
}

Result<void> EmbeddedKeyStore::put_all(std::span<const NewKey> keys) {
    if (keys.empty()) return {};
    if (const auto why = doubt()) return *why;
    auto batch = inside_->batch();
    for (const NewKey& each : keys) {
        batch.put(0, id_key(each.key.id), text_of(each.key.wrapped));
        batch.put(0, subject_prefix(each.subject) + id_bytes(each.key.id), {});
    }
    batch.put(0, {&kNewest, 1}, id_key(keys.back().key.id));
    const std::shared_lock lock(inside_->changes);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("stored", written, Effect::unknown);
    inside_->bear_witness();
    LEDGER_CRASH_POINT(key_stored);
    return {};
}

Result<void> EmbeddedKeyStore::put_destroyed(Id128 id) {
    if (const auto why = doubt()) return *why;
    auto batch = inside_->batch();
    batch.put(0, destroyed_key(id), {});
    batch.put(0, {&kNewest, 1}, destroyed_key(id));
    const std::shared_lock lock(inside_->changes);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("stored", written, Effect::unknown);
    inside_->bear_witness();
    return {};
}

Result<void> EmbeddedKeyStore::each_destroyed(const VisitDestroyed& visit) {
    if (!inside_->rows) return {};
    const auto at = inside_->rows->cursor(0);
    for (at->seek({&kDestroyed, 1}); at->valid() && at->key().starts_with(kDestroyed); at->next()) {
        if (at->key().size() != 1 + kIdBytes) continue;
        if (const auto visited = visit(id_at_end(at->key())); !visited) return visited;
    }
    if (const auto status = at->status(); !status.ok())
        return inside_->failed("read", status, Effect::none);
    return {};
}

Result<void> EmbeddedKeyStore::each(const Visit& visit) {
    if (!inside_->rows) return {};
    const auto at = inside_->rows->cursor(0);
    constexpr std::size_t kLengthBytes = sizeof(std::uint32_t);
    for (at->seek({&kBySubject, 1}); at->valid() && at->key().starts_with(kBySubject); at->next()) {
        const std::string key(at->key());
        if (key.size() < 1 + kLengthBytes + kIdBytes)
            return error(kKeysDamaged,
                         fmt::format("the key store {} is damaged: restore it from a backup",
                                     inside_->place));
        const auto found = find(id_at_end(key));
        if (!found) return found.error();
        if (!*found) continue;
        const std::string_view subject = std::string_view(key).substr(
            1 + kLengthBytes, key.size() - 1 - kLengthBytes - kIdBytes);
        if (const auto visited = visit(subject, **found); !visited) return visited;
    }
    if (const auto status = at->status(); !status.ok())
        return inside_->failed("read", status, Effect::none);
    return {};
}

Result<void> EmbeddedKeyStore::copy_to(const std::string& folder) const {
    if (!inside_->rows) return doubt().value_or(error(kKeysMissing, "there is no key store"));
    const std::lock_guard lock(inside_->changes);
    return inside_->rows->copy_to("key store", folder + "/keys");
}

Result<void> EmbeddedKeyStore::destroy(std::string_view subject) {
    if (const auto why = doubt()) return *why;
    const std::lock_guard lock(inside_->changes);
    std::vector<std::string> keys;
    const auto listed = inside_->list(subject, keys);
    if (!listed.ok()) return inside_->failed("found", listed, Effect::none);
    if (keys.empty()) return {};
    auto batch = inside_->batch();
    const std::size_t subjects = keys.size();
    for (std::size_t i = 0; i < subjects; ++i) {
        const Id128 id = id_at_end(keys[i]);
        keys.push_back(id_key(id));
        batch.put(0, destroyed_key(id), {});
        batch.put(0, {&kNewest, 1}, destroyed_key(id));
    }
    for (const std::string& key : keys) batch.erase(0, key);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("destroyed", written, Effect::unknown);
    inside_->bear_witness();
    const auto scrubbed = inside_->rows->scrub(keys);
    if (!scrubbed.ok()) return inside_->failed("scrubbed", scrubbed, Effect::unknown);
    return {};
}

}  // namespace ledger::log
