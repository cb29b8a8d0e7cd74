#!/bin/bash
# generate.sh FLATC GENERATE SCHEMA_DIR: a schema that leaves out what the lists are made of doesn't build. Each case is the
# schema as it is now with one change made by sed, and the sentence that the generator must say.
set -euo pipefail
flatc=$1 generate=$2 schema=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 cases=0

# made DIR: what is generated from DIR/*.fbs, into DIR/out
made() {
    mkdir -p "$1/out"
    "$flatc" --binary --schema --bfbs-comments --bfbs-builtins --require-explicit-ids -o "$1" "$1/ledger.fbs" >"$work/said" &&
        "$generate" "$1/ledger.bfbs" "$1/out" 2>"$work/said"
}

# change FILE SED: the schema with FILE edited, in $work/new
change() {
    rm -rf "$work/new"
    mkdir "$work/new"
    cp -r "$schema"/. "$work/new"
    sed -E -i "$2" "$work/new/$1"
    cases=$((cases + 1))
    if cmp -s "$schema/$1" "$work/new/$1"; then
        echo "FAILED: '$2' changes nothing in $1"
        failed=1
    fi
}

# fails SENTENCE FILE SED
fails() {
    change "$2" "$3"
    if made "$work/new" || ! grep -qF -- "$1" "$work/said"; then
        echo "FAILED: '$3' in $2 must fail with '$1', and it said:"
        cat "$work/said"
        failed=1
    fi
    if [ -n "$(ls "$work/new/out")" ]; then
        echo "FAILED: '$3' in $2 wrote something all the same"
        failed=1
    fi
}

# keeps GENERATED FILE SED; changes GENERATED FILE SED
keeps() { change "$2" "$3" && made "$work/new" && cmp -s "$work/old/out/$1" "$work/new/out/$1" || wrong "$1" "$2" "$3"; }
changes() { change "$2" "$3" && made "$work/new" && ! cmp -s "$work/old/out/$1" "$work/new/out/$1" || wrong "$1" "$2" "$3"; }
wrong() {
    echo "FAILED: '$3' in $2 does to $1 what it mustn't"
    failed=1
}

mkdir "$work/old"
cp -r "$schema"/. "$work/old"
made "$work/old"

# A command says its area, its verb, an example, a rule, and its kinds of benefit if it has a sku.
fails "MoveSeat: it has no attribute 'area'" visual_studio.fbs 's/(table MoveSeat .)area: "seat", /\1/'
fails "MoveSeat: its area doesn't stand in the enum Area" visual_studio.fbs 's/(table MoveSeat .)area: "seat"/\1area: "chair"/'
fails "MoveSeat: it has no attribute 'verb'" visual_studio.fbs 's/(table MoveSeat .*), verb: "move"/\1/'
fails "MoveSeat: its doc comment doesn't end with a line 'Example: '" visual_studio.fbs '/Example: benefits seat move/d'
fails "MoveSeat: its doc comment names no rule" visual_studio.fbs 's/(Moves a seat to another person) \[VSS-03\]/\1/'
fails "MoveSeat: [VSS-3] is no rule's id" visual_studio.fbs 's/(Moves a seat to another person) \[VSS-03\]/\1 [VSS-3]/'
fails "MoveSeat: a command with a sku, and no other, has 'benefits'" visual_studio.fbs \
    's/(table MoveSeat .*), benefits: "visual_studio_seat"/\1/'
fails "MoveSeat: there is no kind of benefit 'chair'" visual_studio.fbs 's/(table MoveSeat .*benefits: )"\w+"/\1"chair"/'
# An event says its rules.
fails "SeatMoved: its doc comment names no rule" visual_studio.fbs 's/(A seat went from one person to another) \[.*\]/\1/'
# What is sealed is found by the id beside it.
fails "KeyMaterial.material: what is sealed leads to the id beside it" software_keys.fbs \
    '/^table KeyMaterial/,/^}/ s/  id:string/  number:string/'
# An area says what it is for.
fails "Area.seat: it has no doc comment of one line" command.fbs '/Assigns seats of per-user subscriptions/d'

# Views of another format are made again; a comment is no other format.
changes state_format_generated.h state.fbs 's/^  withdrawn:int/  taken_back:int/'
changes state_format_generated.h state.fbs 's/^  withdrawn:int/  withdrawn:long/'
changes state_format_generated.h policy.fbs 's/enum Unit : ubyte \{ licence,/enum Unit : ubyte { permit,/'
keeps state_format_generated.h state.fbs 's|^(table Order )|/// Now with a comment.\n\1|'
keeps state_format_generated.h visual_studio.fbs 's/^(table SeatReleased .*)/\1 note:string (id: 4);/'

echo "$cases cases"
exit "$failed"
