// Scripts that complete a command line, made from the parser's own tree of subcommands and options,
// so that they know what the program knows. Names of the ledger they ask the program for.
#pragma once

#include <string>
#include <vector>

namespace ledger::tools {

class Subcommand;

// One level of the tree.
struct Completable {
    struct Named {
        std::string name;
        std::string about;
    };
    enum class Files { none, files, folders, marked };  // marked: "@FILE"
    struct Option : Named {
        std::string short_name;           // "-o", or empty
        std::vector<std::string> values;  // all it takes, if those are a few words
        bool takes_value = false;
        Files files = Files::none;
        std::string names;  // "order": of the ledger, by `benefits complete`
    };
    std::string path;             // "benefits order buy"
    std::vector<Named> words;     // subcommands, or what an argument may be
    Files files = Files::none;    // what an argument names
    std::string names;            // "partner,benefit": of the ledger, by the argument's place
    std::vector<Option> options;  // also those of the levels above
};

// From the root down.
std::vector<Completable> completable(Subcommand root);

std::string bash_completion(const std::vector<Completable>& levels);
std::string zsh_completion(const std::vector<Completable>& levels);
std::string fish_completion(const std::vector<Completable>& levels);

}  // namespace ledger::tools
