// A sandbox ledger in a folder of its own, on the disk, opened as often as a test likes; and a node
// on it that is asked by JSON.
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "consumers/create_ledger.h"
#include "consumers/ledger.h"
#include "consumers/verify.h"
#include "events/json/decode.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace ledger::tests {

inline constexpr std::chrono::milliseconds kPatience{20'000};

// Of a folder that is to be filled by a copy or a restore.
inline LedgerPlace place_in(const std::string& directory) {
    LedgerPlace place;
    place.directory = directory;
    return place;
}

// What is in the folder becomes what a filling that was killed has left.
inline void make_unfinished(const std::string& directory, const std::string& sentence) {
    namespace fs = std::filesystem;
    const fs::path making = fs::path(directory) / ".making";
    std::vector<fs::path> filled;
    for (const auto& each : fs::directory_iterator(directory)) filled.push_back(each.path());
    fs::create_directory(making);
    for (const fs::path& each : filled) fs::rename(each, making / each.filename());
    std::ofstream(making / ".owner") << sentence << "\n";
}

class Sandbox {
public:
    explicit Sandbox(std::uint32_t partitions = 2) {
        CreateSettings settings;
        settings.partitions = partitions;
        settings.sandbox = true;
        settings.clock = *parse_date("2020-09-01");
        const auto made = create_ledger(place(), settings);
        if (!made) FAIL(made.error().message);
    }
    LedgerPlace place() const { return place_in(folder_ / "ledger"); }
    // Another folder beside it, which isn't there yet.
    std::string beside(const char* name) const { return folder_ / name; }

private:
    TempDir folder_;
};

struct Running {
    explicit Running(const Sandbox& sandbox) : Running(sandbox.place()) {}
    explicit Running(const LedgerPlace& place) {
        auto opened = open_ledger(place);
        if (!opened) FAIL(opened.error().message);
        ledger = std::move(*opened);
        auto started = start_node(ledger, {});
        if (!started) FAIL(started.error().message);
        node = std::move(*started);
    }
    Answer ask(const std::string& json) {
        auto command = json::command_from_json(json, *ledger.sealer);
        if (!command) FAIL(command.error().message);
        std::promise<Answer> answered;
        node->submit(std::move(*command),
                     [&](const Answer& answer) { answered.set_value(answer); });
        return answered.get_future().get();
    }
    Ledger ledger;
    std::unique_ptr<Node> node;
};

inline std::string register_partner(const std::string& id, const std::string& name = "Contoso Ltd",
                                    const std::string& partner = "contoso") {
    return R"({"id":")" + id + R"(","partner":")" + partner +
           R"(","actor":{"kind":"user","id":"kim"},"type":"RegisterPartner",)" +
           R"("body":{"legal_name":")" + name +
           R"(","address":"1 Main Street","tenant":"contoso.example",)" +
           R"("contact":{"id":"kim","name":"Kim","email":"kim@contoso.example"},)" +
           R"("user":{"id":"kim","name":"Kim","email":"kim@contoso.example"}}})";
}

inline std::string accept_agreement(const std::string& id, const std::string& partner = "contoso") {
    return R"({"id":")" + id + R"(","partner":")" + partner +
           R"(","actor":{"kind":"user","id":"kim"},"type":"AcceptAgreement",)" +
           R"("body":{"agreement":")" + id + R"("}})";
}

// Partners p0, p1, ..., of two events each, read into the views.
inline void fill(Running& run, int partners) {
    for (int i = 0; i < partners; ++i) {
        const std::string name = "p" + std::to_string(i);
        REQUIRE(run.ask(register_partner("c1", "Partner " + name, name)).outcome ==
                Outcome::accepted);
        REQUIRE(run.ask(accept_agreement("c2", name)).outcome == Outcome::accepted);
    }
    REQUIRE(run.node->catch_up(kPatience).ok());
}

// The ledger is opened, read to its end and verified; gives what was found.
inline Verification verified(const LedgerPlace& place) {
    Running run(place);
    const auto read = run.node->catch_up(kPatience);
    if (!read) FAIL(read.error().message);
    run.node->close(kPatience);
    const auto found = verify(*run.ledger.log, *run.ledger.rows->snapshot(), *run.ledger.keys, {});
    if (!found) FAIL(found.error().message);
    for (const std::string& difference : found->differences) UNSCOPED_INFO(difference);
    CHECK(found->clean());
    for (const views::Completeness& partition : found->partitions) CHECK(partition.holds());
    return *found;
}

}  // namespace ledger::tests
