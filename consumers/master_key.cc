#include "consumers/master_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "events/durable_file.h"

namespace ledger {
namespace {

std::string path_of(const std::string& directory) { return directory + "/master.key"; }

std::string reason() { return std::strerror(errno); }

// Closes a file descriptor at the end of its scope.
struct File {
    explicit File(int number) : descriptor(number) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor >= 0) ::close(descriptor);
    }
    int descriptor;
};

Result<void> write_whole(const std::string& path, const Key256& key) {
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.descriptor < 0)
        return error("the master key can't be written to " + path + ": " + reason());
    if (::write(file.descriptor, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::fsync(file.descriptor) != 0)
        return error("the master key can't be written to " + path + ": " + reason());
    return {};
}

}  // namespace

Result<Key256> read_master_key(const std::string& directory) {
    const std::string path = path_of(directory);
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.descriptor < 0)
        return error("the ledger's master key can't be read from " + path + " (" + reason() +
                     "); copy it from a folder of this ledger that has it");
    struct stat facts {};
    if (::fstat(file.descriptor, &facts) != 0) return error(path + " can't be read: " + reason());
    if ((facts.st_mode & 077) != 0)
        return error("others may read the master key " + path + "; run: chmod 600 " + path);
    Key256 key;
    std::uint8_t beyond = 0;
    if (::read(file.descriptor, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::read(file.descriptor, &beyond, 1) != 0)
        return error(path + " is no master key: it must have 32 bytes; put the right file back");
    return key;
}

Result<MasterKey> find_or_make_master_key(const std::string& directory) {
    const std::string path = path_of(directory);
    if (::access(path.c_str(), F_OK) == 0) {
        const auto key = read_master_key(directory);
        if (!key) return key.error();
        return MasterKey{*key, false};
    }
    // Written beside and linked into place: another process sees all of it or nothing, and the
    // first one wins.
    const Key256 key = random_key();
    const std::string beside = path + "." + to_hex(random_id());
    if (const auto written = write_whole(beside, key); !written) return written.error();
    const bool linked = ::link(beside.c_str(), path.c_str()) == 0;
    const bool other_won = !linked && errno == EEXIST;
    const std::string why = reason();
    ::unlink(beside.c_str());
    if (linked) {
        // What is sealed from now on can be read with this key only.
        if (const auto synced = sync_folder(directory); !synced) return synced.error();
        return MasterKey{key, true};
    }
    if (!other_won) return error("the master key can't be put at " + path + ": " + why);
    const auto theirs = read_master_key(directory);
    if (!theirs) return theirs.error();
    return MasterKey{*theirs, false};
}

void remove_master_key(const std::string& directory) { ::unlink(path_of(directory).c_str()); }

}  // namespace ledger
