#include "events/log/embedded/keys_tail.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "events/log/embedded/tail_file.h"

namespace ledger::log {
namespace {

constexpr std::size_t kTailBytes = 56;
constexpr std::string_view kKeysMagic = "BLK1";
constexpr std::uint32_t kChangePut = 1;
constexpr std::uint32_t kChangeDestroyed = 2;

void put_id(std::string& out, Id128 id) {
    put_big_endian(out, id.high);
    put_big_endian(out, id.low);
}

Id128 id_at(std::string_view in, std::size_t at) {
    return {get_big_endian<std::uint64_t>(in.substr(at, 8)),
            get_big_endian<std::uint64_t>(in.substr(at + 8, 8))};
}

std::string tail_of(Id128 ledger, const KeyChange& change) {
    std::string tail(kKeysMagic);
    put_big_endian(tail, change.destroyed ? kChangeDestroyed : kChangePut);
    put_id(tail, ledger);
    put_id(tail, change.key);
    put_big_endian(tail, change.number);
    put_big_endian(tail, record_digest(view_of(tail)));
    return tail;
}

}  // namespace

KeysTail::Found KeysTail::read(Id128 ledger, KeyChange& change) const {
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return Found::none;
    std::array<char, kTailBytes> bytes{};
    const ssize_t count = ::pread(file, bytes.data(), bytes.size(), 0);
    ::close(file);
    const std::string_view tail(bytes.data(), kTailBytes);
    const KeyChange said{id_at(tail, 24),
                         get_big_endian<std::uint32_t>(tail.substr(4, 4)) == kChangeDestroyed,
                         get_big_endian<std::uint64_t>(tail.substr(40, 8))};
    const Id128 whose = id_at(tail, 8);
    if (count != static_cast<ssize_t>(kTailBytes) || tail != tail_of(whose, said))
        return Found::damaged;
    if (whose != ledger) return Found::of_another_ledger;
    change = said;
    return Found::ours;
}

void KeysTail::write(Id128 ledger, const KeyChange& change) const {
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    const std::string tail = tail_of(ledger, change);
    // In place and in one go: what fails leaves the older one, or a damaged one, which says so.
    [[maybe_unused]] const ssize_t written = ::pwrite(file, tail.data(), tail.size(), 0);
    ::close(file);
}

}  // namespace ledger::log
