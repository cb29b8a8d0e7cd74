// What the tests of competencies ask for and expect: requirements, purchases by area, and what they
// come to.
#pragma once

#include "tests/support/rules.h"

namespace ledger::rules {

inline constexpr std::string_view kEnterprise = "visual-studio-enterprise";

Asked record_requirements(std::string_view competency, bool performance = true,
                          bool exams = true);  // by the system
fb::RequirementsRecordedT requirements_recorded(std::string_view competency, bool performance,
                                                bool exams, std::string_view on);

Asked buy_silver(std::string_view competency, std::string_view order);
Asked buy_gold(std::string_view competency, std::string_view order);
Asked by_transfer(Asked purchase);

// Contoso with the requirements of these met on that day.
Story qualified(std::initializer_list<std::string_view> competencies, std::string_view on);

const fb::OrderT& order_in(const Story& story, std::string_view order);
// What the order grants of the SKU; 0: nothing.
std::uint32_t granted_in(const Story& story, std::string_view order,
                         std::string_view sku = kEnterprise);
// What is still to be had of it on that day.
std::uint32_t left_in(const Story& story, std::string_view order, std::string_view on,
                      std::string_view sku = kEnterprise);

}  // namespace ledger::rules
