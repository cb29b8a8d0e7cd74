// fuzz_seeds ROOT OUT: writes the first inputs of every target into OUT/TARGET, from what is real:
// the examples' commands, files and data, the golden records, and the log and views that a year of
// the examples leaves behind. What is worth keeping of it is tests/fuzz/fuzz's to say (--corpus).
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <iterator>
#include <set>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/clock_command.h"
#include "aggregates/policy/policy.h"
#include "consumers/create_ledger.h"
#include "consumers/ledger.h"
#include "events/json/decode.h"
#include "events/json/encode.h"
#include "tests/events/records.h"
#include "tests/fuzz/records.h"
#include "tests/fuzz/row_letters.h"
#include "tests/golden/examples.h"
#include "tests/support/temp_dir.h"
#include "tools/benefits/submitting/input_line.h"

namespace ledger::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kPatience{60'000};
constexpr PartitionId kPartition{0};
// Lines of commands in one input: a few.
constexpr std::size_t kLinesMinBytes = 400;
// Entries in one input: enough for a life, and read quickly.
constexpr std::size_t kStoryMaxEntries = 24;

template <typename Value>
Value must(Result<Value> result) {
    if (!result) std::cerr << result.error().message << "\n";
    return std::move(result.value());
}

std::string text_of_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    LEDGER_CHECK(in.is_open());
    return {std::istreambuf_iterator<char>(in), {}};
}

class Seeds {
public:
    explicit Seeds(fs::path folder) : folder_(std::move(folder)) {}

    void add(const char* target, std::string_view input) {
        const fs::path folder = folder_ / target;
        fs::create_directories(folder);
        std::ofstream out(folder / (std::to_string(++count_) + ".seed"), std::ios::binary);
        out.write(input.data(), static_cast<std::streamsize>(input.size()));
        LEDGER_CHECK(out.good());
    }
    void add(const char* target, char letter, std::string_view input) {
        add(target, letter + std::string(input));
    }

private:
    fs::path folder_;
    std::size_t count_ = 0;
};

// A ledger on which a file of commands was submitted.
class Played {
public:
    explicit Played(const std::string& commands) {
        place_.directory = folder_ / "ledger";
        CreateSettings settings;
        settings.partitions = 1;
        settings.sandbox = true;
        settings.clock = *parse_date("2020-08-31");
        must(create_ledger(place_, settings));
        ledger_ = must(open_ledger(place_));
        const auto node = must(start_node(ledger_, {}));
        const auto lines = must(tools::LineReader::open(commands));
        tools::Line line;
        while (lines->next(line)) submit(*node, tools::read_input_line(line, "", *ledger_.sealer));
        LEDGER_CHECK(node->catch_up(kPatience).ok());
        node->close(kPatience);
    }

    const Ledger& ledger() const { return ledger_; }

    std::vector<Bytes> records() const {
        const log::ReadFrom from{kPartition, Position{0}};
        const auto cursor = must(ledger_.log->read({&from, 1}));
        const std::uint64_t end = number(must(ledger_.log->end(kPartition)));
        std::vector<Bytes> records;
        while (records.size() < end)
            for (const log::ReadBatch& batch : must(cursor->poll(kPatience, 1000)))
                for (const log::StoredRecord& record : batch.records)
                    records.emplace_back(record.bytes.begin(), record.bytes.end());
        return records;
    }

private:
    static void submit(Node& node, tools::InputLine line) {
        if (line.fault) return;
        if (line.clock) line.command = clock_command(*line.clock);
        std::promise<void> answered;
        const auto answer = [&](const Answer&) { answered.set_value(); };
        if (line.clock)
            node.submit_to(kPartition, std::move(line.command), answer);
        else
            node.submit(std::move(line.command), answer);
        answered.get_future().wait();
    }

    tests::TempDir folder_;
    LedgerPlace place_;
    Ledger ledger_;
};

// A short genesis, and the rest as it is.
void add_story(Seeds& seeds, std::vector<Bytes> records) {
    records.front() = tests::genesis_record();
    for (const std::size_t size : {std::size_t{4}, std::size_t{8}, kStoryMaxEntries}) {
        std::vector<Bytes> first(
            records.begin(),
            records.begin() + static_cast<std::ptrdiff_t>(std::min(size, records.size())));
        seeds.add("record", text_of(joined(first)));
        first.push_back(first.back());
        seeds.add("record", text_of(joined(first)));
    }
}

void add_one_of_each_type(Seeds& seeds, const std::vector<Bytes>& records) {
    std::set<std::pair<fb::RecordKind, fb::Event>> met;
    for (const Bytes& bytes : records) {
        const RecordView record = decode_record(bytes);
        const fb::Event type = record.body ? record.body->event_type() : fb::Event::NONE;
        if (met.insert({record.kind, type}).second) seeds.add("record", text_of(bytes));
    }
}

