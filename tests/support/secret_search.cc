#include "tests/support/secret_search.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "events/bytes.h"
#include "events/check.h"
#include "events/sha256.h"

namespace ledger::tests {
namespace {

constexpr std::size_t kSecretMinBytes = 8;
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Address =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string lower(std::string_view text) {
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return low;
}

std::string hex(std::string_view bytes) {
    std::string digits;
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        digits += kHexDigits[byte >> 4];
        digits += kHexDigits[byte & 15];
    }
    return digits;
}

// What stands in base64 for sure when `before` bytes come before the text in its group of three:
// digits that other bytes have a part in are left out.
std::string base64(std::string_view text, std::size_t before, std::string_view digits) {
    const std::string padded = std::string(before, '\0') + std::string(text);
    std::string coded;
    for (std::size_t bit = 0; bit + 6 <= padded.size() * 8; bit += 6) {
        const auto high = static_cast<std::uint8_t>(padded[bit / 8]);
        const auto low =
            bit / 8 + 1 < padded.size() ? static_cast<std::uint8_t>(padded[bit / 8 + 1]) : 0;
        const auto both = static_cast<std::uint32_t>(high << 8 | low);
        if (bit >= before * 8) coded += digits[both >> (10 - bit % 8) & 63];
    }
    return coded;
}

// The code points of UTF-8 that is right.
std::vector<std::uint32_t> code_points(std::string_view text) {
    std::vector<std::uint32_t> points;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte < 0x80)
            points.push_back(byte);
        else if (byte >= 0xC0)
            points.push_back(byte & (byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07));
        else
            points.back() = points.back() << 6 | (byte & 0x3F);
    }
    return points;
}

std::vector<std::uint16_t> utf16(std::string_view text) {
    std::vector<std::uint16_t> units;
    for (const std::uint32_t point : code_points(text)) {
        if (point < 0x10000) {
            units.push_back(static_cast<std::uint16_t>(point));
            continue;
        }
        units.push_back(static_cast<std::uint16_t>(0xD800 + ((point - 0x10000) >> 10)));
        units.push_back(static_cast<std::uint16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
    }
    return units;
}

std::string utf16_bytes(std::string_view text, bool little) {
    std::string bytes;
    for (const std::uint16_t unit : utf16(text)) {
        const char high = static_cast<char>(unit >> 8);
        const char low = static_cast<char>(unit & 0xFF);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

std::string json_escaped(std::string_view text) {
    std::string escaped;
    for (const std::uint16_t unit : utf16(text)) {
        if (unit < 0x80) {
            escaped += static_cast<char>(unit);
            continue;
        }
        escaped += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4) escaped += kHexDigits[unit >> shift & 15];
    }
    return escaped;
}

std::string plain_hash(std::string_view text) {
    const Hash hash =
        sha256(BytesView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    return std::string(hash.begin(), hash.end());
}

bool contains(std::string_view bytes, std::string_view sought) {
    // memmem takes no null, which an empty value has for its place.
    return sought.size() <= bytes.size() &&
           memmem(bytes.data(), bytes.size(), sought.data(), sought.size()) != nullptr;
}

}  // namespace

std::vector<SecretSearch::Form> SecretSearch::forms_of(std::string_view secret) {
    const std::string low = lower(secret);
    std::vector<Form> forms{{"as it is", low, true},
                            {"in UTF-16, little end first", lower(utf16_bytes(secret, true)), true},
                            {"in UTF-16, big end first", lower(utf16_bytes(secret, false)), true}};
    const std::string escaped = lower(json_escaped(secret));
    if (escaped != low) forms.push_back({"escaped as in JSON", escaped, true});
    // E-mail addresses are made lower-case before they are sealed: both may slip out.
    std::vector<std::string> texts{std::string(secret)};
    if (low != secret) texts.push_back(low);
    for (const std::string& text : texts) {
        // A hash is cut to 128 bits wherever the ledger keeps one.
        const std::string hash = plain_hash(text).substr(0, 16);
        forms.push_back({"in hex", hex(text), true});
        forms.push_back({"by its plain SHA-256", hash, false});
        forms.push_back({"by its plain SHA-256 in hex", hex(hash), true});
        for (std::size_t before = 0; before < 3; ++before) {
            forms.push_back({"in base64", base64(text, before, kBase64), false});
            forms.push_back(
                {"in base64 for addresses", base64(text, before, kBase64Address), false});
        }
    }
    return forms;
}

SecretSearch::SecretSearch(const std::vector<std::string>& secrets) {
    for (const std::string& secret : secrets) {
        LEDGER_CHECK(secret.size() >= kSecretMinBytes);
        for (Form& form : forms_of(secret)) sought_.push_back({secret, std::move(form)});
    }
}

std::vector<std::string> SecretSearch::find(std::string_view bytes) const {
    std::vector<std::string> found;
    const std::string low = lower(bytes);
    for (const Sought& sought : sought_)
        if (contains(sought.form.any_case ? std::string_view(low) : bytes, sought.form.bytes))
            found.push_back(sought.secret + " " + sought.form.name);
    return found;
}

}  // namespace ledger::tests
