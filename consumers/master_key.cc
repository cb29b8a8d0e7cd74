#include "consumers/master_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "events/durable_file.h"
#include "events/open_file.h"

namespace ledger {
namespace {

std::string reason() { return std::strerror(errno); }

}  // namespace

std::string master_key_path(const std::string& directory) {
    return directory + "/" + kMasterKeyName;
}

Result<Key256> read_master_key(const std::string& directory) {
    const std::string path = master_key_path(directory);
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return error(kMasterKeyMissing, "the ledger's master key can't be read from " + path +
                                            " (" + reason() +
                                            "); copy it from a folder of this ledger that has it");
    struct stat facts {};
    if (::fstat(file.descriptor, &facts) != 0) return error(path + " can't be read: " + reason());
    if ((facts.st_mode & 077) != 0)
        return error(kMasterKeyUnfit,
                     "others may read the master key " + path + "; run: chmod 600 " + path);
    Key256 key;
    std::uint8_t beyond = 0;
    if (::read(file.descriptor, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::read(file.descriptor, &beyond, 1) != 0)
        return error(kMasterKeyUnfit,
                     path + " is no master key: it must have 32 bytes; put the right file back");
    return key;
}

bool has_master_key(const std::string& directory) {
    return ::access(master_key_path(directory).c_str(), F_OK) == 0;
}

Result<Key256> make_master_key(const std::string& directory) {
    const std::string path = master_key_path(directory);
    if (has_master_key(directory)) return error(path + " is there already");
    const Key256 key = random_key();
    const auto written = write_durably(path, text_of(BytesView(key)));
    if (!written) return written.error();
    return key;
}

void unmake_master_key(const std::string& directory) {
    ::unlink(master_key_path(directory).c_str());
}

}  // namespace ledger
