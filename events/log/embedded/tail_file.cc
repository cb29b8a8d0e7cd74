#include "events/log/embedded/tail_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "events/store/disk_failure.h"

namespace ledger::log {
namespace {

constexpr std::size_t kSlotBytes = 32;
constexpr std::string_view kMagic = "BLT1";

std::string slot_of(std::uint32_t partition, const TailMark& mark) {
    std::string slot(kMagic);
    put_big_endian(slot, partition);
    put_big_endian(slot, mark.end);
    put_big_endian(slot, mark.last_digest);
    put_big_endian(slot, record_digest(view_of(slot)));
    return slot;
}

std::optional<TailMark> mark_of(std::uint32_t partition, std::string_view slot) {
    TailMark mark;
    mark.end = get_big_endian<std::uint64_t>(slot.substr(8, 8));
    mark.last_digest = get_big_endian<std::uint64_t>(slot.substr(16, 8));
    if (slot != slot_of(partition, mark)) return std::nullopt;
    return mark;
}

Error failed(const std::string& path, const char* what) {
    return error(
        fmt::format("the tail file {} can't be {}: {}; see to the folder's rights and disk", path,
                    what, std::strerror(errno)));
}

}  // namespace

std::uint64_t record_digest(BytesView bytes) {
    // Words through the finalizer of MurmurHash3; cheap, and every bit counts.
    std::uint64_t digest = 0x9e3779b97f4a7c15ULL ^ bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += 8) {
        std::uint64_t word = 0;
        for (std::size_t i = at; i < bytes.size() && i < at + 8; ++i) word = word << 8 | bytes[i];
        digest ^= word;
        digest = (digest ^ (digest >> 33)) * 0xff51afd7ed558ccdULL;
        digest = (digest ^ (digest >> 33)) * 0xc4ceb9fe1a85ec53ULL;
        digest ^= digest >> 33;
    }
    return digest;
}

TailFile::~TailFile() {
    if (file_ >= 0) ::close(file_);
}

TailFile::TailFile(TailFile&& other) noexcept { *this = std::move(other); }

TailFile& TailFile::operator=(TailFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    std::swap(read_only_, other.read_only_);
    std::swap(slots_, other.slots_);
    std::swap(marks_, other.marks_);
    std::swap(damaged_, other.damaged_);
    return *this;
}

Result<TailFile> TailFile::open(const std::string& path, std::uint32_t partitions) {
    TailFile tail;
    tail.path_ = path;
    tail.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (tail.file_ < 0 && (errno == EROFS || errno == EACCES || errno == EPERM)) {
        tail.read_only_ = true;
        tail.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (tail.file_ < 0 && errno == ENOENT) {
            tail.slots_.assign(partitions * kSlotBytes, '\0');
            tail.marks_.resize(partitions);
            return tail;
        }
    }
    if (tail.file_ < 0) return failed(path, "opened");
    tail.slots_.assign(partitions * kSlotBytes, '\0');
    std::size_t read = 0;
    while (read < tail.slots_.size()) {
        const ssize_t some = ::pread(tail.file_, tail.slots_.data() + read,
                                     tail.slots_.size() - read, static_cast<off_t>(read));
        if (some < 0 && errno == EINTR) continue;
        if (some < 0) return failed(path, "read");
        if (some == 0) break;
        read += static_cast<std::size_t>(some);
    }
    const std::string unwritten(kSlotBytes, '\0');
    tail.marks_.resize(partitions);
    for (std::uint32_t partition = 0; partition < partitions; ++partition) {
        const std::string_view slot =
            std::string_view(tail.slots_).substr(partition * kSlotBytes, kSlotBytes);
        const bool cut = read > 0 && read < (partition + 1) * kSlotBytes;
        if (!cut && slot == unwritten) continue;
        tail.marks_[partition] = mark_of(partition, slot);
        if (!tail.marks_[partition]) tail.damaged_.push_back(partition);
    }
    return tail;
}

void TailFile::set(std::uint32_t partition, const TailMark& mark) {
    slots_.replace(partition * kSlotBytes, kSlotBytes, slot_of(partition, mark));
}

bool TailFile::write() {
    if (read_only_) return false;
    std::size_t written = 0;
    while (written < slots_.size()) {
        const ssize_t some = ::pwrite(file_, slots_.data() + written, slots_.size() - written,
                                      static_cast<off_t>(written));
        if (some < 0 && errno == EINTR) continue;
        if (some < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) return false;
        if (some < 0) store::end_process_after_disk_failure(path_, std::strerror(errno));
        written += static_cast<std::size_t>(some);
    }
    return true;
}

}  // namespace ledger::log
