#include "events/seal.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sys/random.h>

#include <array>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace ledger {
namespace {

// Sub-keys of the master key, one purpose each. The labels are HKDF's `info` (RFC 5869) and part of
// the format: another label is another ledger.
constexpr std::string_view kWrapLabel = "benefits-ledger v1 wrap data keys";
constexpr std::string_view kHashLabel = "benefits-ledger v1 keyed hash";

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kLabelBytes = 2 * kIdBytes;  // key id and keyed hash: the additional data
constexpr std::size_t kSealedMinBytes = kLabelBytes + kNonceBytes + kTagBytes;
constexpr std::size_t kUnwrappedMaxKeys = 16 * 1024;
// More than the commands that may wait in a node's queues need: the oldest key is of a command that
// was answered long ago.
constexpr std::size_t kNewMaxKeys = 512 * 1024;

struct ContextDeleter {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
    void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
template <typename T>
using Owned = std::unique_ptr<T, ContextDeleter>;

// Fetched once: EVP looks an algorithm up by name otherwise, each time.
const EVP_CIPHER* aes_256_gcm() {
    static const Owned<EVP_CIPHER> cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    LEDGER_CHECK(cipher != nullptr);
    return cipher.get();
}

void fill_random(std::uint8_t* bytes, std::size_t count) {
    // Without randomness no nonce is safe: there is nothing to go on with.
    // The system's own needs no memory of ours, and gives so few bytes whole.
    LEDGER_CHECK(::getrandom(bytes, count, 0) == static_cast<ssize_t>(count));
}

Key256 derive(const Key256& master, std::string_view label) {
    const Owned<EVP_KDF> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    LEDGER_CHECK(kdf != nullptr);
    const Owned<EVP_KDF_CTX> context(EVP_KDF_CTX_new(kdf.get()));
    char digest[] = "SHA256";
    Key256 secret = master;
    std::string info(label);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
        OSSL_PARAM_construct_end(),
    };
    Key256 key;
    LEDGER_CHECK(EVP_KDF_derive(context.get(), key.data(), key.size(), parameters) == 1);
    OPENSSL_cleanse(secret.data(), secret.size());
    return key;
}

void put_id(Bytes& out, Id128 id) {
    for (const std::uint64_t word : {id.high, id.low})
        for (int shift = 56; shift >= 0; shift -= 8)
            out.push_back(static_cast<std::uint8_t>(word >> shift));
}

// One step of EVP over `in`; nothing of it is none, since EVP takes a null input for the end.
template <typename Step>
bool update(Step step, EVP_CIPHER_CTX* context, std::uint8_t* out, BytesView in) {
    int length = 0;
    return in.empty() || step(context, out, &length, in.data(), static_cast<int>(in.size())) == 1;
}

// Appends nonce, ciphertext and tag.
void encrypt(const Key256& key, BytesView additional, BytesView plain, Bytes& out) {
    const std::size_t at = out.size();
    out.resize(at + kNonceBytes + plain.size() + kTagBytes);
    std::uint8_t* nonce = out.data() + at;
    std::uint8_t* cipher = nonce + kNonceBytes;
    fill_random(nonce, kNonceBytes);
    const Owned<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    int length = 0;
    const bool done =
        EVP_EncryptInit_ex2(context.get(), aes_256_gcm(), key.data(), nonce, nullptr) == 1 &&
        update(EVP_EncryptUpdate, context.get(), nullptr, additional) &&
        update(EVP_EncryptUpdate, context.get(), cipher, plain) &&
        EVP_EncryptFinal_ex(context.get(), cipher + plain.size(), &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                            cipher + plain.size()) == 1;
    LEDGER_CHECK(done);
}

// The plain bytes of what encrypt() appended; nothing when key, additional data or bytes differ.
std::optional<Bytes> decrypt(const Key256& key, BytesView additional, BytesView sealed) {
    if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
    const BytesView cipher = sealed.subspan(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
    Bytes tag(sealed.end() - kTagBytes, sealed.end());
    Bytes plain(cipher.size() + 1);  // never empty, so that its address is one
    const Owned<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    int length = 0;
    const bool opened =
        EVP_DecryptInit_ex2(context.get(), aes_256_gcm(), key.data(), sealed.data(), nullptr) ==
            1 &&
        update(EVP_DecryptUpdate, context.get(), nullptr, additional) &&
        update(EVP_DecryptUpdate, context.get(), plain.data(), cipher) &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), plain.data() + cipher.size(), &length) == 1;
    if (!opened) return std::nullopt;
    plain.resize(cipher.size());
    return plain;
}

