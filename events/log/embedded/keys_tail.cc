#include "events/log/embedded/keys_tail.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "events/log/embedded/tail_file.h"
#include "events/open_file.h"

namespace ledger::log {
namespace {

constexpr std::size_t kTailBytes = 56;
constexpr std::string_view kKeysMagic = "BLK1";
constexpr std::uint32_t kChangePut = 1;
constexpr std::uint32_t kChangeDestroyed = 2;

std::string tail_of(Id128 ledger, const KeyChange& change) {
    std::string tail(kKeysMagic);
    put_big_endian(tail, change.destroyed ? kChangeDestroyed : kChangePut);
    put_big_endian(tail, ledger);
    put_big_endian(tail, change.key);
    put_big_endian(tail, change.number);
    put_big_endian(tail, record_digest(view_of(tail)));
    return tail;
}

}  // namespace

KeysTail::Found KeysTail::read(Id128 ledger, KeyChange& change) const {
    const OpenFile file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return Found::none;
    std::array<char, kTailBytes> bytes{};
    const ssize_t count = ::pread(file.descriptor, bytes.data(), bytes.size(), 0);
    const std::string_view tail(bytes.data(), kTailBytes);
    const KeyChange said{get_id(tail.substr(24)),
                         get_big_endian<std::uint32_t>(tail.substr(4, 4)) == kChangeDestroyed,
                         get_big_endian<std::uint64_t>(tail.substr(40, 8))};
    const Id128 whose = get_id(tail.substr(8));
    if (count != static_cast<ssize_t>(kTailBytes) || tail != tail_of(whose, said))
        return Found::damaged;
    if (whose != ledger) return Found::of_another_ledger;
    change = said;
    return Found::ours;
}

void KeysTail::write(Id128 ledger, const KeyChange& change) const {
    const OpenFile file(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (!file) return;
    const std::string tail = tail_of(ledger, change);
    // In place and in one go: what fails leaves the older one, or a damaged one, which says so.
    [[maybe_unused]] const ssize_t written = ::pwrite(file.descriptor, tail.data(), tail.size(), 0);
}

}  // namespace ledger::log
