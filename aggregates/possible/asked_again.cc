#include "aggregates/possible/asked_again.h"

#include <algorithm>
#include <map>

#include "aggregates/possible/command.h"
#include "events/check.h"
#include "events/json/copy.h"
#include "events/json/read.h"
#include "events/json/walk.h"

namespace ledger::possible {

namespace {

using flatbuffers::Offset;
using json::Field;
using json::Kind;

// How a field of the command is known.
enum class Known {
    told,       // by the event
    told_once,  // the same, and the caller may have left it out
    ticked,     // a command without it is not taken
    untold,
};

struct Part {
    const Field* to = nullptr;
    const Field* from = nullptr;  // where it is told
    Known known{};
};

}  // namespace

struct AskedPlan {
    const json::Choice* command = nullptr;
    const json::Table* event = nullptr;
    std::vector<Part> parts;

    bool certain() const {
        return std::all_of(parts.begin(), parts.end(), [](const Part& part) {
            return part.known == Known::told || part.known == Known::ticked;
        });
    }
};

namespace {

bool same_kind(const Field& a, const Field& b) {
    return a.kind == b.kind && a.list == b.list && a.table == b.table && a.width == b.width;
}

bool is_asked_as(const Field& told, const std::string& command, const Field& field) {
    return std::any_of(told.asked_as.begin(), told.asked_as.end(), [&](const std::string& name) {
        return name == field.name || name == command + '.' + field.name;
    });
}

const Field* told_by(const json::Table& event, const std::string& command, const Field& field) {
    for (const Field& each : event.fields)
        if (is_asked_as(each, command, field) && same_kind(each, field)) return &each;
    const Field* found = event.field(field.name);
    return found && found->asked_as.empty() && same_kind(*found, field) ? found : nullptr;
}

Part part_of(const json::Table& event, const std::string& command, const Field& field) {
    Part part{&field, told_by(event, command, field), Known::untold};
    if (part.from) {
        // What always stands in the event though the caller need not say it: decide chose it then.
        const bool chosen =
            !json::must_stand(field) && (field.kind == Kind::text || field.optional) &&
            (part.from->required || (part.from->width != 0 && !part.from->optional));
        part.known = chosen ? Known::told_once : Known::told;
    } else if (field.ticked) {
        part.known = Known::ticked;
    }
    return part;
}

AskedPlan plan_of(const json::Choice& event, const json::Choice& command) {
    AskedPlan plan{&command, event.table, {}};
    for (const Field& field : command.table->fields)
        if (!field.unsent) plan.parts.push_back(part_of(*event.table, command.name, field));
    return plan;
}

// Of an event that says nothing else, the command of its number.
std::vector<AskedPlan> plans_of(const json::Choice& event) {
    std::vector<AskedPlan> plans;
    for (const json::Choice& command : commands()) {
        const std::vector<std::string>& named = event.table->asked_by;
        const bool asks = named.empty()
                              ? command.value == event.value
                              : std::find(named.begin(), named.end(), command.name) != named.end();
        if (asks) plans.push_back(plan_of(event, command));
    }
    return plans;
}

const std::vector<AskedPlan>& plans_for(fb::Event event) {
    static const auto plans = [] {
        std::vector<std::vector<AskedPlan>> all(static_cast<std::size_t>(fb::Event::MAX) + 1);
        for (const json::Choice& each : json::table_named("Body").field("event")->choices)
            all[static_cast<std::size_t>(each.value)] = plans_of(each);
        return all;
    }();
    return plans[static_cast<std::size_t>(event)];
}

json::Value number_value(const Field& field, std::int64_t number) {
    json::Value value;
    value.field = &field;
    value.number = number;
    return value;
}

bool can_be_built(const std::optional<json::Value>& value) {
    return !value || value->field->kind == Kind::text || value->field->width != 0;
}

}  // namespace

std::vector<std::string> untold_fields(fb::Event event) {
    const std::vector<AskedPlan>& plans = plans_for(event);
    std::vector<std::string> names;
    if (plans.empty()) names.emplace_back("command");
    for (const AskedPlan& plan : plans)
        for (const Part& part : plan.parts)
            if (part.known == Known::untold) names.push_back(part.to->name);
    return names;
}

void AskedAgain::begin(const RecordView& record, const Standing& standing) {
    record_ = &record;
    standing_.emplace(standing);
    plans_ = &plans_for(record.body->event_type());
    plan_ = 0;
    tried_ = 0;
    begun_ = false;
    certain_ = plans_->size() == 1 && plans_->front().certain();
}

const fb::Command* AskedAgain::next() {
    while (plan_ < plans_->size() && tried_ < kTriedMax) {
        const bool more = begun_ ? step() : (begin_plan(), true);
        const bool possible = std::all_of(ways_.begin(), ways_.end(),
                                          [](const Way& way) { return way.count() != 0; });
        if (more && possible) {
            ++tried_;
            return build();
        }
        ++plan_;
        begun_ = false;
    }
    return nullptr;
}

void AskedAgain::begin_plan() {
    begun_ = true;
    ways_.clear();
    if (certain_) return;
    texts_.emplace();
    const AskedPlan& plan = (*plans_)[plan_];
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const Part& part = plan.parts[i];
        if (part.known == Known::told_once) ways_.push_back({i, {std::nullopt}, true, 0});
        if (part.known == Known::untold) ways_.push_back(ways_of(i));
    }
}

