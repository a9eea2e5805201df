import MatchCore

/// Words of allocating.
enum AllocateWords: String, Words {
    case instanceResult, instanceCut, cannotWrite, modeNeedsInstance, instanceTakesMode, unknownMode, unknownGoal,
        choices
    case wrongNumbers, wrongDeadline, notAProof, otherFormat, badMember, refused, accepted
    case goal, reached, bound, provedBest, bestFound, goalCritical, goalAreas, goalServed, goalScore
    case byArea, byGroup, lines, servedHere, greedy, greedyWould, units, claims, leftOut, noGroup
    case whyNoCandidate, whyTooSmall, whyCap, whyUsedUp, whyUnused, whyGone, whyTie, whyCritical, whyAreas, whyServed,
        whyScore
    case otherUnits, completed, notCompleted, tooGreat, shortArea, shortAreaSoFar, countedLines, cut, nothingClaimed
    case applyOrNot, notASeed, unknownSplit, wrongCap, planIsReason, noSuchPlan, applied, termsStandInPlan, noMaking
    case otherRevision, planAgainOrName
    case notProved, neverStill, tooOld, changed, holdsLess, planAgain, otherDigest, whyNotRanked, whySplit, whyLottery,
        goalLottery, suggestions, suggestionsLeft, onlySuggestions, barred
    case scarce, scarceParts, priceAtMost, priceOfBound, priceNone, priceCritical, priceCriticalOf, priceAreas,
        priceServed, priceServedOf,
        priceScore, priceScoreLess, priceLottery, seedExists, committed, drawHolds
    case splitProportional, splitEqual, splitNeed, reserved, capped, cappedOver, guaranteed, drawn

