#include "tests/golden/examples.h"

#include <algorithm>

#include "events/check.h"
#include "events/json/build.h"
#include "events/json/quote.h"
#include "events/json/read.h"
#include "events/record.h"
#include "tests/events/json/fake_seal.h"

namespace ledger::golden {
namespace {

using json::Field;
using json::Kind;
using json::Table;

std::string text(const Field& field) {
    if (field.email) return json::quote(field.name + "@contoso.example");
    std::string name = field.name;
    if (!field.length || field.list) return json::quote(name);
    name.resize(std::clamp(name.size(), static_cast<std::size_t>(field.length->least),
                           static_cast<std::size_t>(field.length->most)),
                'x');
    return json::quote(name);
}

std::string number(const Field& field) {
    std::int64_t number = field.id + 1;
    if (field.range) number = std::clamp(number, field.range->least, field.range->most);
    return std::to_string(number);
}

std::string object(const Table& table);

std::string value(const Field& field) {
    switch (field.kind) {
        case Kind::boolean:
            return "true";
        case Kind::integer:
            return number(field);
        case Kind::date:
            return "\"2021-02-01\"";
        case Kind::time:
        case Kind::until:
            return "\"2021-02-01T10:00:00.001Z\"";
        case Kind::choice:
            return json::quote(field.choices[1 % field.choices.size()].name);
        case Kind::flags:
            return '[' + json::quote(field.choices.front().name) + ']';
        case Kind::text:
        case Kind::sealed:
            return text(field);
        case Kind::bytes:
            return "\"00ff\"";
        case Kind::hash:
            return '"' + std::string(field.table->width * 2 - 2, '0') + "a1\"";
        case Kind::table:
            return object(*field.table);
        case Kind::nested:
        case Kind::structure:
        case Kind::variant:
            break;
    }
    LEDGER_CHECK(false);  // made by code below, not by the schema
}

std::string object(const Table& table) {
    std::string out;
    for (const Field& field : table.fields) {
        if (field.unsent) continue;
        if (!out.empty()) out += ',';
        out += json::quote(field.name) + ':';
        out += field.list ? '[' + value(field) + ']' : value(field);
    }
    return '{' + out + '}';
}

Bytes table(const char* name, const std::string& text) {
    const Table& type = json::table_named(name);
    const auto parts = json::read_table(type, text, json::Callers::the_ledger);
    LEDGER_CHECK(parts.ok());
    json::FakeSeal seal;
    const auto bytes = json::build(type, *parts, "contoso", seal.seal(), nullptr);
    LEDGER_CHECK(bytes.ok());
    return *bytes;
}

Bytes body(const json::Choice& event) {
    return table("Body", "{\"type\":" + json::quote(event.name) +
                             ",\"event\":" + object(*event.table) + "}");
}

Bytes entry(const Bytes& body) {
    EntryHeader header;
    header.epoch = 1;
    header.writer = Id128{2, 3};
    header.seq = 4;
    header.partner = "contoso";
    header.version = 5;
    header.time_ms = 1612173600001;
    header.command_id = "c1";
    header.fingerprint = Id128{6, 7};
    header.correlation_id = "correlation";
    header.causation_id = "causation";
    header.corrects = 8;
    header.actor_kind = fb::ActorKind::support;
    header.actor_id = "kim";
    header.actor_roles = fb::Role::admin_agent;
    header.authentication = "cli";
    header.reason = "why";
    header.policy_version = 9;
    header.catalogue_version = 10;
    header.schema_version = 1;
    return encode_entry(header, body);
}

Bytes again(const fb::Genesis& genesis) {
    fb::GenesisT native;
    genesis.UnPackTo(&native);
    return encode_genesis(native);
}

Bytes again(const fb::Body& body) {
    fb::BodyT native;
    body.UnPackTo(&native);
    return encode_body(native.event);
}

Bytes again(const fb::Entry& from) {
    EntryHeader header;
    header.epoch = from.epoch();
    header.writer = id_of(*from.writer());
    header.seq = from.seq();
    header.partner = text_of(from.partner());
    header.version = from.version();
    header.time_ms = from.time();
    header.command_id = text_of(from.command_id());
    header.fingerprint = id_of(*from.fingerprint());
    header.correlation_id = text_of(from.correlation_id());
    header.causation_id = text_of(from.causation_id());
    header.corrects = from.corrects();
    header.actor_kind = from.actor()->kind();
    header.actor_id = text_of(from.actor()->id());
    header.actor_roles = from.actor()->roles();
    header.authentication = text_of(from.actor()->authentication());
    header.reason = text_of(from.reason());
    header.policy_version = from.policy_version();
    header.catalogue_version = from.catalogue_version();
    header.schema_version = from.schema_version();
    return encode_entry(header, again(*from.body_nested_root()));
}

}  // namespace

std::vector<Example> examples() {
    fb::GenesisT genesis;
    const Bytes genesis_bytes = table("Genesis", object(json::table_named("Genesis")));
    flatbuffers::GetRoot<fb::Genesis>(genesis_bytes.data())->UnPackTo(&genesis);
    Hash root{};
    root.back() = 1;
    std::vector<Example> all = {{"genesis", encode_genesis(genesis)},
                                {"claim", encode_claim(1, Id128{2, 3}, 4, "http://node")},
                                {"checkpoint", encode_checkpoint(1, Id128{2, 3}, 4, root)},
                                {"close", encode_close(1, Id128{2, 3})}};
    for (const json::Choice& event : json::table_named("Body").field("event")->choices)
        all.push_back({"entry " + event.name, entry(body(event))});
    return all;
}

Bytes written_again(const Bytes& bytes) {
    const RecordView record = decode_record(bytes);
    switch (record.kind) {
        case fb::RecordKind::Genesis:
            return again(*record.genesis);
        case fb::RecordKind::WriterOpened:
            return encode_claim(record.opened->epoch(), id_of(*record.opened->writer()),
                                record.opened->in_flight(), text_of(record.opened->node()));
        case fb::RecordKind::Checkpoint:
            return encode_checkpoint(record.checkpoint->epoch(),
                                     id_of(*record.checkpoint->writer()), record.checkpoint->seq(),
                                     hash_of(*record.checkpoint->root()));
        case fb::RecordKind::WriterClosed:
            return encode_close(record.closed->epoch(), id_of(*record.closed->writer()));
        case fb::RecordKind::Entry:
            return again(*record.entry);
        case fb::RecordKind::NONE:
            break;
    }
    return {};
}

}  // namespace ledger::golden
