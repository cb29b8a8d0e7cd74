// A file descriptor, closed at the end of its scope.
#pragma once

#include <unistd.h>

#include <utility>

namespace ledger {

struct OpenFile {
    explicit OpenFile(int number = -1) : descriptor(number) {}  // takes it over; < 0: none
    OpenFile(OpenFile&& other) noexcept : descriptor(std::exchange(other.descriptor, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(descriptor, other.descriptor);
        return *this;
    }
    ~OpenFile() {
        if (descriptor >= 0) ::close(descriptor);
    }
    explicit operator bool() const { return descriptor >= 0; }

    int descriptor;
};

}  // namespace ledger
