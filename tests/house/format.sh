#!/usr/bin/env bash
# Every C++ file stands as clang-format 14 (Debian 12) lays it out.
set -euo pipefail
cd "$(dirname "$0")/../.."
find events aggregates projections consumers tools tests -name '*.h' -o -name '*.cc' | xargs clang-format --dry-run --Werror
