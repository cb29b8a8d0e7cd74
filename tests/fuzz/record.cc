// Bytes as they may stand in a partition's log, read as every reader reads them: decoded, judged,
// folded into views, and shown. What is a record is written again and says the same; what was read
// adds up; the views are what a replay of the history comes to.
#include "events/record.h"

#include "events/json/encode.h"
#include "events/limits.h"
#include "events/reading.h"
#include "projections/fold.h"
#include "projections/map_rows.h"
#include "projections/past.h"
#include "projections/position.h"
#include "projections/queries.h"
#include "tests/fuzz/checked_json.h"
#include "tests/fuzz/records.h"
#include "tests/golden/examples.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/record_text.h"

namespace ledger::fuzz {
namespace {

constexpr PartitionId kPartition{0};

bool is_readable(const RecordView& record) {
    return !record.poison && (!record.body || is_known_event(record.body->event_type()));
}

// What a record says does not hang on how its bytes are laid out.
void check_written_again(const RecordView& record, const std::string& said) {
    const Bytes again = golden::written_again({record.bytes.begin(), record.bytes.end()});
    // What was shared by several places stands at each of them now.
    if (again.size() > limits::kRecordMaxBytes) return;
    LEDGER_CHECK(is_readable(decode_record(again)));
    LEDGER_CHECK(golden::written_again(again) == again);
    const std::string says = json::to_json("Record", again);
    LEDGER_CHECK(says == said || without_empties(says) == without_empties(said));
}

void check_content(const RecordView& record) {
    LEDGER_CHECK((record.kind == fb::RecordKind::NONE) == (record.poison != nullptr));
    LEDGER_CHECK((record.body != nullptr) == (record.entry != nullptr));
    if (record.poison) return;
    const std::string said = valid_json(json::to_json("Record", record.bytes));
    if (!is_readable(record)) return;
    check_written_again(record, said);
    if (record.body) tools::event_in_words(*record.body, {});
}

void check_counts(const Reading& reading) {
    const Counts& counts = reading.counts;
    LEDGER_CHECK(counts.applied + counts.voided + counts.control + counts.absent ==
                 number(reading.next));
    LEDGER_CHECK(counts.applied == reading.judge.seq);
    LEDGER_CHECK(counts.applied == reading.judge.frontier.size());
    LEDGER_CHECK(counts.claims <= counts.control);
}

// Kept as a row and read back, a reading is what it was.
void check_kept(const Reading& reading) {
    const auto kept = views::unpack_reading(views::pack_reading(kPartition, reading, 7));
    LEDGER_CHECK(kept.ok() && kept->reading == reading && kept->ledger_version == 7);
}

// A record that comes twice is applied once.
void check_redelivered(const Reading& reading, BytesView record) {
    Reading again = reading;
    const auto judged = read_next(again, again.next, record);
    if (!judged) LEDGER_CHECK(again == reading);
    if (judged) LEDGER_CHECK(judged->verdict.kind != VerdictKind::applied);
    LEDGER_CHECK(again.judge.seq == reading.judge.seq);
}

// What the writer of the running term would write next is taken.
void check_own_checkpoint(Reading reading) {
    const JudgeState& judge = reading.judge;
    if (judge.epoch == 0 || judge.closed) return;
    const Bytes checkpoint =
        encode_checkpoint(judge.epoch, judge.writer, judge.seq, judge.frontier.root());
    const auto judged = read_next(reading, reading.next, checkpoint);
    LEDGER_CHECK(judged.ok() && judged->verdict.kind == VerdictKind::control);
}

void check_views(const views::MapSnapshot& rows) {
    const auto counted = views::count_everything(rows, 1);
    LEDGER_CHECK(counted.ok() && counted->front().holds());
    for (const auto& [partner, row] : rows.all(views::Family::partners)) {
        const auto state = unpack(view_of(row));
        LEDGER_CHECK(state.ok() && text_of(pack(*state)) == row);
        const auto replayed = views::partner_at(rows, kPartition, PartnerId{partner}, {});
        LEDGER_CHECK(replayed.ok() && text_of(pack(replayed->state)) == row);
    }
}

void read_all(const std::vector<Bytes>& records) {
    Reading reading;
    views::MapRows rows;
    views::Fold fold(rows);
    Position position{0};
    for (const Bytes& record : records) {
        if (record.empty()) {
            position = next(position);
            continue;
        }
        const Reading before = reading;
        const auto judged = read_next(reading, position, record);
        if (!judged) {
            check_sentence(judged.error());
            LEDGER_CHECK(reading == before);
            return;
        }
        check_counts(reading);
        check_kept(reading);
        check_redelivered(reading, record);
        valid_json(tools::record_line(kPartition, *judged, {}));
        if (!fold.add(kPartition, {*judged}, reading)) return;
        position = next(position);
    }
    check_own_checkpoint(reading);
    if (fold.commit()) check_views(*rows.map_snapshot());
}

}  // namespace
}  // namespace ledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ledger;
    const std::vector<Bytes> records = fuzz::divided({data, size});
    for (const Bytes& record : records) fuzz::check_content(decode_record(record));
    fuzz::read_all(records);
    return 0;
}