AskedAgain::Way AskedAgain::ways_of(std::size_t part) {
    const AskedPlan& plan = (*plans_)[plan_];
    const Field& field = *plan.parts[part].to;
    Way way{part, {}, false, 0};
    if (field.kind == Kind::boolean) {
        way.values = {std::nullopt, number_value(field, 1)};
        return way;
    }
    if (field.kind == Kind::choice) {
        for (const json::Choice& choice : field.choices)
            way.values.emplace_back(number_value(field, choice.value));
        return way;
    }
    if (!json::must_stand(field)) way.values.emplace_back(std::nullopt);
    Choices choices(*standing_, static_cast<fb::CommandBody>(plan.command->value), *texts_);
    Offered offered = choices.of(field, Named{}, false);
    for (auto* some : {&offered.sensible, &offered.others})
        for (Choice& choice : *some)
            if (choice.value && can_be_built(choice.value))
                way.values.push_back(std::move(choice.value));
    return way;
}

// To the next combination; false after the last one.
bool AskedAgain::step() {
    for (Way& way : ways_) {
        if (++way.at < way.count()) return true;
        way.at = 0;
    }
    return false;
}

const AskedAgain::Way* AskedAgain::way_of(std::size_t part) const {
    const auto found = std::find_if(ways_.begin(), ways_.end(),
                                    [part](const Way& way) { return way.part == part; });
    return found == ways_.end() ? nullptr : &*found;
}

const fb::Command* AskedAgain::build() {
    const AskedPlan& plan = (*plans_)[plan_];
    const auto* event = static_cast<const std::uint8_t*>(record_->body->event());
    // Of a field: what stands in its place, null where that is told or absent.
    const auto tried = [&](std::size_t part) -> const json::Value* {
        const Way* way = way_of(part);
        if (!way || (way->or_as_told && way->at == 0)) return nullptr;
        const auto& value = way->values[way->at - (way->or_as_told ? 1 : 0)];
        return value ? &*value : nullptr;
    };
    const auto told = [&](std::size_t part) -> const std::uint8_t* {
        const Field* from = plan.parts[part].from;
        const Way* way = way_of(part);
        if (!from || (way && way->at != 0)) return nullptr;
        return json::place_of(*plan.event, *from, event);
    };
    out_.Clear();
    outside_.clear();
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        Offset<void> outside;
        if (const std::uint8_t* place = told(i))
            outside = json::copy_outside(out_, *plan.parts[i].from, place);
        else if (const json::Value* value = tried(i); value && value->field->kind == Kind::text)
            outside = out_.CreateString(value->text.data(), value->text.size()).Union();
        outside_.push_back(outside);
    }
    const flatbuffers::uoffset_t start = out_.StartTable();
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const Part& part = plan.parts[i];
        if (const std::uint8_t* place = told(i))
            json::copy_inside(out_, *part.to, *part.from, place, outside_[i]);
        else if (part.known == Known::ticked)
            json::put_scalar(out_, *part.to, 1);
        else if (const json::Value* value = tried(i); value && value->field->kind == Kind::text)
            out_.AddOffset(part.to->offset, outside_[i]);
        else if (value)
            json::put_scalar(out_, *part.to, value->number);
    }
    const Offset<void> body(out_.EndTable(start));
    const fb::Entry& entry = *record_->entry;
    const auto text = [&](const flatbuffers::String* given) {
        return given ? out_.CreateString(given->c_str(), given->size())
                     : Offset<flatbuffers::String>();
    };
    const auto id = text(entry.command_id());
    const auto partner = text(entry.partner());
    const auto reason = text(entry.reason());
    const auto actor_id = text(entry.actor()->id());
    const auto actor = fb::CreateActor(out_, entry.actor()->kind(), actor_id, fb::Role::NONE,
                                       text(entry.actor()->authentication()));
    fb::FinishCommandBuffer(
        out_, fb::CreateCommand(out_, id, partner, actor, reason, 0, 0, entry.corrects(),
                                flatbuffers::nullopt, flatbuffers::nullopt,
                                static_cast<fb::CommandBody>(plan.command->value), body));
    return fb::GetCommand(out_.GetBufferPointer());
}

}  // namespace ledger::possible
