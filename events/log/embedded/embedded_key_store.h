// The key store of an embedded ledger: a RocksDB in DIR/keys, every change synced. Thread-safe.
//
// destroy() removes the keys from every file of the store before it returns: write buffer, sorted
// files and write-ahead logs are rewritten or deleted. What it can't reach: blocks of deleted files
// that the disk hasn't overwritten yet, snapshots of the file system, and backups. All of them hold
// the key wrapped, so they are of no use without the master key. The subject's name may stay in
// RocksDB's MANIFEST until that is written anew, at the next opening.
#pragma once

#include <memory>
#include <string>

#include "events/key_list.h"
#include "events/seal.h"

namespace ledger::log {

class EmbeddedKeyStore : public KeyStore, public KeyList {
public:
    // Opens the store of an existing ledger. A missing one is an error: a new one in its place
    // would make everything sealed look erased.
    static Result<std::unique_ptr<EmbeddedKeyStore>> open(const std::string& folder);
    // Opens the store, or makes an empty one. For the creation of a ledger only.
    static Result<std::unique_ptr<EmbeddedKeyStore>> create(const std::string& folder);
    ~EmbeddedKeyStore() override;

    Result<std::optional<WrappedKey>> find(std::string_view subject) override;
    Result<std::optional<WrappedKey>> find(Id128 id) override;
    Result<void> put(std::string_view subject, const WrappedKey& key) override;
    Result<void> destroy(std::string_view subject) override;
    Result<void> each(const Visit& visit) override;

    // Copies the store as it is now into `folder`/keys, which must not be there. A key that is
    // destroyed later stays in the copy, wrapped.
    Result<void> copy_to(const std::string& folder) const;

private:
    struct Inside;
    explicit EmbeddedKeyStore(std::unique_ptr<Inside> inside);

    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::log
