#!/bin/bash
# released.sh COMPARE_SCHEMAS NEW.bfbs DIR: the schema as it is now against every released one in DIR (see
# tests/golden/README.md).
set -euo pipefail
compare=$1 new=$2 dir=$3
shopt -s nullglob
released=("$dir"/*.bfbs)
if [ ${#released[@]} = 0 ]; then
    echo "nothing released yet: the schema may change freely"
    exit 0
fi
failed=0
for old in "${released[@]}"; do
    echo "against $(basename "$old" .bfbs):"
    if "$compare" "$old" "$new"; then
        echo "  only additions"
    else
        failed=1
    fi
done
[ "$failed" = 0 ] || echo "A released schema only grows: give what is changed another name and a new id, and keep the old one."
exit "$failed"
