#include "tests/aggregates/writer_bench.h"

#include "events/sha256.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

std::unique_ptr<fb::PersonT> person(const std::string& id) {
    auto person = std::make_unique<fb::PersonT>();
    person->id = id;
    person->name = Bytes(64, 1);
    person->email = Bytes(64, 2);
    return person;
}

template <typename BodyT>
Bytes packed(const Header& header, const std::string& partner, BodyT body, bool support = false) {
    fb::CommandT command;
    command.id = header.id;
    command.partner = partner;
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = support ? fb::ActorKind::support : fb::ActorKind::user;
    command.actor->id = "ada";
    if (header.expected_version) command.expected_version = *header.expected_version;
    if (header.not_after) command.not_after = *header.not_after;
    command.correlation_id = header.correlation_id;
    command.body.Set(std::move(body));
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

fb::RegisterPartnerT registration(std::size_t name_bytes) {
    fb::RegisterPartnerT body;
    body.legal_name = std::string(name_bytes, 'n');
    body.address = "Street 1";
    body.tenant = "tenant";
    body.contact = person("contact");
    body.user = person("ada");
    return body;
}

Bytes genesis_of(bool sandbox) {
    fb::GenesisT genesis;
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.partitions = 1;
    genesis.sandbox = sandbox;
    genesis.clock = kToday;
    fb::PolicyVersionT policy;
    policy.version = 1;
    policy.note = "test";
    genesis.policies.push_back(policy);
    fb::CatalogueVersionT catalogue;
    catalogue.version = 1;
    catalogue.note = "test";
    genesis.catalogues.push_back(catalogue);
    return encode_genesis(genesis);
}

}  // namespace

Bytes registering(const std::string& id, std::size_t name_bytes) {
    return packed({id, {}, {}}, "contoso", registration(name_bytes));
}

Bytes registering_other(const std::string& id, const std::string& partner) {
    return packed({id, {}, {}}, partner, registration(10));
}

Bytes adding_with(const Header& header, const std::string& user) {
    fb::AddUserT body;
    body.user = person(user);
    return packed(header, "contoso", std::move(body));
}

Bytes adding(const std::string& id, const std::string& user) {
    return adding_with(Header{id, {}, {}}, user);
}

Bytes moving_clock(const std::string& id, std::int32_t to,
                   std::optional<std::uint64_t> expected_version) {
    fb::MoveClockT body;
    body.to = to;
    return packed({id, expected_version, {}}, "", std::move(body), true);
}

WriterBench::WriterBench(WriterSettings settings, bool sandbox) {
    log.emplace_back(genesis_of(sandbox));
    settings.checkpoint_every_entries =
        std::max(settings.checkpoint_every_entries, settings.in_flight_max_entries + 1);
    writer = std::make_unique<Writer>(PartitionId{0}, *log[0], *this, *this, std::move(settings));
    read();
    view();
}

Result<void> WriterBench::replay(PartitionId, const PartnerId& partner, const Visit& visit) {
    if (history_broken) return error("the view can't be read");
    Reading from_nothing;
    for (std::uint64_t i = 0; i < number(viewed_); ++i) {
        if (!log[i]) continue;
        const auto judged = read_next(from_nothing, Position{i}, *log[i]);
        REQUIRE(judged.ok());
        if (judged->verdict.kind == VerdictKind::applied &&
            text_of(judged->record.entry->partner()) == partner.text())
            visit(Position{i}, judged->record);
    }
    return {};
}

Ticket WriterBench::ask(Bytes command, Origin origin) {
    const Ticket ticket{++last_ticket_};
    const Hash hash = sha256(command);
    const auto fingerprint = get_big_endian<std::uint64_t>(text_of(BytesView(hash).first(8)));
    writer->submit(now_, ticket, std::move(command), {fingerprint, 0}, origin);
    return ticket;
}

Ticket WriterBench::settle() {
    const Ticket ticket{++last_ticket_};
    writer->settle(now_, ticket);
    return ticket;
}

void WriterBench::step() {
    WriterOutputs out = writer->step(now_);
    for (Bytes& record : out.append) sent.push_back(std::move(record));
    if (out.ask_end) asked = out.ask_end;
    for (Answered& answered : out.answers) {
        INFO("answered twice: " << static_cast<std::uint64_t>(answered.ticket));
        CHECK(answers.emplace(answered.ticket, answered).second);
    }
    if (out.stop) stopped = *out.stop;
}

void WriterBench::land(std::size_t records) {
    for (; records > 0 && !sent.empty(); --records) {
        log.emplace_back(std::move(sent.front()));
        sent.pop_front();
    }
}

void WriterBench::lose(std::size_t records) {
    for (; records > 0 && !sent.empty(); --records) sent.pop_front();
}

void WriterBench::put(Bytes record) { log.emplace_back(std::move(record)); }
void WriterBench::leave_hole() { log.emplace_back(); }

void WriterBench::read() {
    for (std::uint64_t i = number(reading.next); i < log.size(); ++i) {
        if (!log[i]) continue;
        const auto judged = read_next(reading, Position{i}, *log[i]);
        REQUIRE(judged.ok());
        writer->judged(now_, *judged, reading);
    }
}

void WriterBench::tell_end() {
    if (!asked) return;
    writer->end_is(now_, *asked, end());
    asked.reset();
}

void WriterBench::view() {
    viewed_ = reading.next;
    writer->view_at(viewed_);
}

void WriterBench::run() {
    for (int i = 0; i < 20; ++i) {
        step();
        land();
        read();
        view();
        tell_end();
    }
}

void WriterBench::begin() {
    const Ticket ticket = ask(registering("begin"));
    run();
    REQUIRE(answer(ticket) != nullptr);
    REQUIRE(answer(ticket)->outcome == Outcome::accepted);
}

const Answer* WriterBench::answer(Ticket ticket) const {
    const auto found = answers.find(ticket);
    return found == answers.end() ? nullptr : &found->second.answer;
}

std::string WriterBench::sent_kinds() const {
    std::string kinds;
    for (const Bytes& record : sent) {
        const RecordView view = decode_record(record);
        if (!kinds.empty()) kinds += " ";
        if (view.opened) kinds += "claim";
        if (view.checkpoint) kinds += "checkpoint";
        if (view.closed) kinds += "close";
        if (view.entry) kinds += "entry" + std::to_string(view.entry->seq());
    }
    return kinds;
}

JudgeState WriterBench::judged_log() const {
    JudgeState state;
    for (const auto& record : log)
        if (record) (void)judge(state, decode_record(*record));
    return state;
}

WriterSettings impatient() {
    WriterSettings settings;
    settings.term_patience_ms = kPatience;
    return settings;
}

void check_answer(const WriterBench& bench, Ticket ticket, Outcome outcome, const char* code) {
    const Answer* answer = bench.answer(ticket);
    REQUIRE(answer != nullptr);
    CHECK(answer->outcome == outcome);
    CHECK(answer->code == code);
}

}  // namespace ledger::tests
