// Files as the command line takes them in. The first byte says for what: lines of commands, or the
// file of an option. What is taken is a command that the codec takes, and what is not is answered
// with one sentence that never shows what may be a secret.
#include <sys/mman.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "aggregates/clock_command.h"
#include "events/json/decode.h"
#include "events/limits.h"
#include "tests/events/json/fake_seal.h"
#include "tests/fuzz/checked_json.h"
#include "tools/benefits/cli/csv_list.h"
#include "tools/benefits/cli/given_file.h"
#include "tools/benefits/cli/line_reader.h"
#include "tools/benefits/submitting/input_line.h"
#include "tools/benefits/submitting/typed_command.h"

namespace ledger::fuzz {
namespace {

// Stands in the input for what must not be shown.
constexpr std::string_view kSecret = "XSECRETX";

// Forgets every key at once: nothing grows from run to run.
class NoKeys : public KeyStore {
public:
    Result<std::optional<WrappedKey>> find(std::string_view) override {
        return std::optional<WrappedKey>();
    }
    Result<std::optional<WrappedKey>> find(Id128) override { return std::optional<WrappedKey>(); }
    Result<bool> was_destroyed(Id128) override { return true; }
    Result<void> put_all(std::span<const NewKey>) override { return {}; }
    Result<void> destroy(std::string_view) override { return {}; }
};

// The input as a file that has a name.
class InputFile {
public:
    InputFile() : number_(::memfd_create("input", MFD_CLOEXEC)) { LEDGER_CHECK(number_ >= 0); }
    std::string path() const { return "/proc/self/fd/" + std::to_string(number_); }
    void hold(std::string_view text) const {
        LEDGER_CHECK(::ftruncate(number_, 0) == 0);
        LEDGER_CHECK(::pwrite(number_, text.data(), text.size(), 0) ==
                     static_cast<ssize_t>(text.size()));
    }

private:
    int number_;
};

// A command line with everything but the file.
class Typed {
public:
    Typed(fb::CommandBody type, std::vector<std::string> words)
        : command_(kind_of(type)), words_(std::move(words)) {
        tools::add_options(tools::Subcommand(app_), command_.header, command_.shows());
        tools::add_options(tools::Subcommand(app_), command_.body, command_.shows());
        command_.support = "sue";
    }

    void take(const std::string& path) {
        std::vector<std::string> words = words_;
        for (std::string& word : words)
            if (word == "@") word += path;
        std::reverse(words.begin(), words.end());  // as the parser wants them
        app_.parse(words);
        const auto given = tools::given_command(command_, "c1");
        if (!given) return check_sentence(given.error());
        json::FakeSeal sealer;
        const auto packed = tools::packed(command_, *given, sealer.seal());
        if (!packed) return check_sentence(packed.error());
        LEDGER_CHECK(packed->size() <= limits::kCommandMaxBytes);
    }

private:
    CLI::App app_;
    tools::TypedCommand command_;
    std::vector<std::string> words_;
};

void keys_as_csv(std::string_view text) {
    const json::Table& table = json::table_named("KeyMaterial");
    const auto list = tools::list_from_csv(table, text);
    if (list) {
        valid_json(json::to_json(*list));
        return;
    }
    check_sentence(list.error());
    LEDGER_CHECK(list.error().message.find(kSecret) == std::string::npos);
}

void lines(const std::string& path, std::size_t bytes) {
    static NoKeys keys;
    static Sealer sealer(Key256{}, std::shared_ptr<KeyStore>(&keys, [](KeyStore*) {}));
    const auto reader = tools::LineReader::open(path);
    LEDGER_CHECK(reader.ok());
    tools::Line line;
    std::uint64_t last = 0;
    std::uint64_t read_bytes = 0;
    while ((*reader)->next(line)) {
        LEDGER_CHECK(line.number > last && line.text.size() <= line.bytes);
        last = line.number;
        read_bytes += line.bytes;
        const tools::InputLine read = tools::read_input_line(line, "in", sealer);
        LEDGER_CHECK(read.asked.line == line.number);
        LEDGER_CHECK((read.clock ? 1 : 0) + (read.fault ? 1 : 0) + (read.command.empty() ? 0 : 1) ==
                     1);
        if (read.clock) LEDGER_CHECK(!clock_command(*read.clock).empty());
        if (read.fault) check_sentence(error(read.fault->reason));
        if (read.fault) valid_json(tools::answer_line(read.asked, *read.fault));
    }
    LEDGER_CHECK((*reader)->failure().empty() && read_bytes <= bytes);
}

void file(char letter, std::string_view text) {
    static const InputFile input;
    static Typed keys(fb::CommandBody::DeliverKeys,
                      {"--partner", "contoso", "--order", "o1", "--sku", "s1", "--keys", "@"});
    static Typed offers(fb::CommandBody::PublishCatalogue,
                        {"--catalogue-version", "4", "--catalogue-effective", "2023-02-01",
                         "--catalogue-note", "n", "--catalogue-offers", "@"});
    static Typed user(fb::CommandBody::AddUser, {"--partner", "contoso", "--user-id", "ana",
                                                 "--user-name", "@", "--user-email", "@"});
    input.hold(text);
    switch (letter) {
        case 'l':
            return lines(input.path(), text.size());
        case 'k':
            keys_as_csv(text);
            return keys.take(input.path());
        case 'o':
            return offers.take(input.path());
        case 'u':
            return user.take(input.path());
        default:
            return;
    }
}

}  // namespace
}  // namespace ledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    ledger::fuzz::file(text.front(), text.substr(1));
    return 0;
}
