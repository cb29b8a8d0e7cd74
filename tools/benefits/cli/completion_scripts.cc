// The text of the scripts for bash, zsh and fish. Each walks the words that were typed down the
// levels of the tree and offers what may follow there.
#include "tools/benefits/cli/completion.h"

namespace ledger::tools {
namespace {

// bash breaks words at '=' and '@', which stand before what is to be completed then.
constexpr const char* kBashBegin =
    R"sh(# bash completion of benefits: source <(benefits completion bash)
_benefits() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at=benefits mark=@ i
    local words= files= names= before=$((COMP_CWORD-1))
    if [[ $cur == @ ]]; then cur= mark=; fi
    if [[ $prev == @ ]]; then mark=; prev=${COMP_WORDS[--before]}; fi
    if [[ $cur == = ]]; then cur=; fi
    if [[ $prev == = ]]; then prev=${COMP_WORDS[--before]}; fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$at ${COMP_WORDS[i]}" in
)sh";

// Below, $files says what else may stand there: nothing, -f, -d or @.
constexpr const char* kBashEnd = R"sh(    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    if [[ $names && $cur != -* ]]; then _benefits_names "arguments:$names"; fi
    if [[ $files ]]; then _benefits_files; fi
}
# The ledger's own names, as far as the program can tell them at once.
_benefits_names() {
    local IFS=$'\n'
    COMPREPLY+=($(compgen -W "$(command "${COMP_WORDS[0]}" complete "$1" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$cur"))
}
_benefits_files() {
    local IFS=$'\n'
    compopt -o filenames 2>/dev/null
    case $files in
        @) COMPREPLY+=($(compgen -f -P "$mark" -- "${cur#@}")) ;;
        *) COMPREPLY+=($(compgen $files -- "$cur")) ;;
    esac
}
complete -F _benefits benefits
)sh";