// Unwrapped data keys by id, and the key to seal with by subject; the longest unused goes first.
class KeyCache {
public:
    ~KeyCache() {
        for (Entry& entry : entries_) OPENSSL_cleanse(entry.key.data(), entry.key.size());
    }

    std::optional<Key256> by_id(Id128 id) {
        const auto found = by_id_.find(id);
        if (found == by_id_.end()) return std::nullopt;
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->key;
    }
    std::optional<Id128> by_subject(std::string_view subject) const {
        const auto found = by_subject_.find(std::string(subject));
        if (found == by_subject_.end()) return std::nullopt;
        return found->second->id;
    }
    // `subject` is empty when the key was come upon by its id.
    void keep(std::string_view subject, Id128 id, const Key256& key) {
        forget(id);
        if (const auto before = by_subject(subject)) forget(*before);
        entries_.push_front({id, key, std::string(subject)});
        by_id_[id] = entries_.begin();
        if (!subject.empty()) by_subject_[entries_.front().subject] = entries_.begin();
        if (entries_.size() > kUnwrappedMaxKeys) forget(entries_.back().id);
    }
    void forget(Id128 id) {
        const auto found = by_id_.find(id);
        if (found == by_id_.end()) return;
        const auto entry = found->second;
        if (!entry->subject.empty()) by_subject_.erase(entry->subject);
        by_id_.erase(found);
        OPENSSL_cleanse(entry->key.data(), entry->key.size());
        entries_.erase(entry);
    }

private:
    struct Entry {
        Id128 id;
        Key256 key;
        std::string subject;
    };

    std::list<Entry> entries_;  // most recently used first
    std::unordered_map<Id128, std::list<Entry>::iterator> by_id_;
    std::unordered_map<std::string, std::list<Entry>::iterator> by_subject_;
};

struct DataKey {
    Id128 id;
    Key256 key;
};

// Keys that no store has yet, by subject and by id; beyond the most the oldest goes.
class NewKeys {
public:
    ~NewKeys() {
        while (!by_id_.empty()) forget(by_id_.begin()->first);
    }

    bool empty() const { return by_id_.empty(); }
    std::optional<DataKey> of(std::string_view subject) const {
        const auto found = by_subject_.find(std::string(subject));
        if (found == by_subject_.end()) return std::nullopt;
        return by_id_.at(found->second).data;
    }
    std::optional<Key256> by_id(Id128 id) const {
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? std::nullopt : std::optional(found->second.data.key);
    }
    // Wrapped once: a second try must put the same bytes.
    std::optional<KeyStore::NewKey> to_put(Id128 id) const {
        const auto found = by_id_.find(id);
        if (found == by_id_.end()) return std::nullopt;
        return KeyStore::NewKey{found->second.subject, {id, found->second.wrapped}};
    }
    std::string subject_of(Id128 id) const { return by_id_.at(id).subject; }
    void add(std::string_view subject, const DataKey& data, Bytes wrapped) {
        by_id_[data.id] = {data, std::move(wrapped), std::string(subject)};
        by_subject_[std::string(subject)] = data.id;
        order_.push_back(data.id);
        if (order_.size() <= kNewMaxKeys) return;
        forget(order_.front());
        order_.pop_front();
    }
    void forget(Id128 id) {
        const auto found = by_id_.find(id);
        if (found == by_id_.end()) return;
        const auto newest = by_subject_.find(found->second.subject);
        if (newest != by_subject_.end() && newest->second == id) by_subject_.erase(newest);
        OPENSSL_cleanse(found->second.data.key.data(), found->second.data.key.size());
        by_id_.erase(found);
    }

private:
    struct Entry {
        DataKey data;
        Bytes wrapped;
        std::string subject;
    };

    std::unordered_map<Id128, Entry> by_id_;
    std::unordered_map<std::string, Id128> by_subject_;
    std::deque<Id128> order_;  // of their making; some of them are forgotten
};

}  // namespace

struct Sealer::Inside {
    Inside(const Key256& master, std::shared_ptr<KeyStore> store)
        : wrapping(derive(master, kWrapLabel)),
          hash(derive(master, kHashLabel)),
          keys(std::move(store)) {}
    ~Inside() { OPENSSL_cleanse(wrapping.data(), wrapping.size()); }

