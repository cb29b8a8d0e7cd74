// The key store of an embedded ledger: a store in DIR/keys, every change synced. Thread-safe.
//
// destroy() removes the keys from every file of the store before it returns: write buffer, sorted
// files and write-ahead logs are rewritten or deleted. What it can't reach: blocks of deleted files
// that the disk hasn't overwritten yet, snapshots of the file system, and backups. All of them hold
// the key wrapped, so they are of no use without the master key. The subject's name may stay in
// RocksDB's MANIFEST until that is written anew, at the next opening.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/key_list.h"
#include "events/seal.h"

namespace ledger::log {

class EmbeddedKeyStore : public KeyStore, public KeyList {
public:
    // Opens the store of an existing ledger. One that is missing, damaged, another ledger's or
    // older than its witness (keys_tail.h) is opened all the same, as far as it can be, with a
    // doubt(): what it holds is found, and it takes no change. Error: another process has it, or
    // the disk is full.
    static Result<std::unique_ptr<EmbeddedKeyStore>> open(const std::string& folder, Id128 ledger);
    // Makes an empty store of that ledger, or takes over one that holds nothing. For the creation
    // of a ledger only. Error: it holds keys of another ledger.
    static Result<std::unique_ptr<EmbeddedKeyStore>> create(const std::string& folder,
                                                            Id128 ledger);
    ~EmbeddedKeyStore() override;

    Result<std::optional<WrappedKey>> find(std::string_view subject) override;
    Result<std::optional<WrappedKey>> find(Id128 id) override;
    Result<bool> was_destroyed(Id128 id) override;
    Result<void> put_all(std::span<const NewKey> keys) override;
    Result<void> destroy(std::string_view subject) override;
    Result<void> each(const Visit& visit) override;
    Result<void> each_destroyed(const VisitDestroyed& visit) override;
    Result<void> put_destroyed(Id128 id) override;
    std::optional<KeyChange> newest() const override;
    Result<bool> has(const KeyChange& change) override;
    std::optional<Error> doubt() const override;
    void cast_doubt(const Error& why) override;

    // What was found and mended at opening, a sentence each.
    const std::vector<std::string>& notes() const;

    // Copies the store as it is now into `folder`/keys, which must not be there. A key that is
    // destroyed later stays in the copy, wrapped. Its witness is not copied: opening the copy makes
    // it.
    Result<void> copy_to(const std::string& folder) const;

private:
    struct Inside;
    explicit EmbeddedKeyStore(std::unique_ptr<Inside> inside);

    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::log
