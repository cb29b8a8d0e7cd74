// A ledger into which secrets were planted wherever one can come in, and the search for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/sandbox_ledger.h"
#include "tests/support/secret_search.h"

namespace ledger::tests {

inline constexpr const char* kPlantedEmail = "lee.planted@contoso.example";
inline constexpr const char* kPlantedKey = "W269N-PLANT-KEYMA-TERIA-L0001";
inline constexpr const char* kRefusedKey = "R3FUS-PLANT-KEYMA-TERIA-L0003";  // never accepted

const std::vector<std::string>& planted_secrets();

// Everything that takes a secret, accepted and refused, and everything done with it afterwards;
// read into the views.
void plant(Running& run);
// Another partner, whose legal name, which is kept as it is, is a secret.
void plant_in_the_clear(Running& run);

// What was found, and where: "views/partners, value: <secret> in hex".
class Finds {
public:
    void look(const std::string& where, std::string_view bytes);
    // The records of the log one by one: as they stand there, and as JSON with nothing opened.
    void look_into_records(const LedgerPlace& place);

    bool empty() const { return found_.empty(); }
    std::size_t size() const { return found_.size(); }
    bool any_in(std::string_view where) const;
    std::string text() const;

private:
    SecretSearch search_{planted_secrets()};
    std::vector<std::string> found_;
};

}  // namespace ledger::tests
