#!/bin/bash
# rules.sh FLATC COMPARE_SCHEMAS SCHEMA_DIR: every rule of the schema gate, on the schema as it is now. Each case is that
# schema with one change made by sed; a break must be refused for its reason, an addition must pass.
set -euo pipefail
flatc=$1 compare=$2 schema=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 cases=0

# compile DIR: DIR/ledger.bfbs from DIR/*.fbs
compile() {
    "$flatc" --binary --schema --bfbs-builtins --require-explicit-ids -o "$1" "$1/ledger.fbs" >"$1/flatc.log" 2>&1
}

# mutate FILE SED: the schema with FILE edited, compiled into $work/new
mutate() {
    rm -rf "$work/new"
    cp -r "$work/old" "$work/new"
    sed -E -i "$2" "$work/new/$1"
    cases=$((cases + 1))
    if cmp -s "$work/old/$1" "$work/new/$1"; then
        echo "FAILED: '$2' changes nothing in $1"
        failed=1
        return 1
    fi
    if ! compile "$work/new"; then
        echo "FAILED: with '$2' in $1 the schema doesn't compile:"
        cat "$work/new/flatc.log"
        failed=1
        return 1
    fi
}

# refused REASON FILE SED
refused() {
    mutate "$2" "$3" || return 0
    local code=0
    "$compare" "$work/old/ledger.bfbs" "$work/new/ledger.bfbs" >"$work/out" || code=$?
    if [ "$code" != 1 ] || ! grep -qF -- "$1" "$work/out"; then
        echo "FAILED: '$3' in $2 gives exit code $code, expected 1 with '$1', found:"
        cat "$work/out"
        failed=1
    fi
}

# passes FILE SED
passes() {
    mutate "$1" "$2" || return 0
    if ! "$compare" "$work/old/ledger.bfbs" "$work/new/ledger.bfbs" >"$work/out"; then
        echo "FAILED: '$2' in $1 only adds, but was refused:"
        cat "$work/out"
        failed=1
    fi
}

mkdir "$work/old"
cp -r "$schema"/. "$work/old"
# A few types of known shape, so that a case doesn't depend on which field of ours is the last one.
cat >>"$work/old/common.fbs" <<'TYPES'
table Sample {
  text:string (id: 0, required);
  number:uint = 7 (id: 1);
  day:int (id: 2, date);
  moment:long (id: 3, time);
  secret:[ubyte] (id: 4, sealed);
  kind:ActorKind (id: 5);
  nested:[ubyte] (id: 6, nested_flatbuffer: "Money");
  maybe:ulong = null (id: 7);
  last:string (id: 8);
}
struct Pair { a:ulong (id: 0); b:uint (id: 1); c:uint (id: 2); }
enum Colour : ubyte { red, green, blue }
enum Flag : ubyte (bit_flags) { one, two }
table First {}
table Second {}
union Either { First = 1, Second = 5 }
table Holder { either:Either (id: 1); pair:Pair (id: 2); colour:Colour (id: 3); flag:Flag (id: 4);
  sample:Sample (id: 5); }
TYPES
compile "$work/old" || { cat "$work/old/flatc.log"; exit 1; }
if ! "$compare" "$work/old/ledger.bfbs" "$work/old/ledger.bfbs"; then
    echo "FAILED: the schema differs from itself"
    failed=1
fi

# Fields
refused 'ledger.fb.Sample.last was removed' common.fbs '/^  last:/d'
refused 'ledger.fb.Sample.text was renamed or replaced: id 0 is now words' common.fbs 's/^  text:/  words:/'
refused 'ledger.fb.Sample.number was renumbered from id 1 to 2' common.fbs \
    's/^(  number:.*)id: 1/\1id: 2/; s/^(  day:.*)id: 2/\1id: 1/'
refused 'ledger.fb.Sample.number was retyped from UInt to ULong' common.fbs 's/^  number:uint/  number:ulong/'
refused 'ledger.fb.Sample.number was retyped from UInt to Int' common.fbs 's/^  number:uint/  number:int/'
refused 'ledger.fb.Sample.last was retyped from String to [String]' common.fbs 's/^  last:string/  last:[string]/'
refused 'ledger.fb.Sample.kind was retyped' common.fbs 's/^  kind:ActorKind/  kind:Role/'
refused 'ledger.fb.Sample.last became required' common.fbs 's/^(  last:.*id: 8)/\1, required/'
refused 'ledger.fb.Sample.text is no longer required' common.fbs 's/^(  text:.*), required/\1/'
refused 'ledger.fb.Sample.added is new and required' common.fbs \
    's/^(  last:.*)/\1 added:string (id: 9, required);/'
