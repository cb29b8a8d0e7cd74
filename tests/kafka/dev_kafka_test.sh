#!/usr/bin/env bash
# tools/kafka/kafka keeps its word: one real broker goes up, answers for itself, comes back with its
# data under its address, and leaves no process behind. Also that it refuses nonsense, and never
# signals a process that isn't its own. Needs Java, and Maven unless the jars are cached.
set -euo pipefail

readonly kLimitSeconds=300
if [[ -z "${DEV_KAFKA_TEST_BOUNDED:-}" ]]; then
    DEV_KAFKA_TEST_BOUNDED=1 exec timeout --kill-after=30 "$kLimitSeconds" "$0" "$@"
fi

kafka="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/tools/kafka/kafka"
readonly kafka
scratch="$(mktemp -d)"
readonly scratch
readonly state="$scratch/a state" # A path with a space in it is a path.
bystander=""

clean_up() {
    "$kafka" reset --dir "$state" 2>/dev/null || true
    if [[ -n "$bystander" ]]; then kill "$bystander" 2>/dev/null || true; fi
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 143' TERM INT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect_exit CODE ARGUMENT...: stdout and stderr of the call are left in $scratch/out and err.
expect_exit() {
    local expected="$1" code=0
    shift
    "$kafka" "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
    [[ "$code" == "$expected" ]] ||
        fail "kafka $*: exit $code, not $expected: $(cat "$scratch/out" "$scratch/err")"
}

pid_of_broker() { awk '$1 == 1 { print $2 }' < <("$kafka" status --dir "$state"); }

# Looks for itself, whatever the pid files say. No command with the path as an argument: it would count.
processes_left() {
    local count=0 file
    for file in /proc/[0-9]*/cmdline; do
        if [[ "$({ tr '\0' ' ' <"$file"; } 2>/dev/null || true)" == *"$state/broker-"* ]]; then
            count=$((count + 1))
        fi
    done
    echo "$count"
}

echo "Wrong usage is one sentence and exit 2"
for nonsense in "" "sideways" "up --brokers 2" "up --heap lots" "up --heap 1m" "kill-broker"; do
    # shellcheck disable=SC2086
    expect_exit 2 $nonsense
    [[ ! -s "$scratch/out" && "$(wc -l <"$scratch/err")" == 1 ]] || fail "'$nonsense' talks too much"
done

echo "Without a cluster there is no status and no address, and nothing to reset"
expect_exit 1 status --dir "$state"
expect_exit 1 address --dir "$state"
expect_exit 0 reset --dir "$state"
[[ ! -e "$state" ]] || fail "a question made $state"

echo "One broker goes up and says where"
expect_exit 0 up --dir "$state"
bootstrap="$(cat "$scratch/out")"
[[ "$bootstrap" =~ ^127\.0\.0\.1:[0-9]+$ ]] || fail "bootstrap line '$bootstrap'"
expect_exit 0 status --dir "$state"
expect_exit 0 address --dir "$state"
[[ "$(cat "$scratch/out")" == "$bootstrap" ]] || fail "address differs from what up said"
pid="$(pid_of_broker)"

echo "A second up changes nothing, and one of another size is refused"
expect_exit 0 up --dir "$state"
[[ "$(cat "$scratch/out")" == "$bootstrap" ]] || fail "the second up said $(cat "$scratch/out")"
[[ "$(pid_of_broker)" == "$pid" ]] || fail "the second up started another process"
expect_exit 2 up --brokers 3 --dir "$state"
expect_exit 2 kill-broker 2 --dir "$state"

echo "down leaves the data and no process"
expect_exit 0 down --dir "$state"
[[ "$(processes_left)" == 0 ]] || fail "a process outlived down"
expect_exit 1 status --dir "$state"
expect_exit 1 address --dir "$state"
cluster_line="$(grep cluster.id "$state/broker-1/data/meta.properties")"

echo "A process that was given the pid of the broker is left alone"
sleep "$kLimitSeconds" &
bystander=$!
echo "$bystander" >"$state/broker-1/pid"
expect_exit 0 down --dir "$state"
kill -0 "$bystander" || fail "down stopped a process that is not a broker"

echo "up after down is the same cluster, and comes back from a kill too"
expect_exit 0 up --dir "$state"
[[ "$(cat "$scratch/out")" == "$bootstrap" ]] || echo "  (on new ports: the old ones were taken)"
grep -qF "$cluster_line" "$state/broker-1/data/meta.properties" || fail "another cluster id"
expect_exit 0 kill-broker 1 --dir "$state"
[[ "$(processes_left)" == 0 ]] || fail "a process outlived kill-broker"
expect_exit 0 start-broker 1 --dir "$state"
expect_exit 0 status --dir "$state"

echo "reset deletes its own data and nothing else"
touch "$state/mine"
expect_exit 0 reset --dir "$state"
[[ "$(processes_left)" == 0 ]] || fail "a process outlived reset"
[[ "$(ls -A "$state")" == mine ]] || fail "after reset: $(ls -A "$state")"

echo "passed"
