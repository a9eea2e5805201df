#!/bin/sh
# Street lamps: a micro project from the proposal to its acceptance.
. "$(dirname "$0")/town.sh"

add parties <<'CSV'
id,name,kind
LIGHT,明途照明公司（虚构）,enterprise
CSV
add offers <<'CSV'
id,party,kind,category,quantity,unit,text
LAMPS,LIGHT,goods,public.road.streetlamp,6,piece,太阳能路灯六盏，含安装
CSV
add wishes <<'CSV'
id,lane,category,quantity,unit,price,urgency,area,text
ROAD,microProject,public.road.streetlamp,6,piece,4000000,normal,441900119,村道通往学校，夜间没有路灯
CSV

town="--as approver:city:100000000"
run inbox take villageOffice "学生晚自习回家的路没有灯，请求装六盏。" --number v-3 --as intake --actor "王某（受理员）" --at 2026-03-02T10:00 >/dev/null
record=$("$almoner" inbox list --json | sed 's/.*"id":"\([^"]*\)".*/\1/')
run inbox confirm "$record" ROAD --as intake --actor "王某（受理员）" --at 2026-03-02T10:30
run case answer ROAD --as intake --at 2026-03-02T11:00
run approval act pass ROAD --as intake --at 2026-03-03T09:00
# Eleven people met; how each of them voted was not written down, only the counts: 9 for, 1 against, 1 abstained.
run approval act confer ROAD 9:1:1 --participant "何某（居民代表）" --participant "梁某（居民代表）" \
    --participant "黎某（居民代表）" --participant "卢某（居民代表）" --participant "袁某（居民代表）" \
    --participant "叶某（家长代表）" --participant "莫某（家长代表）" --participant "温某（学校）" \
    --participant "邓某（村委会）" --participant "祁某（村委会）" --participant "尹某（社工）" \
    --note "同意在通往学校的村道安装六盏路灯" --because "学生晚自习后摸黑回家，两处弯道曾有人摔伤" \
    --as coordinator --actor "王某（村协调员）" --at 2026-03-06T20:00
run approval act pass ROAD --note "现场勘查：六处可装" --as coordinator --at 2026-03-09T10:00
run approval act approve ROAD $town --actor "陈某（市民政局）" --at 2026-03-10T09:00
run approval act approve ROAD $town --actor "李某（市民政局）" --at 2026-03-10T11:00
run approval act putUpNotice ROAD --as coordinator --at 2026-03-10T14:00
run approval act takeDownNotice ROAD --as coordinator --at 2026-03-18T09:00
run approval act pass ROAD --note "村道加装六盏太阳能路灯" --as coordinator --at 2026-03-18T10:00
claim LAMPS ROAD 6 --leg fitter --as coordinator --at 2026-03-19T09:00
run claim accept "$claim" --reason byTelephone --as coordinator --at 2026-03-19T10:00
run claim dispatch "$claim" --as coordinator --at 2026-03-24T09:00
run claim receive "$claim" --as coordinator --at 2026-03-24T12:00
run claim leg agree "$claim" fitter LIGHT --reason byTelephone --as coordinator --at 2026-03-24T13:00
run claim leg finish "$claim" fitter LIGHT --reason onSite --as coordinator --at 2026-03-27T17:00
run approval act pass ROAD --note "六盏均亮，验收合格" --as coordinator --at 2026-03-30T10:00
run claim confirm "$claim" --reason acceptanceVisit --as coordinator --at 2026-03-30T10:30
run approval show ROAD
run wish story ROAD
run audit verify