// Each golden entry as the first of a partner.
void add_golden(Seeds& seeds) {
    const Id128 writer{2, 3};
    for (const golden::Example& example : golden::examples()) {
        const RecordView record = decode_record(example.bytes);
        if (!record.entry) {
            if (!record.genesis) seeds.add("record", text_of(example.bytes));
            continue;
        }
        EntryHeader header;
        header.epoch = header.seq = header.version = 1;
        header.writer = writer;
        header.time_ms = record.entry->time();
        header.command_id = "c1";
        header.actor_id = "kim";
        const auto type = record.body->event_type();
        const bool ledgers_own = type == fb::Event::ClockMoved ||
                                 type == fb::Event::PolicyPublished ||
                                 type == fb::Event::CataloguePublished;
        if (!ledgers_own) header.partner = "contoso";
        const Bytes entry =
            encode_entry(header, {record.entry->body()->data(), record.entry->body()->size()});
        const std::vector<Bytes> records = {
            tests::genesis_record(), encode_claim(1, writer, 4, "n"),
            encode_checkpoint(1, writer, 0, Frontier().root()), entry, encode_close(1, writer)};
        seeds.add("record", text_of(joined(records)));
        seeds.add("rows", kHistoryRows,
                  std::string(views::kHistoryHeaderBytes, '\0') + std::string(text_of(entry)));
    }
}

void add_rows(Seeds& seeds, const Ledger& ledger) {
    using views::Family;
    std::vector<Bytes> history;
    const auto scan = [&](Family family, const views::Snapshot::Visit& visit) {
        LEDGER_CHECK(ledger.rows->snapshot()->scan(family, {}, visit).ok());
    };
    scan(Family::partners, [&](std::string_view, std::string_view value) {
        seeds.add("rows", kPartnerRow, value);
        return true;
    });
    scan(Family::meta, [&](std::string_view key, std::string_view value) {
        if (key.starts_with('p')) seeds.add("rows", kMetaRow, value);
        return true;
    });
    scan(Family::ledger, [&](std::string_view, std::string_view value) {
        seeds.add("rows", kLedgerRow, value);
        return false;
    });
    scan(Family::receipts, [&](std::string_view key, std::string_view value) {
        seeds.add("rows", kReceiptRow, value);
        seeds.add("rows", kReceiptKey, key);
        return false;
    });
    scan(Family::anchors, [&](std::string_view key, std::string_view) {
        seeds.add("rows", kAnchorKey, key);
        return false;
    });
    scan(Family::lookups, [&](std::string_view key, std::string_view value) {
        if (!key.starts_with('o')) return true;
        const std::string rest(key.substr(key.find('\0') + 1));
        seeds.add("rows", kLookupRow, static_cast<char>(rest.size()) + rest + std::string(value));
        return false;
    });
    scan(Family::history, [&](std::string_view key, std::string_view value) {
        if (history.empty()) seeds.add("rows", kHistoryKey, key);
        if (views::parse_partner_key(key).partner == "contoso") {
            const BytesView bytes = view_of(value);
            history.emplace_back(bytes.begin(), bytes.end());
            if (history.size() % 8 == 0) seeds.add("rows", kHistoryRows, text_of(joined(history)));
        }
        return history.size() < kStoryMaxEntries;
    });
    fb::RefusalRowT first;
    const auto read = ledger.refusals->each(PartnerId{"contoso"}, Date{}, [&](const auto& row) {
        row.UnPackTo(&first);
        return false;
    });
    LEDGER_CHECK(read.ok());
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(fb::CreateRefusalRow(builder, &first));
    seeds.add("rows", kRefusalRow, text_of({builder.GetBufferPointer(), builder.GetSize()}));
}

void add_commands(Seeds& seeds, const fs::path& file) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (!line.starts_with("{\"clock")) seeds.add("json_command", line);
}

void add_lines(Seeds& seeds, const fs::path& file) {
    std::ifstream in(file);
    std::string several;
    for (std::string line; std::getline(in, line);) {
        several += line + "\n";
        if (several.size() < kLinesMinBytes) continue;
        seeds.add("import", 'l', several);
        several.clear();
    }
}

template <typename Version>
void add_versions(Seeds& seeds, char letter, std::string_view list) {
    seeds.add("catalogue", letter, list);
    const char* const name = Version::GetFullyQualifiedName();
    for (const Bytes& table : must(json::tables_from_json(name, list)))
        seeds.add("catalogue", letter, "[" + json::to_json(name, table) + "]");
}

void write(const fs::path& root, const fs::path& out) {
    Seeds seeds(out);
    const fs::path examples = root / "docs" / "examples";
    for (const char* name : {"action-pack.jsonl", "first-year.jsonl", "five-years.jsonl"}) {
        add_commands(seeds, examples / name);
        const Played played(examples / name);
        const std::vector<Bytes> records = played.records();
        add_story(seeds, records);
        add_one_of_each_type(seeds, records);
        add_rows(seeds, played.ledger());
    }
    add_golden(seeds);
    const fs::path files = examples / "commands";
    add_lines(seeds, files / "setup.jsonl");
    add_lines(seeds, examples / "action-pack.jsonl");
    for (const char* name : {"keys.csv", "keys.json"})
        seeds.add("import", 'k', text_of_file(files / name));
    const std::string offers = text_of_file(files / "offers.json");
    seeds.add("import", 'o', offers);
    for (const char* name : {"ana.name", "ana.email"})
        seeds.add("import", 'u', text_of_file(files / name));
    seeds.add("catalogue", 'c',
              R"([{"version":1,"effective":"2000-01-01","note":"n","offers":)" + offers + "}]");
    add_versions<fb::PolicyVersion>(seeds, 'p', policy::policy_json());
    add_versions<fb::CatalogueVersion>(seeds, 'c', catalogue::catalogue_json());
}

}  // namespace
}  // namespace ledger::fuzz

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: fuzz_seeds ROOT OUT\n";
        return 2;
    }
    ledger::fuzz::write(argv[1], argv[2]);
    return 0;
}
