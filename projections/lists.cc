#include "projections/lists.h"

#include <algorithm>

#include "aggregates/orders/terms.h"

namespace ledger::views {
namespace {

constexpr std::size_t kKindBytes = 1;
constexpr std::size_t kListDayBytes = sizeof(std::uint32_t);
constexpr std::size_t kDateTextBytes = 10;  // "2021-09-01"

class ListKeys {
public:
    explicit ListKeys(const PartnerState& state) : state_(state) {}

    void add_order(const fb::OrderT& order);
    void add(Listed kind, std::int32_t day, std::string_view thing, std::string_view what = {});
    std::vector<std::string> take();

private:
    void add_charges(const fb::OrderT& order);

    const PartnerState& state_;
    std::vector<std::string> keys_;
};

void ListKeys::add(Listed kind, std::int32_t day, std::string_view thing, std::string_view what) {
    std::string& key = keys_.emplace_back(list_day(kind, Date{day}));
    key.append(state_.partner).push_back('\0');
    key.append(thing);
    if (what.empty()) return;
    key.push_back('\0');
    key.append(what);
}

bool is_unpaid(const fb::OrderT& order) {
    return order.pay_by != 0 && order.withdrawn == 0 && order.cancelled == 0;
}

void ListKeys::add_charges(const fb::OrderT& order) {
    if (order.pay_by == 0) add(Listed::charge, order.purchased, order.id, kChargePaid);
    if (orders::awaits_charge(order)) {
        add(Listed::charge, order.charge_ordered, order.id, kChargeOrdered);
        add(Listed::open_charge, order.charge_ordered, order.id, kChargeOrdered);
    }
    if (order.charge_failed != 0) {
        add(Listed::charge, order.charge_failed, order.id, kChargeFailed);
        add(Listed::failed_charge, order.charge_failed, order.id, kChargeFailed);
    }
}

void ListKeys::add_order(const fb::OrderT& order) {
    add_charges(order);
    if (is_unpaid(order)) add(Listed::unpaid_order, order.pay_by, order.id);
    for (const fb::RemindedT& reminded : order.reminded)
        add(Listed::reminder, reminded.due, order.id);
    if (!is_newest_term(order)) return;
    add(Listed::order, order.anniversary, order.id);
    if (order.charge_failed != 0) add(Listed::unrenewed_order, order.charge_failed, order.id);
}

std::vector<std::string> ListKeys::take() {
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    return std::move(keys_);
}

}  // namespace

bool is_newest_term(const fb::OrderT& order) {
    return order.pay_by == 0 && order.cancelled == 0 && order.withdrawn == 0 &&
           order.replaced == 0 && order.renewed_by.empty();
}

const fb::OrderT* last_term(const PartnerState& state) {
    const fb::OrderT* last = nullptr;
    for (const fb::OrderT& order : state.orders)
        if (is_newest_term(order) && (!last || last->anniversary < order.anniversary))
            last = &order;
    return last;
}

std::vector<std::string> list_keys(const PartnerState& state) {
    ListKeys keys(state);
    for (const fb::OrderT& order : state.orders) keys.add_order(order);
    if (const fb::OrderT* last = last_term(state))
        keys.add(Listed::membership, last->anniversary, {});
    return keys.take();
}

std::optional<ListKey> parse_list_key(std::string_view key) {
    if (key.size() < kKindBytes + kListDayBytes) return std::nullopt;
    const std::string_view rest = key.substr(kKindBytes + kListDayBytes);
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const auto day = get_big_endian<std::uint32_t>(key.substr(kKindBytes));
    return ListKey{Date{static_cast<std::int32_t>(day)}, rest.substr(0, end), rest.substr(end + 1)};
}

std::string list_day(Listed kind, Date day) {
    std::string key(kKindBytes, static_cast<char>(kind));
    // Dates are not before 1970.
    put_big_endian(key, static_cast<std::uint32_t>(day.days));
    return key;
}

std::string place_of(const ListKey& key) {
    std::string place = to_string(key.on) + "/" + std::string(key.partner);
    if (key.thing.empty()) return place;
    place += "/" + std::string(key.thing);
    std::replace(place.begin(), place.end(), '\0', '/');
    return place;
}

std::optional<std::string> key_at(Listed kind, std::string_view place) {
    const auto day = parse_date(place.substr(0, kDateTextBytes));
    if (!day || place.size() < kDateTextBytes + 2 || place[kDateTextBytes] != '/')
        return std::nullopt;
    std::string rest(place.substr(kDateTextBytes + 1));
    if (rest.find('\0') != std::string::npos) return std::nullopt;
    std::replace(rest.begin(), rest.end(), '/', '\0');
    if (rest.find('\0') == std::string::npos) rest.push_back('\0');
    return list_day(kind, *day) + rest;
}

}  // namespace ledger::views
