// A seal that hides nothing from a test: the form of seal.h with the text turned over instead of
// encrypted, another nonce each time, and a note of every subject and text it was asked for.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/json/decode.h"
#include "events/json/encode.h"
#include "events/sha256.h"

namespace ledger::json {

class FakeSeal {
public:
    SealText seal() {
        return [this](std::string_view subject, std::string_view text,
                      std::string_view found_as) -> Result<Bytes> {
            asked.emplace_back(subject, text);
            const Hash key = sha256(view_of(subject)), hash = sha256(view_of(found_as));
            Bytes sealed(key.begin(), key.begin() + 16);
            sealed.insert(sealed.end(), hash.begin(), hash.begin() + 16);
            sealed.resize(sealed.size() + 12, static_cast<std::uint8_t>(asked.size()));
            for (const char c : text) sealed.push_back(static_cast<std::uint8_t>(~c));
            sealed.resize(sealed.size() + 16);
            return sealed;
        };
    }

    OpenText open() const {
        return [this](BytesView sealed) -> Result<std::optional<std::string>> {
            if (sealed.size() < 60) return error("no sealed text");
            if (erased) return std::optional<std::string>();
            if (key_lost) {
                Error lost = error("its key was lost");
                lost.key_lost = true;
                return lost;
            }
            std::string text;
            for (const std::uint8_t byte : sealed.subspan(44, sealed.size() - 60))
                text.push_back(static_cast<char>(~byte));
            return std::optional<std::string>(text);
        };
    }

    bool erased = false;    // every key was destroyed
    bool key_lost = false;  // every key is missing
    std::vector<std::pair<std::string, std::string>> asked;
};

}  // namespace ledger::json