refused 'ledger.fb.Sample.last was deprecated' common.fbs 's/^(  last:.*id: 8)/\1, deprecated/'
refused 'ledger.fb.Sample.number changed its default from 7 to 8' common.fbs 's/^  number:uint = 7/  number:uint = 8/'
refused 'ledger.fb.Sample.number changed its default from 7 to null' common.fbs 's/^  number:uint = 7/  number:uint = null/'
refused 'ledger.fb.Sample.maybe changed its default from null to 0' common.fbs 's/^  maybe:ulong = null/  maybe:ulong/'
# Attributes that change what the bits mean
refused 'ledger.fb.Sample.day changed its attribute date from present to absent' common.fbs 's/^(  day:.*), date/\1/'
refused 'ledger.fb.Sample.moment changed its attribute time from present to absent' common.fbs 's/^(  moment:.*), time/\1/'
refused 'ledger.fb.Sample.moment changed its attribute until from absent to present' common.fbs 's/^(  moment:.*), time/\1, until/'
refused 'ledger.fb.Sample.secret changed its attribute sealed from present to absent' common.fbs 's/^(  secret:.*), sealed/\1/'
refused 'ledger.fb.Sample.number changed its attribute date from absent to present' common.fbs 's/^(  number:.*id: 1)/\1, date/'
refused 'ledger.fb.Sample.nested changed its attribute nested_flatbuffer from Money to Person' common.fbs 's/^(  nested:.*)"Money"/\1"Person"/'
# Tables and structs
refused 'ledger.fb.Sample was removed' common.fbs 's/^table Sample/table Example/; s/sample:Sample/sample:Example/'
refused 'ledger.fb.Pair is a struct and changed' common.fbs 's/(c:uint \(id: 2\);)/\1 d:ulong (id: 3);/'
refused 'ledger.fb.Pair is a struct and changed' common.fbs 's/b:uint \(id: 1\)/b:int (id: 1)/'
refused 'ledger.fb.Pair is a struct and changed' common.fbs 's/b:uint \(id: 1\)/bb:uint (id: 1)/'
refused 'ledger.fb.Pair is a struct and changed' common.fbs 's/ c:uint \(id: 2\);//'
refused 'ledger.fb.Pair changed between table and struct' common.fbs 's/^struct Pair/table Pair/'
# Enums and unions
refused 'ledger.fb.Colour.blue was removed' common.fbs 's/, blue//'
refused 'ledger.fb.Colour.green was renamed or replaced: 1 is now lime' common.fbs 's/, green/, lime/'
refused 'ledger.fb.Colour.green was renumbered from 1 to 2' common.fbs 's/, green/, amber, green/'
refused 'ledger.fb.Colour changed its underlying type' common.fbs 's/Colour : ubyte/Colour : ushort/'
refused 'ledger.fb.Flag changed between enum and bit_flags' common.fbs 's/Flag : ubyte \(bit_flags\)/Flag : ubyte/'
refused 'ledger.fb.Colour was removed' common.fbs 's/^enum Colour/enum Color/; s/colour:Colour/colour:Color/'
refused 'ledger.fb.Either.Second was removed' common.fbs 's/, Second = 5//'
refused 'ledger.fb.Either.Second was renumbered from 5 to 6' common.fbs 's/Second = 5/Second = 6/'
refused 'ledger.fb.Either.Second was renamed or replaced: 5 is now Money' common.fbs 's/Second = 5/Money = 5/'
refused 'ledger.fb.Either.Second was retyped from ledger.fb.Second to ledger.fb.Money' common.fbs \
    's/, Second = 5/, Second:Money = 5/'
# The root
refused 'the root type changed from ledger.fb.Record to ledger.fb.Body' ledger.fbs 's/^root_type Record/root_type Body/'
refused 'the file identifier changed from BLR1 to BLR2' ledger.fbs 's/"BLR1"/"BLR2"/'
# The real schema, not only the sample
refused 'ledger.fb.SeatAssigned.seat' visual_studio.fbs '/^table SeatAssigned/,/^}/ s/seat:uint/seat:ulong/'
refused 'ledger.fb.Event.SeatMoved was removed' record.fbs 's/ SeatMoved = 51,//'

# What may be added
passes common.fbs 's/^(  last:.*)/\1 added:string (id: 9);/'
passes common.fbs 's/^(  last:.*)/\1 added:uint = null (id: 9);/'
passes common.fbs '$ a table Added { text:string (id: 0, required); }'
passes common.fbs 's/, blue/, blue, violet/'
passes common.fbs 's/ one, two/ one, two, three/'
passes common.fbs 's/(Second = 5)/\1, Money = 6/'
passes common.fbs 's/(union Either \{ First = 1)/\1, Money = 3/'
passes common.fbs 's/^(  text:.*required)/\1, length: "1..20", name/'
passes common.fbs 's|^(table Sample)|/// Now with a comment.\n\1|'

[ "$failed" = 0 ] && echo "$cases changes to the schema, each judged as it should be"
exit "$failed"