    var text: LocalizedText {
        switch self {
        case .instanceResult:
            both(
                "总分 {objective}，满足 {matched}；求解 {solve} 秒、核对证明 {proof} 秒（CPU）。最优，已证明。",
                "Score {objective}, {matched} served; {solve} s to solve, {proof} s to check the proof (CPU). Proved best."
            )
        case .instanceCut:
            both(
                "到时中止：总分 {objective}（任何方案不超过 {bound}），满足 {matched}；求解 {solve} 秒、核对 {proof} 秒（CPU）。",
                "Stopped at the deadline: score {objective} (no plan passes {bound}), {matched} served; {solve} s to solve, "
                    + "{proof} s to check (CPU).")
        case .cannotWrite: both("无法写入 {file}。", "The file {file} cannot be written.")
        case .modeNeedsInstance: both("--mode 和 --out 只用于 --instance。", "--mode and --out belong to --instance.")
        case .instanceTakesMode:
            both(
                "--instance 只与 --mode、--out、--deadline 同用。",
                "With --instance only --mode, --out and --deadline are used; leave the others out.")
        case .unknownMode: both("没有“{name}”这种方式。", "There is no mode '{name}'.")
        case .unknownGoal: both("“{name}”不是目标，或写了两次。", "'{name}' is no goal, or stands there twice.")
        case .choices: both("可选：{list}", "Choose from: {list}")
        case .wrongNumbers:
            both(
                "--candidates 和 --threads 至少为 1，--area-share 和 --reserve 为 0 至 100，--cap-days 为 0 至 3660。",
                "Give --candidates and --threads 1 or more, --area-share and --reserve 0 to 100, --cap-days 0 to 3660.")
        case .wrongDeadline: both("“{text}”不是时长。例：30s、500ms、2m", "'{text}' is no time. Give 30s, 500ms or 2m.")
        case .notAProof: both("{file} 不是证明文件。", "{file} is not a proof document.")
        case .otherFormat:
            both(
                "{file} 的格式是 {found}，本程序读取 {format}。请重新制定方案。",
                "The format of {file} is {found}; this program reads {format}. Make the plan again.")
        case .badMember:
            both(
                "{file} 不是方案：{path} 缺失，或不是该处应有的值（数字为整数，不超过 2^63−1）。",
                "{file} is no plan: {path} is missing, or is not what stands there in a plan (numbers are whole, up to "
                    + "2^63−1).")
        case .refused: both("证明不成立：{fault}", "The proof does not hold: {fault}")
        case .accepted: both("证明成立。", "The proof holds.")
        case .goal: both("目标（按先后）", "goal, in order")
        case .reached: both("达到", "reached")
        case .bound: both("上限", "no plan passes")
        case .provedBest: both("最优，已证明", "proved best")
        case .bestFound: both("目前最好", "best found")
        case .goalCritical: both("紧急明细满足数", "critical lines served")
        case .goalAreas: both("最低区划满足率", "least served area's rate")
        case .goalServed: both("明细满足数", "lines served")
        case .goalScore: both("总分", "total score")
        case .byArea: both("区划", "area")
        case .byGroup: both("人群", "group")
        case .lines: both("明细", "lines")
        case .servedHere: both("满足", "served")
        case .greedy: both("贪心法", "greedy")
        case .greedyWould: both("贪心法（先取最高分）：{goal} {value}", "Greedy (best score first): {goal} {value}")
        case .units: both("数量", "units")
        case .claims: both("共 {count} 项认领，显示 {shown} 项。", "{count} {count:claim|claims}, {shown} shown.")
        case .leftOut: both("{count} 条明细未能全部满足：", "{count} {count:line is|lines are} not wholly served:")
        case .noGroup: both("（未注明）", "(none stated)")
        case .whyNoCandidate: both("没有任何资源与它匹配。", "No offer matches it.")
        case .whyTooSmall:
            both(
                "需由一份资源整体满足，而最合适的 {offer} 和其他资源数量都不够。",
                "It needs all from one offer, and its best one, {offer}, has too little, as has every other.")
        case .whyCap:
            both(
                "最合适的 {offer}（{score}）所属主体在本期上限内已不够再给。",
                "The cap of its party leaves too little of its best offer {offer} ({score}).")
        case .whyUsedUp: both("与它匹配的资源已全部给了它。", "It is given all that its offers have.")
        case .whyUnused:
            both(
                "最合适的 {offer}（{score}）还有余量，目前找到的方案没有用上。",
                "Its best offer {offer} ({score}) has enough left; the plan that was found does not use it.")
        case .whyGone:
            both(
                "最合适的 {offer}（{score}）给了 {winners}；这是目前找到的最好方案。",
                "Its best offer {offer} ({score}) goes to {winners} in the best plan that was found.")
        case .whyTie:
            both(
                "最合适的 {offer}（{score}）给了 {winners}，在那里至少同样有用。",
                "Its best offer {offer} ({score}) goes to {winners}, where it does at least as much good.")
        case .whyCritical:
            both(
                "最合适的 {offer}（{score}）留给紧急心愿 {winners}；{price}",
                "Its best offer {offer} ({score}) is kept for critical wishes ({winners}); {price}")
        case .whyAreas:
            both(
                "最合适的 {offer}（{score}）给了满足率较低区划的 {winners}。",
                "Its best offer {offer} ({score}) goes to less served areas ({winners}).")
        case .whyServed:
            both(
                "最合适的 {offer}（{score}）给了 {winners}，这样能满足更多明细；{price}",
                "Its best offer {offer} ({score}) goes to {winners}, so that more lines are served; {price}")
        case .whyScore:
            both(
                "最合适的 {offer}（{score}）给了更合适的 {winners}；{price}",
                "Its best offer {offer} ({score}) goes to {winners}, where it adds more; {price}")
        case .otherUnits:
            both(
                "有 {count} 对因单位不同（如以钱满足物品）未计入。",
                "{count} {count:pair counts|pairs count} in different units (such as money for a thing) and were left out."
            )
        case .completed:
            both(
                "在所有配对上最优：另加入 {count} 对后，价格覆盖每一对。",
                "Best over all pairs: with {count} {count:pair|pairs} added, the prices cover every pair there is.")
        case .notCompleted:
            both(
                "未能对全部配对求证：时限先到，已加入 {count} 对。上限只对这些候选成立。",
                "Not over all pairs: the deadline came first, after {count} {count:pair was|pairs were} added. The bounds hold over the "
                    + "candidates only.")
        case .tooGreat:
            both(
                "{wish} 第 {line} 条要 {wanted}，超过规划所能计算的 {most}，未计入；请核对数量。",
                "{wish}, line {line}, asks for {wanted}, more than a plan can reckon with ({most}), and was left out. Look "
                    + "whether the quantity is right.")
        case .shortArea:
            both(
                "{area}：保证 {wanted}，与其他保证一起只能满足 {count}。",
                "{area}: {wanted} guaranteed; beside the other guarantees only {count} can be served.")
        case .countedLines: both("{count} 条明细", "{count} {count:line|lines}")
        case .shortAreaSoFar:
            both(
                "{area}：保证 {wanted}，到时为止满足 {count}；时间更长或可更多。",
                "{area}: {wanted} guaranteed, {count} served when time ran out; with more time it may be more.")
        case .notProved:
            both(
                "未证明最优的目标（达到／上限）：{goals}。",
                "Not proved best, as reached / as no plan passes: {goals}.")
        case .neverStill:
            both(
                "每次核对期间登记库都有变动，什么也没有认领。",
                "The registry was changed during every look at it. Nothing was claimed.")
        case .cut: both("到时中止：这是目前最好的方案和真实的上限。", "Stopped at the deadline: the best so far, with true bounds.")
        case .nothingClaimed:
            both(
                "没有认领任何资源。方案摘要 {digest}；照此执行：almoner allocate --apply {plan}（用摘要时选项须相同）",
                "Nothing was claimed. The plan's digest is {digest}; to apply it as it is: almoner allocate --apply {plan}, "
                    + "where that is the digest with the same options."
            )
        case .applyOrNot: both("--apply 和 --dry-run 只能选一个。", "Give either --apply or --dry-run.")
        case .notASeed: both("{file} 不是种子文件（64 位十六进制数字）。", "{file} holds no seed of 64 hexadecimal digits.")
        case .unknownSplit: both("没有“{name}”这种分法。", "There is no rule '{name}' for splitting.")
        case .wrongCap:
            both(
                "“{text}”不是上限。例：20，或 fen:500000（piece、minute、fen）。",
                "'{text}' is no cap. Give 20, or fen:500000 (piece, minute, fen).")
        case .planIsReason:
            both("执行方案时理由就是方案本身；说明请用 --note。", "The plan is the reason of its claims; use --note for words.")
        case .noSuchPlan:
            both("没有文件 {plan}，它也不是方案摘要。", "There is no file {plan}, and it is no digest of a plan.")
        case .applied:
            both(
                "已提出 {count} 项认领，依据方案 {digest}。",
                "{count} {count:claim was|claims were} proposed, by the plan {digest}.")
        case .termsStandInPlan:
            both("方案文件已写明目标和条件，请勿再给。", "The plan names its goals and terms; leave these options out.")
        case .noMaking: both("该文件没有写明方案由哪个登记库而来。", "The file does not say which registry the plan was made from.")
        case .tooOld: both("方案制定已超过 24 小时（或在将来），不再执行。", "The plan is older than 24 hours, or of the future.")
        case .otherRevision:
            both(
                "方案按 {made} 制定，现行评分方案为 {now}。什么也没有认领。",
                "The plan was made by {made}, and the profile is {now} now. Nothing was claimed.")
        case .planAgainOrName:
            both(
                "请重新规划；如确要按旧版执行，请加 --profile {made}。", "Plan again, or give --profile {made} to apply it all the same.")
        case .changed:
            both(
                "登记库已变化，与方案不符（现在的指纹 {registry}…）。什么也没有认领。",
                "The registry is not what the plan was made for (its fingerprint is now {registry}…). Nothing was claimed."
            )
        case .holdsLess:
            both(
                "方案兑现的保证少于所能满足的，不予执行。什么也没有认领。",
                "The plan holds less of a guarantee than can be kept, so it is not applied. Nothing was claimed.")
        case .planAgain:
            both("请重新运行 almoner allocate，查看新方案后再执行。", "Run 'almoner allocate' again, look, and apply that.")
        case .otherDigest:
            both("现在的方案是另一个：{digest}。什么也没有认领。", "The plan is another now: {digest}. Nothing was claimed.")
        case .whyNotRanked: both("到时前未能为它找候选资源。", "The deadline came before its candidates were looked for.")
        case .whySplit:
            both(
                "供应不足，按分法它应得 {part}（需要 {asked}）。",
                "The supply is short: its part by the rule is {part} of {asked}.")
        case .whyLottery:
            both(
                "最合适的 {offer}（{score}）由抽签给了 {winners}，其余完全相等。",
                "The draw gave its best offer {offer} ({score}) to {winners}; in everything else they are equal.")
        case .goalLottery: both("抽签", "the draw")
        case .suggestions:
            both(
                "其中 {count} 项有一方未写明数量，只作建议，不会认领。",
                "{count} of them {count:names|name} no quantity on one side: {count:a suggestion, which is|suggestions, which are} not "
                    + "claimed.")
        case .suggestionsLeft:
            both(
                "方案另有 {count} 项有一方未写明数量，只作建议，没有认领。",
                "{count} more {count:pair|pairs} of the plan {count:names|name} no quantity on one side: "
                    + "{count:a suggestion, which was|suggestions, which were} not claimed.")
        case .onlySuggestions:
            both(
                "方案的 {count} 项都有一方未写明数量，只作建议，无可认领。请先补写数量，再重新规划。",
                "All {count} {count:pair|pairs} of the plan {count:names|name} no quantity on one side, so there is nothing to "
                    + "claim. Have the quantities stated, then plan again.")
        case .barred:
            both(
                "未计入：{lines} 条明细待审批或获批金额已用完，{offers} 份资源的预算不在期内或已有心愿排队等候。",
                "Left out: {lines} {lines:line that waits|lines that wait} for an approval or {lines:has|have} nothing left of what "
                    + "was approved, and {offers} {offers:offer|offers} without a budget for today or with somebody waiting for "
                    + "{offers:it|them}.")
        case .scarce:
            both("最紧缺的资源（共 {count} 份）：", "What one more unit would do ({count} {count:offer is|offers are} short):")
        case .scarceParts:
            both(
                "最紧缺的资源（共 {count} 份；各明细所分得的部分不变）：",
                "What one more unit would do, the part of each line as it is ({count} {count:offer is|offers are} short):"
            )
        case .priceCritical:
            both("再多一单位，可多满足 {value} 条紧急明细。", "one more unit would serve {value} critical {value:line|lines} more.")
        case .priceCriticalOf:
            both(
                "再多约 {units} 单位，可多满足 1 条紧急明细。",
                "about {units} {units:more unit|more units} would serve 1 critical line more.")
        case .priceAreas: both("再多一单位，可让满足率最低的区划多得一些。", "one more unit would help the least served areas.")
        case .priceServed: both("再多一单位，可多满足 {value} 条明细。", "one more unit would serve {value} {value:line|lines} more.")
        case .priceServedOf:
            both("再多约 {units} 单位，可多满足 1 条明细。", "about {units} {units:more unit|more units} would serve 1 line more.")
        case .priceScore: both("再多一单位，总分可增加 {score}。", "one more unit would add {score} to the total score.")
        case .priceScoreLess:
            both("再多一单位，总分增加不到 0.000001。", "one more unit would add less than 0.000001 to the total score.")
        case .priceAtMost: both("至多：{text}", "at most, {text}")
        case .priceOfBound: both("未证明最优，只就上限而言，至多：{text}", "not proved best; of what no plan passes, at most, {text}")
        case .priceNone:
            both("其他一切不变时，再多一单位不会改变任何目标。", "all else as it is, one more unit of it would change no goal.")
        case .priceLottery: both("再多一单位，只会改变抽签。", "one more unit would change nothing but the draw.")
        case .seedExists: both("{file} 已存在；请换一个文件名。", "{file} is there already; name another file.")
        case .committed:
            both(
                "承诺（请先公布）：{commitment}\n种子在 {file}；公布方案之前请保密。",
                "The commitment, to be published now: {commitment}\nThe seed is in {file}; keep it secret until the plan."
            )
        case .drawHolds: both("种子与承诺 {commitment} 相符。", "The seed is the one committed to: {commitment}.")
        case .splitProportional:
            both(
                "供应不足时：按需要量的同一比例分，余数先给零头最大者",
                "Short supply: the same part of what each line asks for; what rounding leaves, largest remainder first")
        case .splitEqual: both("供应不足时：每条明细分得同样多", "Short supply: the same number of units for each line")
        case .splitNeed:
            both(
                "供应不足时：按需要量乘困难程度的权数分",
                "Short supply: parts weighted with need (1 + hardship + 2 × urgency)")
        case .reserved: both("每份资源留存 {share}%（舍去零头）", "{share} % of every offer is held back, rounded down")
        case .capped: both("每个主体至多 {cap} {unit}", "At most {cap} {unit} from any one party")
        case .cappedOver:
            both(
                "每个主体在 {days} 天内至多 {cap} {unit}（含已承诺的）",
                "At most {cap} {unit} from any one party in {days} {days:day|days}, promises included")
        case .guaranteed: both("各区划保证 {share}%", "{share} % of each area's demand is guaranteed")
        case .drawn:
            both("抽签种子 {seed}（承诺 {commitment}）", "Equal plans are decided by the seed {seed} (commitment {commitment})")
        }
    }
}