constexpr const char* kZshBegin = R"sh(#compdef benefits
# zsh completion of benefits: benefits completion zsh > a folder of $fpath/_benefits
_benefits_marked() {
    if compset -P @; then _files; else _files -P @; fi
}
# The ledger's own names, as far as the program can tell them at once.
_benefits_names() {
    local -a found
    found=(${(f)"$(command ${words[1]} complete $1 "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    compadd -a found
}
_benefits() {
    local at=benefits files= names= i
    local -a subcommands options values
    for ((i = 2; i < CURRENT; i++)); do
        case "$at ${words[i]}" in
)sh";

constexpr const char* kZshEnd = R"sh(    esac
    if [[ ${words[CURRENT]} == -* ]]; then
        _describe -o option options
    else
        if (( $#subcommands )); then _describe command subcommands; fi
        if [[ -n $names ]]; then _benefits_names arguments:$names; fi
        if [[ -n $files ]]; then eval $files; fi
    fi
}
# Found in $fpath it is run for the first completion, else it is read by hand.
if [[ $funcstack[1] == _benefits ]]; then _benefits "$@"; else compdef _benefits benefits; fi
)sh";

constexpr const char* kFishBegin = R"sh(# fish completion of benefits
function __benefits_at
    set -l at benefits
    for word in (commandline -opc)[2..-1]
        contains -- "$at $word" $__benefits_levels; and set at "$at $word"
    end
    test "$at" = "$argv[1]"
end
function __benefits_marked
    __fish_complete_path (string replace -r '^@' '' -- (commandline -ct)) | string replace -r '^' '@'
end
# The ledger's own names, as far as the program can tell them at once.
function __benefits_names
    set -l before (commandline -opc)
    set -l word (commandline -ct)
    command $before[1] complete $argv[1] $before[2..-1] "$word" 2>/dev/null
end
complete -c benefits -f
)sh";

// In single quotes of a shell.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

// fish takes backslashes in single quotes.
std::string fish_quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

std::string spaced(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

// "'benefits order'|'benefits order buy') at=... ;;", as the loops of bash and zsh need it.
std::string descend(const std::vector<Completable>& levels, const std::string& word) {
    std::string out;
    for (const Completable& level : levels)
        if (level.path != levels.front().path)
            out += (out.empty() ? "            " : "|") + quoted(level.path);
    return out + ") at=\"$at " + word + "\" ;;\n        esac\n    done\n";
}

// A colon parts a name and its description.
std::string zsh_pair(const Completable::Named& named) {
    return quoted(named.name + ":" + named.about);
}

// "'benefits show --output'|'benefits show -o') "
std::string option_case(const Completable& level, const Completable::Option& option) {
    std::string out = "        " + quoted(level.path + " " + option.name);
    if (!option.short_name.empty()) out += "|" + quoted(level.path + " " + option.short_name);
    return out + ") ";
}

const char* bash_files(Completable::Files files) {
    switch (files) {
        case Completable::Files::none:
            return "";
        case Completable::Files::files:
            return "-f";
        case Completable::Files::folders:
            return "-d";
        case Completable::Files::marked:
            return "@";
    }
    return "";
}

const char* zsh_files(Completable::Files files) {
    switch (files) {
        case Completable::Files::none:
            return "";
        case Completable::Files::files:
            return "_files";
        case Completable::Files::folders:
            return "_files -/";
        case Completable::Files::marked:
            return "_benefits_marked";
    }
    return "";
}

const char* fish_files(Completable::Files files) {
    switch (files) {
        case Completable::Files::none:
            return "";
        case Completable::Files::files:
            return " -F";
        case Completable::Files::folders:
            return " -a '(__fish_complete_directories (commandline -ct))'";
        case Completable::Files::marked:
            return " -a '(__benefits_marked)'";
    }
    return "";
}

}  // namespace

std::string bash_completion(const std::vector<Completable>& levels) {
    std::string out = kBashBegin + descend(levels, "${COMP_WORDS[i]}");
    out += "    case \"$at $prev\" in\n";
    for (const Completable& level : levels)
        for (const Completable::Option& option : level.options) {
            if (!option.takes_value) continue;
            out += option_case(level, option);
            if (option.files != Completable::Files::none)
                out += std::string("files=") + bash_files(option.files) +
                       "; _benefits_files; return ;;\n";
            else if (!option.names.empty())
                out += "_benefits_names option:" + option.names + "; return ;;\n";
            else if (option.values.empty())
                out += "return ;;\n";
            else
                out += "COMPREPLY=($(compgen -W " + quoted(spaced(option.values)) +
                       " -- \"$cur\")); return ;;\n";
        }
    out += "    esac\n    case \"$at\" in\n";
    for (const Completable& level : levels) {
        std::vector<std::string> words;
        for (const auto& each : level.words) words.push_back(each.name);
        for (const auto& each : level.options) words.push_back(each.name);
        out += "        " + quoted(level.path) + ") words=" + quoted(spaced(words)) +
               " files=" + bash_files(level.files) + " names=" + level.names + " ;;\n";
    }
    return out + kBashEnd;
}

std::string zsh_completion(const std::vector<Completable>& levels) {
    std::string out = kZshBegin + descend(levels, "${words[i]}");
    out += "    case \"$at ${words[CURRENT-1]}\" in\n";
    for (const Completable& level : levels)
        for (const Completable::Option& option : level.options) {
            if (!option.takes_value) continue;
            out += option_case(level, option);
            if (option.files != Completable::Files::none)
                out += std::string(zsh_files(option.files)) + "; return ;;\n";
            else if (!option.names.empty())
                out += "_benefits_names option:" + option.names + "; return ;;\n";
            else if (option.values.empty())
                out += "return ;;\n";
            else
                out +=
                    "values=(" + spaced(option.values) + "); _describe value values; return ;;\n";
        }
    out += "    esac\n    case \"$at\" in\n";
    for (const Completable& level : levels) {
        std::string subcommands;
        std::string options;
        for (const auto& each : level.words) subcommands += " " + zsh_pair(each);
        for (const auto& each : level.options) options += " " + zsh_pair(each);
        out += "        " + quoted(level.path) + ") subcommands=(" + subcommands + " ); options=(" +
               options + " ); files=" + quoted(zsh_files(level.files)) + " names=" + level.names +
               " ;;\n";
    }
    return out + kZshEnd;
}

std::string fish_completion(const std::vector<Completable>& levels) {
    std::string out = "set -g __benefits_levels";
    for (const Completable& level : levels) out += " " + fish_quoted(level.path);
    out += "\n";
    out += kFishBegin;
    for (const Completable& level : levels) {
        const std::string begin =
            "complete -c benefits -n \"__benefits_at " + fish_quoted(level.path) + "\"";
        for (const auto& each : level.words)
            out += begin + " -a " + each.name + " -d " + fish_quoted(each.about) + "\n";
        if (level.files != Completable::Files::none) out += begin + fish_files(level.files) + "\n";
        if (!level.names.empty())
            out += begin + " -a '(__benefits_names arguments:" + level.names + ")'\n";
        for (const auto& option : level.options) {
            out += begin + " -l " + option.name.substr(2) + " -d " + fish_quoted(option.about);
            if (!option.short_name.empty()) out += " -s " + option.short_name.substr(1);
            if (!option.values.empty())
                out += " -x -a " + fish_quoted(spaced(option.values));
            else if (!option.names.empty())
                out += " -x -a '(__benefits_names option:" + option.names + ")'";
            else if (option.files == Completable::Files::files)
                out += " -r -F";
            else if (option.takes_value)
                out += std::string(" -x") + fish_files(option.files);
            out += "\n";
        }
    }
    return out;
}

}  // namespace ledger::tools
