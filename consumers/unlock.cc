#include "consumers/unlock.h"

#include <fcntl.h>
#include <unistd.h>

#include "consumers/master_key.h"

namespace ledger {
namespace {

class SilentKeys : public KeyStore {
public:
    explicit SilentKeys(Error error) : error_(std::move(error)) {}

    Result<std::optional<WrappedKey>> find(std::string_view) override { return error_; }
    Result<std::optional<WrappedKey>> find(Id128) override { return error_; }
    Result<bool> was_destroyed(Id128) override { return error_; }
    Result<void> put(std::string_view, const WrappedKey&) override { return error_; }
    Result<void> destroy(std::string_view) override { return error_; }

private:
    Error error_;
};

bool may_read(const std::string& path) {
    return ::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) == 0;
}

}  // namespace

Id128 key_check(const Sealer& sealer, Id128 ledger) {
    return sealer.keyed_hash(view_of("ledger " + to_hex(ledger)));
}

std::shared_ptr<KeyStore> silent_keys(Error error) {
    return std::make_shared<SilentKeys>(std::move(error));
}

Result<void> unlock(Ledger& ledger) {
    const std::string& directory = ledger.place.directory;
    const auto master = read_master_key(directory);
    if (!master && may_read(master_key_path(directory))) return master.error();
    if (!master) {
        ledger.no_key = master.error();
        if (!ledger.closed) ledger.closed = ledger.no_key;
        ledger.notes.push_back(ledger.no_key->message +
                               "; what is sealed stays so, and nothing is written");
        // Of a key that nobody has, so that no hash of it is found and nothing it opens is shown.
        ledger.sealer = std::make_unique<Sealer>(random_key(), silent_keys(master.error()));
        return {};
    }
    ledger.sealer = std::make_unique<Sealer>(*master, ledger.keys);
    const Id128 check = id_of(*decode_record(ledger.genesis.front()).genesis->key_check());
    if (key_check(*ledger.sealer, ledger.id) != check)
        return error(kMasterKeyOfAnother,
                     "the master key in " + directory + " is not the one of ledger " +
                         to_hex(ledger.id) +
                         "; copy master.key from a folder of this ledger that has it");
    return {};
}

}  // namespace ledger
