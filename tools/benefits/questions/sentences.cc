#include "tools/benefits/questions/sentences.h"

#include "aggregates/sentence.h"
#include "reference_generated.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {
namespace {

fb::SentenceLineT& add_line(fb::SentenceListT& list, std::string_view key,
                            const InLanguages& said) {
    fb::SentenceLineT& line = list.sentences.emplace_back();
    line.key = key;
    line.en = said_in(said, Language::english);
    line.ko = said_in(said, Language::korean);
    return line;
}

fb::SentenceListT sentence_list(const std::string& id) {
    fb::SentenceListT list;
    for (const SentenceRow& row : sentence_rows()) {
        if (!id.empty() && row.code != id && row.rule != id) continue;
        fb::SentenceLineT& line = add_line(list, row.key, row.said);
        line.code = row.code;
        line.rule = row.rule;
        for (const ValueName& value : row.values)
            line.values.append(line.values.empty() ? "" : " ").append(value.name);
    }
    if (id.empty())
        for (const WordRow& word : word_rows()) add_line(list, word.key, word.said);
    return list;
}

std::string tables(const fb::SentenceListT& list) {
    Table table;
    table.column("what").column("rule").column("English").column("Korean");
    for (const fb::SentenceLineT& line : list.sentences)
        table.row({line.key, line.rule, line.en, line.ko});
    return table.text(screen());
}

}  // namespace

bool print_sentences(const std::string& id, const ListFormat& format) {
    const fb::SentenceListT list = sentence_list(id);
    if (list.sentences.empty()) return false;
    print_list(format, list, list.sentences, [&] { return tables(list); });
    return true;
}

}  // namespace ledger::tools
