#include "events/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "events/open_file.h"

namespace ledger {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1024} * 1024;

Error failed(const std::string& path, const char* what) {
    const int failure = errno;
    const char* todo = failure == ENOSPC || failure == EDQUOT || failure == EFBIG
                           ? "; make room and do it again"
                           : "; see to the file's rights and disk";
    return error(path + " can't be " + what + ": " + std::strerror(failure) + todo);
}

bool write_all(int file, BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// Reads a file to its end in pieces. False: `piece` said so. Error: it can't be read.
template <typename Piece>
Result<bool> read_pieces(int file, const std::string& path, Piece piece) {
    Bytes memory(kPieceBytes);
    while (true) {
        const ssize_t read = ::read(file, memory.data(), memory.size());
        if (read < 0 && errno == EINTR) continue;
        if (read < 0) return failed(path, "read");
        if (read == 0) return true;
        if (!piece(BytesView(memory).first(static_cast<std::size_t>(read)))) return false;
    }
}

}  // namespace

Result<void> sync_folder(const std::string& path) {
    const OpenFile folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.descriptor) != 0) return failed(path, "synced to disk");
    return {};
}

Result<void> write_durably(const std::string& path, std::string_view text) {
    const std::string beside = path + ".part";
    const auto give_up = [&](const char* what) {
        Error why = failed(path, what);
        ::unlink(beside.c_str());
        return why;
    };
    {
        const OpenFile file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!file || !write_all(file.descriptor, view_of(text)) || ::fsync(file.descriptor) != 0)
            return give_up("written");
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) return give_up("put into place");
    return sync_folder(std::filesystem::absolute(path).parent_path().string());
}

Result<std::optional<std::string>> read_file(const std::string& path) {
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && (errno == ENOENT || errno == ENOTDIR)) return std::optional<std::string>{};
    if (!file) return failed(path, "read");
    std::string text;
    const auto read = read_pieces(file.descriptor, path, [&](BytesView piece) {
        text += text_of(piece);
        return true;
    });
    if (!read) return read.error();
    return std::optional<std::string>(std::move(text));
}

Result<Hash> copy_durably(const std::string& from, const std::string& to) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(to).parent_path(), ignored);
    const OpenFile source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    if (!source) return failed(from, "read");
    const OpenFile target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!target) return failed(to, "written");
    Sha256 hash;
    const auto copied = read_pieces(source.descriptor, from, [&](BytesView piece) {
        hash.add(piece);
        return write_all(target.descriptor, piece);
    });
    if (!copied) return copied.error();
    if (!*copied || ::fsync(target.descriptor) != 0) return failed(to, "written");
    if (const auto synced = sync_folder(std::filesystem::path(to).parent_path().string()); !synced)
        return synced.error();
    return hash.hash();
}

Result<Hash> hash_durably(const std::string& path) {
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return failed(path, "read");
    Sha256 hash;
    const auto read = read_pieces(file.descriptor, path, [&](BytesView piece) {
        hash.add(piece);
        return true;
    });
    if (!read) return read.error();
    if (::fsync(file.descriptor) != 0) return failed(path, "synced to disk");
    return hash.hash();
}

}  // namespace ledger
