// From an entry back to the command that it answers. An entry keeps who asked and why, but not the
// command's body; its event says nearly all of it: a field of the command is found in the event
// under its own name, or in the field that is `asked_as` it. What the event doesn't say (a box that
// left no trace, a name that may have been left out) is tried in every way that is possible there.
// All of it is read off the schema: no event needs code here. Pure but for its memory.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <optional>
#include <string>
#include <vector>

#include "aggregates/possible/choices.h"
#include "events/record.h"

namespace ledger::possible {

// Where the command that an event answers comes from.
struct AskedPlan;

// What of an event's command must be tried, since the event doesn't say it: "payment" of an order
// that was placed. Empty: the event says all of it.
std::vector<std::string> untold_fields(fb::Event event);

class AskedAgain {
public:
    // More than this isn't tried of one entry.
    static constexpr std::size_t kTriedMax = 64;

    AskedAgain() = default;
    AskedAgain(const AskedAgain&) = delete;
    AskedAgain& operator=(const AskedAgain&) = delete;

    // `record` is a partner's entry, `standing` where the partner stood before it; both outlive the
    // calls of next().
    void begin(const RecordView& record, const Standing& standing);

    // One that the entry may answer, the likeliest first; null: there is no more. It holds until
    // the next call.
    const fb::Command* next();

    // The event says all of the command: there is one, and it needs no proof.
    bool is_certain() const { return certain_; }

private:
    struct Way {
        std::size_t part = 0;                            // of the plan
        std::vector<std::optional<json::Value>> values;  // nothing: it is left out
        bool or_as_told = false;                         // first of all what the event says
        std::size_t at = 0;
        std::size_t count() const { return values.size() + (or_as_told ? 1 : 0); }
    };

    void begin_plan();
    // Of a field that the event doesn't tell.
    Way ways_of(std::size_t part);
    bool step();
    const fb::Command* build();
    const Way* way_of(std::size_t part) const;

    const RecordView* record_ = nullptr;
    std::optional<Standing> standing_;
    const std::vector<AskedPlan>* plans_ = nullptr;
    std::size_t plan_ = 0;
    bool begun_ = false;
    bool certain_ = false;
    std::size_t tried_ = 0;
    std::vector<Way> ways_;
    std::optional<Texts> texts_;
    std::vector<flatbuffers::Offset<void>> outside_;
    flatbuffers::FlatBufferBuilder out_{512};
};

}  // namespace ledger::possible
