#include "tools/benefits/questions/sentences.h"

#include <vector>

#include "aggregates/sentence.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kSentencesColumns[] = {"key", "code", "rule", "values", "en", "ko"};

// A sentence, or a word that a value stands for, which has no code and no rule.
struct Saying {
    std::string_view key;
    std::string_view code;
    std::string_view rule;
    std::string values;  // "seat since days"
    InLanguages said;
};

std::vector<Saying> sayings(const std::string& id) {
    std::vector<Saying> found;
    for (const SentenceRow& row : sentence_rows()) {
        if (!id.empty() && row.code != id && row.rule != id) continue;
        Saying& saying = found.emplace_back(Saying{row.key, row.code, row.rule, {}, row.said});
        for (const ValueName& value : row.values)
            saying.values.append(saying.values.empty() ? "" : " ").append(value.name);
    }
    if (id.empty())
        for (const WordRow& word : word_rows()) found.push_back({word.key, {}, {}, {}, word.said});
    return found;
}

std::string row_json(const Saying& saying) {
    JsonObject object;
    object.text("key", saying.key).text("code", saying.code).text("rule", saying.rule);
    object.text("values", saying.values);
    object.text("en", said_in(saying.said, Language::english));
    return object.text("ko", said_in(saying.said, Language::korean)).line();
}

void print_table(const std::vector<Saying>& all) {
    Table table;
    table.column("what").column("rule").column("English").column("Korean");
    for (const Saying& saying : all)
        table.row({std::string(saying.key), std::string(saying.rule),
                   std::string(said_in(saying.said, Language::english)),
                   std::string(said_in(saying.said, Language::korean))});
    print(table.text(screen()));
}

}  // namespace

bool print_sentences(const std::string& id, const ListFormat& format) {
    const std::vector<Saying> all = sayings(id);
    if (all.empty()) return false;
    std::vector<std::string> rows;
    rows.reserve(all.size());
    for (const Saying& saying : all) rows.push_back(row_json(saying));
    if (is_rows(format)) {
        print_rows(format, rows, kSentencesColumns);
    } else if (format.form == Format::json) {
        JsonList list;
        for (const std::string& row : rows) list.add(row);
        print(indented(JsonObject().json("sentences", list.line()).line()));
    } else {
        print_table(all);
    }
    return true;
}

}  // namespace ledger::tools