    Bytes wrap(const DataKey& key) const;
    Result<Key256> unwrap(const KeyStore::WrappedKey& wrapped) const;
    std::optional<DataKey> kept_for(std::string_view subject);
    void keep(std::string_view subject, const DataKey& key);
    void make_known(Id128 id);
    std::uint64_t kept_so_far() const {
        const std::lock_guard lock(new_mutex);
        return kept;
    }
    Result<DataKey> key_for_sealing(std::string_view subject);
    Result<std::optional<Key256>> key_for_opening(Id128 id);

    Key256 wrapping;
    KeyedHash hash;
    std::shared_ptr<KeyStore> keys;  // null where only the keyed hash is wanted
    // One subject's key is looked up and made by one thread at a time; making it waits for the
    // store, so others go on meanwhile.
    std::mutex& of(std::string_view subject) {
        return subject_mutexes[std::hash<std::string_view>()(subject) % subject_mutexes.size()];
    }

    std::array<std::mutex, 64> subject_mutexes;
    std::mutex cache_mutex;
    KeyCache cache;
    mutable std::mutex new_mutex;
    NewKeys fresh;
    std::uint64_t kept = 0;  // new keys that came into the store
};

Bytes Sealer::Inside::wrap(const DataKey& key) const {
    Bytes id;
    put_id(id, key.id);
    Bytes wrapped;
    encrypt(wrapping, id, key.key, wrapped);
    return wrapped;
}

Result<Key256> Sealer::Inside::unwrap(const KeyStore::WrappedKey& wrapped) const {
    Bytes id;
    put_id(id, wrapped.id);
    std::optional<Bytes> plain = decrypt(wrapping, id, wrapped.wrapped);
    Key256 key{};
    if (!plain || plain->size() != key.size())
        return error(
            "a data key can't be unwrapped: the master key is not this ledger's, or the key store "
            "is damaged; give the right master key or restore the key store");
    std::copy(plain->begin(), plain->end(), key.begin());
    OPENSSL_cleanse(plain->data(), plain->size());
    return key;
}

// The store is asked even for a key in memory: another thread or node may have destroyed it, and
// what is sealed under a destroyed key can never be read again.
Result<DataKey> Sealer::Inside::key_for_sealing(std::string_view subject) {
    LEDGER_CHECK(keys != nullptr);
    const std::lock_guard lock(of(subject));
    std::uint64_t looked_at = kept_so_far();
    if (const std::optional<DataKey> cached = kept_for(subject)) {
        const auto stored = keys->find(cached->id);
        if (!stored) return stored.error();
        if (*stored) return *cached;
        const std::lock_guard cache_lock(cache_mutex);
        cache.forget(cached->id);
    }
    auto wrapped = keys->find(subject);
    while (wrapped && !*wrapped) {
        {
            const std::lock_guard new_lock(new_mutex);
            if (const auto made = fresh.of(subject)) return *made;
            if (looked_at == kept) {
                const DataKey made{random_id(), random_key()};
                fresh.add(subject, made, wrap(made));
                return made;
            }
            looked_at = kept;
        }
        // A new key came into the store since it was asked, and this subject's may be it.
        wrapped = keys->find(subject);
    }
    if (!wrapped) return wrapped.error();
    const auto key = unwrap(**wrapped);
    if (!key) return key.error();
    keep(subject, {(*wrapped)->id, *key});
    return DataKey{(*wrapped)->id, *key};
}

std::optional<DataKey> Sealer::Inside::kept_for(std::string_view subject) {
    const std::lock_guard lock(cache_mutex);
    const std::optional<Id128> id = cache.by_subject(subject);
    const std::optional<Key256> key = id ? cache.by_id(*id) : std::nullopt;
    return key ? std::optional<DataKey>(DataKey{*id, *key}) : std::nullopt;
}

// It is in the store from now on.
void Sealer::Inside::make_known(Id128 id) {
    std::string subject;
    std::optional<Key256> key;
    {
        const std::lock_guard lock(new_mutex);
        key = fresh.by_id(id);
        if (!key) return;
        subject = fresh.subject_of(id);
        fresh.forget(id);
        ++kept;
    }
    keep(subject, {id, *key});
}

void Sealer::Inside::keep(std::string_view subject, const DataKey& key) {
    const std::lock_guard lock(cache_mutex);
    cache.keep(subject, key.id, key.key);
}

