# Sets a town up in a folder of its own; the stories read this file.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
almoner=${ALMONER:-$here/.build/debug/almoner}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
export ALMONER_DATABASE="sqlite:$folder/town.db" ALMONER_DATA="$here/Data" LANG=C.UTF-8
"$almoner" init --quiet >/dev/null

# write PARTY|OFFER|WISH rows through the importer, as any file of another system comes in.
cat >"$folder/parties.yaml" <<'YAML'
kind: parties
source: story
fields: {externalID: id, name: name, kind: kind}
YAML
cat >"$folder/offers.yaml" <<'YAML'
kind: offers
source: story
fields: {externalID: id, party.externalID: party, kind: kind, category: category, quantity: quantity, unit: unit, text: text}
YAML
cat >"$folder/wishes.yaml" <<'YAML'
kind: wishes
source: story
fields: {externalID: id, lane: lane, category: category, quantity: quantity, unit: unit, estimatedPriceFen: price, urgency: urgency, area: area, text: text}
YAML

add() { # add parties|offers|wishes, and rows on the standard input
    cat >"$folder/$1.csv"
    "$almoner" import "$1" "$folder/$1.csv" --map "$folder/$1.yaml" --register-only --quiet >/dev/null
}

run() { # shows a command and runs it
    echo "\$ almoner $*"
    "$almoner" "$@"
}

claim() { # proposes, and keeps the claim's id
    claim=$("$almoner" claim propose "$@" --json | sed 's/.*"id":"\([^"]*\)".*/\1/')
    echo "\$ almoner claim propose $*  → $claim"
}
