#include "tests/sim/forge.h"

namespace ledger::sim {
namespace {

Bytes entry(Dice& dice, std::uint64_t epoch, Id128 writer, std::uint64_t seq) {
    fb::EventUnion event;
    event.Set(fb::ContactVerifiedT{});
    EntryHeader header;
    header.epoch = epoch;
    header.writer = writer;
    header.seq = seq;
    header.partner = "p1";
    header.version = dice.between(1, 9);
    header.time_ms = static_cast<std::int64_t>(dice.between(0, 2'000'000'000'000));
    const std::string id = "forged-" + std::to_string(dice.between(0, 1'000'000));
    header.command_id = id;
    header.actor_id = "mallory";
    return encode_entry(header, encode_body(event));
}

}  // namespace

Bytes poison(Dice& dice, const Bytes& real) {
    Bytes bytes;
    switch (dice.between(0, 3)) {
        case 0:
            break;  // empty
        case 1:
            bytes.resize(dice.between(1, 200));
            for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(dice.next());
            break;
        case 2:
            bytes.assign(real.begin(),
                         real.begin() + static_cast<std::ptrdiff_t>(dice.index(real.size())));
            break;
        case 3:
            bytes = real;
            bytes[dice.index(bytes.size())] ^= static_cast<std::uint8_t>(1U << dice.between(0, 7));
            break;
    }
    // What still reads as a record is no poison; make it one by its identifier.
    if (decode_record(bytes).kind != fb::RecordKind::NONE) bytes[4] = 'X';
    return bytes;
}

Bytes forge(Dice& dice, const ReferenceJudge& judge, const Bytes& genesis) {
    const std::uint64_t epoch = judge.epoch();
    const std::uint64_t seq = judge.seq();
    const Id128 other = dice.fresh_id();
    switch (dice.between(0, 10)) {
        case 0:
            return encode_claim(epoch, other, 10, "forged");
        case 1:
            return encode_claim(epoch + 2, other, 10, "forged");
        case 2:
            return encode_checkpoint(epoch, epoch == 0 ? Id128{} : other, seq, judge.root());
        case 3:
            return encode_close(epoch, other);
        case 4:
            return entry(dice, epoch, other, seq + 1);
        case 5:
            if (judge.in_flight() < 2) return encode_close(epoch, other);
            return entry(dice, epoch, judge.writer(), seq + dice.between(2, judge.in_flight()));
        case 6:
            return entry(dice, epoch + 1, judge.writer(), seq + 1);
        case 7:
            return epoch > 0 ? entry(dice, epoch - 1, judge.writer(), seq + 1)
                             : entry(dice, 0, {}, 1);
        case 8:
            return genesis;
        case 9:
            return judge.opened() ? encode_checkpoint(epoch, judge.writer(), seq + 1, judge.root())
                                  : encode_checkpoint(epoch + 1, other, seq, judge.root());
        default:
            return encode_close(epoch + 1, judge.writer());
    }
}

Bytes foreign_claim(Dice& dice, const ReferenceJudge& judge) {
    return encode_claim(judge.epoch() + 1, dice.fresh_id(),
                        static_cast<std::uint32_t>(dice.between(0, 50)), "nobody");
}

}  // namespace ledger::sim
