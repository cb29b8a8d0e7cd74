// Looks for planted secrets in bytes, in every form in which they might slip out: as they are, in
// hex, in base64 (plain and for addresses, at any of its three alignments), in UTF-16 of either
// order, with what is not ASCII escaped as in JSON, and as the bytes or hex of a plain SHA-256,
// which gives an e-mail address away to whoever can guess it. ASCII letters match in either case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ledger::tests {

class SecretSearch {
public:
    // Each at least 8 bytes, UTF-8; shorter ones would be found by chance.
    explicit SecretSearch(const std::vector<std::string>& secrets);

    // The forms found, e.g. "kim@contoso.example in base64"; none is what one hopes for.
    std::vector<std::string> find(std::string_view bytes) const;

    // All forms of one secret, for tests of the search itself.
    struct Form {
        std::string name;
        std::string bytes;
        bool any_case = false;  // `bytes` are in lower case then
    };
    static std::vector<Form> forms_of(std::string_view secret);

private:
    struct Sought {
        std::string secret;
        Form form;
    };
    std::vector<Sought> sought_;
};

}  // namespace ledger::tests
