// A second judge, written from the design page and from nothing else, so that the shipped one is
// compared with something: slow, plain, no shared code but the decoding. It never stops; it says
// `stop` where a reader must.
#pragma once

#include <vector>

#include "events/judge.h"

namespace ledger::sim {

class ReferenceJudge {
public:
    Verdict judge(const RecordView& record);

    std::uint64_t epoch() const { return epoch_; }
    Id128 writer() const { return writer_; }
    bool opened() const { return opened_; }
    bool closed() const { return closed_; }
    std::uint64_t seq() const { return leaves_.size(); }
    std::int64_t time() const { return time_; }
    std::uint32_t in_flight() const { return in_flight_; }
    // RFC 6962 section 2.1, by its definition.
    Hash root() const;

private:
    Verdict judge_claim(const fb::WriterOpened& claim);
    Verdict judge_checkpoint(const fb::Checkpoint& checkpoint);
    Verdict judge_close(const fb::WriterClosed& close);
    Verdict judge_entry(const RecordView& record);
    Why outside_the_term(std::uint64_t epoch, Id128 writer) const;

    bool begun_ = false;
    std::uint64_t epoch_ = 0;
    Id128 writer_;
    std::uint32_t in_flight_ = 0;
    bool opened_ = false;
    bool closed_ = false;
    std::int64_t time_ = 0;
    std::vector<Hash> leaves_;
};

}  // namespace ledger::sim
