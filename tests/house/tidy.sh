#!/usr/bin/env bash
# tidy.sh BUILD_DIR: clang-tidy over every source file of ours; any finding is an error.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(mktemp)
trap 'rm -f "$out"' EXIT
if ! run-clang-tidy -quiet -j 2 -p "$1" "$PWD/(events|aggregates|projections|consumers|tools)/.*\.cc$" >"$out" 2>/dev/null; then
    grep -E 'error|warning' "$out" | sort -u | head -40
    exit 1
fi
echo "clang-tidy: nothing found"