Result<std::optional<Key256>> Sealer::Inside::key_for_opening(Id128 id) {
    LEDGER_CHECK(keys != nullptr);
    {
        const std::lock_guard lock(new_mutex);
        if (const auto key = fresh.by_id(id)) return key;
    }
    const auto wrapped = keys->find(id);
    if (!wrapped) return wrapped.error();
    {
        const std::lock_guard lock(cache_mutex);
        if (!*wrapped)
            cache.forget(id);
        else if (const auto key = cache.by_id(id))
            return key;
    }
    if (!*wrapped) {
        const auto destroyed = keys->was_destroyed(id);
        if (!destroyed) return destroyed.error();
        if (*destroyed) return std::optional<Key256>();
        Error lost = error("the data key " + to_hex(id) +
                           " of a sealed text is not in the key store and was never destroyed: it "
                           "was lost; put the right key store back");
        lost.key_lost = true;
        return lost;
    }
    const auto key = unwrap(**wrapped);
    if (!key) return key.error();
    keep({}, {id, *key});
    return std::optional<Key256>(*key);
}

Sealer::Sealer(const Key256& master, std::shared_ptr<KeyStore> keys)
    : inside_(std::make_unique<Inside>(master, std::move(keys))) {}

Sealer::~Sealer() = default;

Result<Bytes> Sealer::seal(std::string_view subject, std::string_view text,
                           std::string_view found_as) {
    const auto key = inside_->key_for_sealing(subject);
    if (!key) return key.error();
    Bytes sealed;
    sealed.reserve(kSealedMinBytes + text.size());
    put_id(sealed, key->id);
    put_id(sealed, keyed_hash(view_of(found_as)));
    const Bytes label = sealed;
    encrypt(key->key, label, view_of(text), sealed);
    return sealed;
}

bool Sealer::is_new(Id128 key) const {
    const std::lock_guard lock(inside_->new_mutex);
    return inside_->fresh.by_id(key).has_value();
}

bool Sealer::has_new() const {
    const std::lock_guard lock(inside_->new_mutex);
    return !inside_->fresh.empty();
}

Result<void> Sealer::keep(std::span<const Id128> keys) {
    std::vector<KeyStore::NewKey> to_put;
    std::vector<Id128> others;
    {
        const std::lock_guard lock(inside_->new_mutex);
        for (const Id128 id : keys) {
            if (auto key = inside_->fresh.to_put(id))
                to_put.push_back(std::move(*key));
            else
                others.push_back(id);
        }
    }
    if (!to_put.empty())
        if (const auto put = inside_->keys->put_all(to_put); !put) return put;
    for (const KeyStore::NewKey& each : to_put) inside_->make_known(each.key.id);
    for (const Id128 id : others) {
        const auto found = inside_->keys->find(id);
        if (!found) return found.error();
        if (!*found)
            return error("the data key " + to_hex(id) +
                         " was given up before its entry was written; send the command again");
    }
    return {};
}

void Sealer::stop_waiting() {
    if (inside_->keys) inside_->keys->stop_waiting();
}

Result<std::optional<std::string>> Sealer::open(BytesView sealed) {
    if (sealed.size() < kSealedMinBytes)
        return error("a sealed field is too short to be one: the record or row is damaged");
    const auto key = inside_->key_for_opening(get_id(text_of(sealed)));
    if (!key) return key.error();
    if (!*key) return std::optional<std::string>();
    const std::optional<Bytes> plain =
        decrypt(**key, sealed.subspan(0, kLabelBytes), sealed.subspan(kLabelBytes));
    if (!plain) return error("a sealed field doesn't open: its bytes were changed");
    return std::optional<std::string>(text_of(*plain));
}

Id128 Sealer::keyed_hash(BytesView bytes) const { return inside_->hash(bytes); }

std::optional<Id128> lookup_of(BytesView sealed) {
    if (sealed.size() < kSealedMinBytes) return std::nullopt;
    return get_id(text_of(sealed.subspan(kIdBytes)));
}

std::optional<Id128> key_id_of(BytesView sealed) {
    if (sealed.size() < kSealedMinBytes) return std::nullopt;
    return get_id(text_of(sealed));
}

Id128 random_id() {
    std::array<std::uint8_t, kIdBytes> bytes;
    fill_random(bytes.data(), bytes.size());
    return get_id(text_of(bytes));
}

Key256 random_key() {
    Key256 key;
    fill_random(key.data(), key.size());
    return key;
}

}  // namespace ledger
