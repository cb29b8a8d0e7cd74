// The mistakes of people who type: rare, and each of its own kind.
#include "tools/benefits/generate/generated_life.h"

namespace ledger::tools {

void Life::slip() {
    switch (random_.below(3)) {
        case 0:
            return slip_with_ids();
        case 1:
            return slip_with_benefits();
        case 2:
            return slip_with_counts();
    }
}

void Life::slip_with_ids() {
    const JsonObject one_more = JsonObject().json("user", person("u8"));
    JsonObject elsewhere;
    elsewhere.text("order", "ap-9").text("sku", kSeats).text("person", "u1");
    switch (random_.below(6)) {
        case 0:
            return step("user", "u1", "AddUser", one_more, {.id = "c001"});
        case 1:
            return step("user", "u1", "AddUser", one_more, {.expects_version_1 = true});
        case 2:
            return by_user("u1", "AssignSeat", elsewhere);
        case 3:
            return by_user("u1", "RemoveUser", JsonObject().text("user", "u9"));
        case 4:
            return by_user(
                "u1", "ActivateKey",
                key_line("windows-10-enterprise-upgrade", "mak-9").text("machine", "pc-01"));
        case 5:
            return by_user("u1", "RedeemToken", line(kOffice).text("token", "e3-9"));
    }
}

void Life::slip_with_benefits() {
    JsonList keys;
    keys.add(key_material(key_of("mak-typo"), 1));
    switch (random_.below(7)) {
        case 0:
            return by_user("u1", "AssignSeat", line(kOffice).text("person", "u1"));
        case 1:
            return by_user("u1", "AssignSeat",
                           line("visual-studio-enterprise").text("person", "u1"));
        case 2:
            return by_user("u1", "RevealKey",
                           line(kOffice).text("language", "en-us").text("system", "windows-10"));
        case 3:
            return by_user("u1", "RecordDownload", line(kOffice));
        case 4:
            return by_user("u1", "IssueToken", line(kSeats));
        case 5:
            return by_user("u1", "AssignCompany", line(kOffice));
        case 6:
            return by_vendor("DeliverKeys", line(kSeats).json("keys", keys.line()));
    }
}

void Life::slip_with_counts() {
    const auto change = [this](std::string_view sku, std::string_view by) {
        return line(sku).json("change", by);
    };
    const std::uint64_t bought = bought_at_version_;
    switch (random_.below(7)) {
        case 0:
            return by_support("AdjustUsage", change(kIncidents, "1"), {"", bought});
        case 1:
            return by_support("AdjustUsage", change(kIncidents, "1"), {"by phone"});
        case 2:
            return by_support("AdjustUsage", change(kIncidents, "1"), {"by phone", 900});
        case 3:
            return by_support("AdjustUsage", change(kIncidents, "-50"), {"by phone", bought});
        case 4:
            return by_support("AdjustUsage", change(kIncidents, "50"), {"by phone", bought});
        case 5:
            return by_support("AdjustUsage", change(kSeats, "1"), {"by phone", bought});
        case 6:
            return by_user("u1", "AdjustUsage", change(kIncidents, "-1"));
    }
}

}  // namespace ledger::tools
