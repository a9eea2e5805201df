#!/bin/sh
# A weaver and a shop: the shop promises to buy 100 pieces, and takes 40 of hers in two deliveries.
. "$(dirname "$0")/town.sh"

add parties <<'CSV'
id,name,kind
SHOP,莞风手信店（虚构）,enterprise
CSV
add offers <<'CSV'
id,party,kind,category,quantity,unit,text
BUY-BASKETS,SHOP,purchase,sale.weaving,100,piece,长期收购竹篮、草编包
CSV
add wishes <<'CSV'
id,lane,category,quantity,unit,price,urgency,area,text
WEAVER,microWish,sale.weaving,40,piece,2000,normal,441900119,会编竹篮，想找稳定的买家
CSV

run inbox take fair "我会编竹篮，手里有四十个，不知道卖给谁。" --number fair-17 --event fair-2026-03 --as intake --actor "王某（受理员）" --at 2026-03-07T10:00 >/dev/null
record=$("$almoner" inbox list --json | sed 's/.*"id":"\([^"]*\)".*/\1/')
run inbox confirm "$record" WEAVER --as intake --actor "王某（受理员）" --at 2026-03-07T10:20
run case answer WEAVER --as intake --at 2026-03-07T10:30
run approval act pass WEAVER --as intake --at 2026-03-09T09:00
run approval act pass WEAVER --as coordinator --note "看过成品，手艺好" --at 2026-03-09T15:00
run approval act approve WEAVER --as approver:village:100000 --at 2026-03-10T09:00
claim BUY-BASKETS WEAVER 40 --as coordinator --at 2026-03-10T10:00
run claim accept "$claim" --reason byTelephone --as coordinator --at 2026-03-10T16:00
part=$("$almoner" claim split "$claim" 15 --reason twoDeliveries --as coordinator --at 2026-03-10T16:10 --json | tail -1 | sed 's/.*"id":"\([^"]*\)".*/\1/')
for delivered in "$claim" "$part"; do
    run claim dispatch "$delivered" --as coordinator --at 2026-03-12T09:00
    run claim receive "$delivered" --as coordinator --at 2026-03-12T11:00
    run claim confirm "$delivered" --reason paidByShop --as coordinator --at 2026-03-12T17:00
done
run case rate WEAVER 5 --note "以后每月都收" --as intake --at 2026-03-14T10:00
run wish story WEAVER
run figures --at 2026-03-31
run audit verify
