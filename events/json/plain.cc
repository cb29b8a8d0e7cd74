#include "events/json/plain.h"

#include <charconv>
#include <utility>

#include "events/check.h"
#include "events/json/text_writer.h"

namespace ledger::json {
namespace {

void write_plain(TextWriter& out, const Plain& plain);

struct PlainWriter {
    TextWriter& out;

    void operator()(std::nullptr_t) const { out.null(); }
    void operator()(bool value) const { out.boolean(value); }
    void operator()(std::int64_t value) const { out.number(value); }
    void operator()(std::uint64_t value) const { out.number(value); }
    void operator()(double value) const { out.number(value); }
    void operator()(const std::string& value) const { out.text(value); }
    void operator()(const Plain::List& list) const {
        out.open('[');
        for (const Plain& each : list) {
            out.next();
            write_plain(out, each);
        }
        out.close(']');
    }
    void operator()(const Plain::Object& object) const {
        out.open('{');
        for (const Plain::Member& each : object) {
            out.name(each.name);
            write_plain(out, each.value);
        }
        out.close('}');
    }
};

void write_plain(TextWriter& out, const Plain& plain) {
    std::visit(PlainWriter{out}, plain.value());
}

template <typename Integer>
bool read_whole(std::string_view text, Integer& value) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

}  // namespace

Plain::Plain() : value_(nullptr) {}
Plain::Plain(bool value) : value_(value) {}
Plain::Plain(std::int64_t value) : value_(value) {}
Plain::Plain(std::uint64_t value) : value_(value) {}
Plain::Plain(double value) : value_(value) {}
Plain::Plain(std::string value) : value_(std::move(value)) {}
Plain::Plain(std::string_view value) : value_(std::string(value)) {}
Plain::Plain(const char* value) : value_(std::string(value)) {}
Plain::Plain(const Plain& other) = default;
Plain::Plain(Plain&& other) noexcept = default;
Plain& Plain::operator=(const Plain& other) = default;
Plain& Plain::operator=(Plain&& other) noexcept = default;
Plain::~Plain() = default;

Plain Plain::object() {
    Plain plain;
    plain.value_ = Object{};
    return plain;
}

Plain Plain::list() {
    Plain plain;
    plain.value_ = List{};
    return plain;
}

Plain& Plain::add(std::string_view name, Plain value) {
    auto* object = std::get_if<Object>(&value_);
    LEDGER_CHECK(object);
    object->push_back({std::string(name), std::move(value)});
    return *this;
}

void Plain::add(Plain value) {
    auto* list = std::get_if<List>(&value_);
    LEDGER_CHECK(list);
    list->push_back(std::move(value));
}

Plain number_or_text(std::string_view text) {
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    // JSON has no "007".
    if (digits.size() > 1 && digits.front() == '0') return Plain(text);
    std::int64_t number = 0;
    if (read_whole(text, number)) return Plain(number);
    std::uint64_t large = 0;
    if (read_whole(text, large)) return Plain(large);
    return Plain(text);
}

std::string to_json(const Plain& plain, bool pretty) {
    std::string text;
    TextWriter out(text, pretty);
    write_plain(out, plain);
    return text;
}

}  // namespace ledger::json
