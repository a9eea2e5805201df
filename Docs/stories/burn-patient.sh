#!/bin/sh
# A burn patient: 600,000 yuan are needed; 30,000 are approved at once and handed over by the town's federation.
. "$(dirname "$0")/town.sh"

add parties <<'CSV'
id,name,kind
FED,青溪镇慈善会（虚构）,fund
CSV
add offers <<'CSV'
id,party,kind,category,quantity,unit,text
FUND-2026,FED,money,cost.treatment,500000000,fen,2026 年医疗救助资金
CSV
add wishes <<'CSV'
id,lane,category,quantity,unit,price,urgency,area,text
BURN,microWish,cost.treatment,60000000,fen,,critical,441900121,意外烧伤，治疗费约 60 万元
CSV

run inbox take hotline12345 "我弟弟在家煤气罐爆炸烧伤，医院说要六十万，家里拿不出来。" --number 12345-0001 --as intake --actor "王某（受理员）" --at 2026-03-02T21:40 >/dev/null
record=$("$almoner" inbox list --json | sed 's/.*"id":"\([^"]*\)".*/\1/')
run inbox confirm "$record" BURN --as intake --actor "王某（受理员）" --at 2026-03-02T21:55
run case answer BURN --as coordinator --at 2026-03-02T22:10
# What is asked for now is the first 30,000; two people approve it, and the papers follow.
run approval act revise BURN 3000000 --reason firstPart --as intake --at 2026-03-02T22:15
run approval act approveFast BURN --reason emergency --as approver:town:5000000 --actor "周某（镇民政办）" --at 2026-03-02T22:20
run approval act approveFast BURN --reason emergency --as approver:town:5000000 --actor "吴某（镇领导）" --at 2026-03-02T22:25
claim FUND-2026 BURN 3000000 --as coordinator --at 2026-03-02T22:30
run claim accept "$claim" --reason byTelephone --as coordinator --at 2026-03-02T22:40
run claim dispatch "$claim" --as coordinator --at 2026-03-03T09:00
run claim receive "$claim" --as coordinator --at 2026-03-03T09:30
run claim confirm "$claim" --reason hospitalReceipt --as coordinator --at 2026-03-03T10:00
# The papers of the fast lane follow within ten working days.
run approval act pass BURN --as intake --at 2026-03-04T09:00
run approval act pass BURN --note "走访核实：煤气罐爆炸烧伤，住院治疗" --as coordinator --at 2026-03-05T10:00
run approval act confer BURN 3:0:0 --participant "周某（镇民政办）" --participant "何某（居民代表）" --participant "温某（村委会）" \
    --note "同意先行支付三万元" --because "伤情危急，家庭无力垫付" --as coordinator --actor "王某（受理员）" --at 2026-03-06T10:00
run approval act putUpNotice BURN --as coordinator --at 2026-03-06T11:00
run approval act takeDownNotice BURN --as coordinator --at 2026-03-12T09:00
run approval act pass BURN --note "意外烧伤，急需治疗费" --as coordinator --at 2026-03-12T10:00
run approval show BURN
# What the federation could give has arrived; the family is told where the rest may come from, and says what it thinks of it.
run case close BURN --outcome partly --reason restNotDeliverable --note "已支付三万元；其余费用可申请医疗救助和临时救助，已告知家属" --as coordinator --at 2026-03-20T10:00
run case rate BURN 4 --note "钱来得及时" --as intake --at 2026-03-24T10:00
run wish story BURN
run figures --at 2026-03-31
run audit verify
