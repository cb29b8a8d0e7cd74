// Catch2 2.13 (Debian 12) and 3 (Debian 13) under one name.
#pragma once

#ifdef LEDGER_CATCH2_V3
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#else
#include <catch2/catch.hpp>
#endif
