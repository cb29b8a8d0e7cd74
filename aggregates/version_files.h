// Policy and catalogue versions as operators keep them, in files: a version as JSON, or a list of
// several. All that is wrong is told at once, each fault with its file and its place in there.
// Pure: whoever reads the files brings their texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/date.h"
#include "events/result.h"
#include "policy_generated.h"

namespace ledger {

// What is wrong with a version, beside the faults of its form (json/read.h).
inline constexpr ErrorCode kVersionMissing{"version.missing"};         // a hole in the numbers
inline constexpr ErrorCode kVersionTwice{"version.twice"};             // two of one number
inline constexpr ErrorCode kVersionsOverlap{"effective.overlaps"};     // two of one day
inline constexpr ErrorCode kDatesBackwards{"effective.backwards"};     // before a lower number's
inline constexpr ErrorCode kEffectivePast{"effective.past"};           // before the ledger's day
inline constexpr ErrorCode kNotTheLedgers{"version.not-the-ledgers"};  // published with other words
inline constexpr ErrorCode kRolesNone{"roles.none"};                   // nobody could do it
inline constexpr ErrorCode kPeriodOpen{"period.open"};  // from without to, or without from
inline constexpr ErrorCode kPeriodBackwards{"period.backwards"};  // from after to
inline constexpr ErrorCode kNameTwice{"name.twice"};              // one offer, or SKU, twice
// An area and the offer of its level grant one SKU in different kinds or units.
inline constexpr ErrorCode kSkuDiffers{"sku.differs"};

struct NamedText {
    std::string name;  // of the file
    std::string text;
};

struct FileFault {
    std::string file;
    Error what;  // begins with its place
};

// `Native` is fb::PolicyVersionT or fb::CatalogueVersionT.
template <typename Native>
struct VersionFiles {
    struct One {
        std::string file;
        std::string place;  // "[2]" of a list; empty: the file is one version
        Native version;
    };
    std::vector<One> versions;  // those that could be read, by number
    std::vector<FileFault> faults;
};

// Reads them and looks at each by itself.
template <typename Native>
VersionFiles<Native> read_version_files(const std::vector<NamedText>& files);

// What a ledger has, where the versions are to follow those.
template <typename Native>
struct Published {
    const std::vector<Native>& versions;
    Date today;
};

// Looks at them together, and adds the faults. Numbers go up from `first` without a hole, or from
// the lowest there is; a number that is published must say what was published.
template <typename Native>
void check_sequence(VersionFiles<Native>& files, std::optional<std::uint32_t> first,
                    const std::optional<Published<Native>>& published = std::nullopt);

// The versions alone, by number.
template <typename Native>
std::vector<Native> versions_in(VersionFiles<Native> files) {
    std::vector<Native> versions;
    for (auto& each : files.versions) versions.push_back(std::move(each.version));
    return versions;
}

}  // namespace ledger
