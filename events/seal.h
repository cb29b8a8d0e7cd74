// Sealing: personal data and secrets as they stand in commands, events and views. A sealed field is
//
//   key id           16 bytes
//   keyed hash       16 bytes, of the text as it is looked for
//   nonce            12 bytes
//   ciphertext       as many as the text has, AES-256-GCM; key id and hash are the additional data
//   tag              16 bytes
//
// Each subject (a person of a partner, a product key of it) has a data key of its own in the key
// store; destroying it erases every text sealed under it, wherever it stands, and the store
// remembers that it was destroyed: a key that is missing without that was lost, or the store is not
// the one it should be.
//
// A new subject's key is in memory alone until something that was sealed under it is about to be
// handed to the log: what is refused leaves no key behind. So it is durable before the entry that
// needs it is, and a crash in between leaves a key that nothing needs.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"
#include "events/sha256.h"

namespace ledger {

using Key256 = std::array<std::uint8_t, 32>;

// Where data keys are kept, wrapped by the master key. Port; adapters stand beside the logs.
class KeyStore {
public:
    virtual ~KeyStore() = default;

    struct WrappedKey {
        Id128 id;
        Bytes wrapped;  // nonce, ciphertext, tag under the master key
    };

    // The subject's key, if it has one and it was not destroyed.
    virtual Result<std::optional<WrappedKey>> find(std::string_view subject) = 0;
    virtual Result<std::optional<WrappedKey>> find(Id128 id) = 0;
    // Whether a key that isn't there was destroyed, which is remembered for ever.
    virtual Result<bool> was_destroyed(Id128 id) = 0;
    struct NewKey {
        std::string subject;
        WrappedKey key;
    };

    // All of them are durable when it returns; some may be after an Error. As often as one likes.
    // Two nodes may each put a key for one subject: both stay and both open what they sealed.
    virtual Result<void> put_all(std::span<const NewKey> keys) = 0;
    Result<void> put(std::string_view subject, const WrappedKey& key) {
        const NewKey one{std::string(subject), key};
        return put_all({&one, 1});
    }
    // Destroys every key of the subject. Durable when it returns.
    virtual Result<void> destroy(std::string_view subject) = 0;

    // From now on nothing waits for a store that doesn't answer, nor what waits already: the
    // process is to end. Any thread.
    virtual void stop_waiting() {}
};

// Seals and opens. Keeps unwrapped keys in memory, at most a bounded number. Thread-safe.
class Sealer {
public:
    // `master` wraps data keys; the ledger's keyed hash is derived from it too (HKDF-SHA-256).
    Sealer(const Key256& master, std::shared_ptr<KeyStore> keys);
    ~Sealer();

    // Makes the subject's data key, in memory, if it has none. `found_as` is what the keyed hash is
    // taken over: the text as it is looked for. An Error with `no_answer`: the store may answer
    // later.
    Result<Bytes> seal(std::string_view subject, std::string_view text, std::string_view found_as);
    Result<Bytes> seal(std::string_view subject, std::string_view text) {
        return seal(subject, text, text);
    }

    // Whether the key, or any key, is in memory alone.
    bool is_new(Id128 key) const;
    bool has_new() const;
    // Makes these data keys durable, if they aren't yet; may wait for the store. Error: some may
    // not be, and what was sealed under them must not be handed to the log.
    Result<void> keep(std::span<const Id128> keys);

    // The text; nothing when its key was destroyed. Error: the bytes are no sealed text, or not
    // this ledger's, or the key was lost (Error::key_lost).
    Result<std::optional<std::string>> open(BytesView sealed);

    // As KeyStore::stop_waiting.
    void stop_waiting();

    // Keyed hash for look-ups and command fingerprints: equal input, equal hash, on every node of
    // the ledger.
    Id128 keyed_hash(BytesView bytes) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// The keyed hash inside a sealed field; nothing when the bytes are too short to be one.
std::optional<Id128> lookup_of(BytesView sealed);

// The id of the data key that it was sealed under; nothing when the bytes are too short to be one.
std::optional<Id128> key_id_of(BytesView sealed);

// 128 or 256 bits of the operating system's randomness.
Id128 random_id();
Key256 random_key();

}  // namespace ledger
