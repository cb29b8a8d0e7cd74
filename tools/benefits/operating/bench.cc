// `benefits bench`
#include <cstdio>
#include <filesystem>
#include <memory>

#include "events/seal.h"
#include "tools/bench/bench.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

// A folder of the benchmark's own, gone when it is over.
struct Scratch {
    explicit Scratch(const std::string& parent)
        : path(parent + "/benefits-bench-" + to_hex(random_id())) {}
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    std::string path;
};

// This program again, with --open.
Result<bench::Opened> opened_by_new_process(const std::string& directory) {
    const std::string self = std::filesystem::read_symlink("/proc/self/exe");
    std::FILE* told = ::popen(("'" + self + "' bench --open '" + directory + "'").c_str(), "r");
    if (!told) return error("the benchmark can't start itself again");
    bench::Opened opened;
    const bool read = std::fscanf(told, "%lf %lu", &opened.ms, &opened.resident_bytes) == 2;
    ::pclose(told);
    if (!read) return error("the ledger of the benchmark can't be opened by a new process");
    return opened;
}

ExitCode open_and_tell(const std::string& directory) {
    const auto opened = bench::open_once(directory);
    if (!opened) return fail(opened.error());
    print(std::to_string(opened->ms) + " " + std::to_string(opened->resident_bytes) + "\n");
    return ExitCode::done;
}

void print_measured(const std::vector<bench::BenchRow>& measured, const ListFormat& format) {
    fb::BenchListT answer;
    answer.rows = bench::to_lines(measured);
    print_list(format, answer, answer.rows, [&] { return bench::to_table(measured); });
}

ExitCode bench(bench::BenchSettings settings, const std::string& parent, const ListFormat& format) {
    const Scratch scratch(parent);
    std::error_code failed;
    std::filesystem::create_directories(scratch.path, failed);
    if (failed)
        return fail(error("the folder " + scratch.path + " can't be made (" + failed.message() +
                          "); name another with --in"));
    settings.directory = scratch.path;
    say("measuring in " + scratch.path + "; a quiet machine gives better figures");
    settings.open_in_new_process = opened_by_new_process;
    auto rows = bench::bench_embedded(settings);
    if (!rows) return fail(rows.error());
    for (const auto& more : {bench::bench_growth, bench::bench_large, bench::bench_lists}) {
        const auto measured = more(settings);
        if (!measured) return fail(measured.error());
        rows->insert(rows->end(), measured->begin(), measured->end());
    }
    auto jump = bench::bench_jump(settings);
    if (!jump) return fail(jump.error());
    rows->push_back(*std::move(jump));
    if (!settings.brokers.empty()) {
        const auto kafka = bench::bench_kafka(settings);
        if (!kafka) return fail(kafka.error());
        rows->insert(rows->end(), kafka->begin(), kafka->end());
    }
    print_measured(*rows, format);
    return ExitCode::done;
}

}  // namespace

void add_bench(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "bench", "Measures the ledger beside the raw limits of what it stands on, in one run");
    auto settings = std::make_shared<bench::BenchSettings>();
    auto in = std::make_shared<std::string>(".");
    auto format = std::make_shared<ListFormat>();
    command.add_option("--commands", settings->commands, "Commands of a pipelined row")
        .within_shown(1'000, 100'000'000);
    command.add_option("--singles", settings->one_at_a_time, "Commands of a row one at a time")
        .within_shown(10, 1'000'000);
    command.add_option("--partners", settings->partners, "Partners that the commands go to")
        .within_shown(1, 1'000'000);
    command.add_option("--in", *in, "A folder on the disk to be measured (default: this one)");
    command.add_option("--large", settings->large_partners, "Partners of the large ledger")
        .within_shown(1'000, 10'000'000);
    command.add_option("--jump", settings->jump_partners, "Partners of the jump of three years")
        .within_shown(100, 1'000'000);
    command
        .add_option("--listed", settings->listed_partners, "Partners that are listed by the page")
        .within_shown(10'000, 10'000'000);
    auto open = std::make_shared<std::string>();
    command.add_option("--open", *open).group("");  // hidden: the benchmark's own second process
    add_format(command, *format);
    add_examples(command,
                 "  benefits bench\n"
                 "  benefits bench --large 1000000\n"
                 "  benefits --kafka 127.0.0.1:9092 bench --commands 1000000\n");
    command.callback([settings, in, open, format, &chosen] {
        // Brokers of a profile are somebody's ledger, and no place to measure at.
        chosen.needs_ledger = chosen.settings_count = chosen.pages = false;
        chosen.run = [settings, in, open, format](const LedgerPlace& place) {
            if (!open->empty()) return open_and_tell(*open);
            settings->brokers = place.brokers;
            return bench(*settings, *in, *format);
        };
    });
}

}  // namespace ledger::tools
