#!/bin/sh
# Matches public real data by the shipped mappings and prints the session: what Docs/real-data.md shows.
#
# usage: Tests/Bench/real-data.sh ALMONER DATA      run by `make real-data DATA=...`
#   DATA has the folders wuhan2020, getusppe, hsds and areas; see Docs/real-data.md for where they come from
set -eu

almoner=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
data=$(cd "$2" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
maps=$root/Data/mappings
places=$data/areas/china_adcode_coords.csv
ALMONER_DATA=$root/Data
export ALMONER_DATA
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

run() {
    printf '\n$ almoner %s\n' "$*" | sed "s#$data#DATA#g; s#$root/##g"
    "$almoner" "$@" 2>&1 | sed '/^  Row/{x;s/^/x/;/^x\{4\}/{x;d};x}'
}

# What the best offer of each wish line is to what was asked for, from the stored explanations.
kinds() {
    python3 - "$1" <<'END'
import collections, json, sqlite3, sys
counts, kilometres = collections.Counter(), []
for (entries,) in sqlite3.connect(sys.argv[1]).execute("SELECT entries FROM suggestion WHERE place = 1"):
    scorers = {entry["s"]: entry for entry in json.loads(entries)}
    counts[scorers["CategoryFit"]["r"]] += 1
    inputs = dict(scorers["Proximity"]["i"])
    if inputs.get("centimetres"): kilometres.append(inputs["centimetres"] / 100_000)
kilometres.sort()
print("best offers:", ", ".join(f"{kind} {count:,}" for kind, count in counts.most_common()))
if kilometres:
    print(f"distance of the best offer: median {kilometres[len(kilometres) // 2]:,.0f} km, "
          f"90 % within {kilometres[len(kilometres) * 9 // 10]:,.0f} km")
END
}

echo "== Hubei, 2020"
store="--database sqlite:wuhan.db --program wuhan"
run init $store
run import wishes "$data/wuhan2020/hospital_needs.csv" --map "$maps/wuhan2020-hospital-needs.yaml" --table place="$places" $store
run import offers "$data/wuhan2020/factory_capacity.csv" --map "$maps/wuhan2020-factories.yaml" --table place="$places" $store
run import offers "$data/wuhan2020/travel_hotel.csv" --map "$maps/wuhan2020-shelters.yaml" --table place="$places" --table city="$places" $store
run import wishes "$root/Docs/examples/wuhan-lodging-wishes.csv" --map "$maps/wuhan2020-lodging-wishes.yaml" --table place="$places" --table city="$places" $store
run match --all $store
kinds wuhan.db
run recompute --deep $store

echo "== San Mateo"
store="--database sqlite:sanmateo.db --program sanmateo"
run init $store
run import offers "$data/hsds/ohana_san_mateo_sample/services.csv" --map "$maps/hsds-san-mateo.yaml" $store
run import wishes "$root/Docs/examples/san-mateo-wishes.csv" --map "$maps/almoner-wishes.yaml" $store
run match --all $store

echo "== GetUsPPE, 2020"
store="--database sqlite:ppe.db --program ppe"
run init $store
run import offers "$data/getusppe/ppe_match_donors.csv" --map "$maps/getusppe-donations.yaml" --rejects rejects.csv $store
run import wishes "$data/getusppe/ppe_match_recipients.csv" --map "$maps/getusppe-requests.yaml" $store
run import distances "$data/getusppe/ppe_match_distance_nearest150.csv" --map "$maps/getusppe-distances.yaml" $store
run match --all $store
kinds ppe.db
run recompute --deep $store
