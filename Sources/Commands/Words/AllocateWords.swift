import MatchCore

/// Words of allocating.
enum AllocateWords: String, Words {
    case instanceResult, cannotWrite, modeNeedsInstance, instanceTakesMode, unknownMode, unknownGoal, choices
    case wrongNumbers, wrongDeadline, notAProof, refused, accepted
    case goal, reached, bound, provedBest, bestFound, goalCritical, goalAreas, goalServed, goalScore
    case byArea, byGroup, lines, servedHere, greedy, greedyWould, units, claims, leftOut, noGroup
    case whyNoCandidate, whyTooSmall, whyCap, whyTie, whyCritical, whyAreas, whyServed, whyScore
    case otherUnits, completed, shortArea, cut, nothingClaimed

    var text: LocalizedText {
        switch self {
        case .instanceResult:
            both(
                "总分 {objective}，满足 {matched}；求解 {solve} 秒、核对证明 {proof} 秒（CPU）。最优，已证明。",
                "Score {objective}, {matched} served; {solve} s to solve, {proof} s to check the proof (CPU). Proved best."
            )
        case .cannotWrite: both("无法写入 {file}。", "The file {file} cannot be written.")
        case .modeNeedsInstance: both("--mode 和 --out 只用于 --instance。", "--mode and --out belong to --instance.")
        case .instanceTakesMode:
            both(
                "--instance 只与 --mode、--out 同用。",
                "With --instance only --mode and --out are used; leave the others out.")
        case .unknownMode: both("没有“{name}”这种方式。", "There is no mode '{name}'.")
        case .unknownGoal: both("“{name}”不是目标，或写了两次。", "'{name}' is no goal, or stands there twice.")
        case .choices: both("可选：{list}", "Choose from: {list}")
        case .wrongNumbers:
            both(
                "--candidates 和 --threads 至少为 1，--party-cap 至少为 0，--area-share 为 0 至 100。",
                "Give --candidates and --threads 1 or more, --party-cap 0 or more, --area-share 0 to 100.")
        case .wrongDeadline: both("“{text}”不是时长。例：30s、500ms、2m", "'{text}' is no time. Give 30s, 500ms or 2m.")
        case .notAProof: both("{file} 不是证明文件。", "{file} is not a proof document.")
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
        case .claims: both("共 {count} 项认领，显示 {shown} 项。", "{count} claims, {shown} shown.")
        case .leftOut: both("{count} 条明细未能全部满足：", "{count} lines are not wholly served:")
        case .noGroup: both("（未注明）", "(none stated)")
        case .whyNoCandidate: both("没有任何资源与它匹配。", "No offer matches it.")
        case .whyTooSmall:
            both(
                "需由一份资源整体满足，而最合适的 {offer} 数量不够。",
                "It needs all from one offer, and its best one, {offer}, has too little.")
        case .whyCap:
            both(
                "最合适的 {offer}（{score}）所属主体已到本期上限。",
                "The party of its best offer {offer} ({score}) has reached its cap.")
        case .whyTie:
            both(
                "最合适的 {offer}（{score}）给了 {winners}，在那里至少同样有用。",
                "Its best offer {offer} ({score}) goes to {winners}, where it does at least as much good.")
        case .whyCritical:
            both(
                "最合适的 {offer}（{score}）留给紧急心愿 {winners}；再多一单位可多满足 {price} 条紧急明细。",
                "Its best offer {offer} ({score}) is kept for critical wishes ({winners}); one more unit of it would serve "
                    + "{price} critical lines more.")
        case .whyAreas:
            both(
                "最合适的 {offer}（{score}）给了满足率较低区划的 {winners}。",
                "Its best offer {offer} ({score}) goes to less served areas ({winners}).")
        case .whyServed:
            both(
                "最合适的 {offer}（{score}）给了 {winners}，这样能满足更多明细；再多一单位可多满足 {price} 条。",
                "Its best offer {offer} ({score}) goes to {winners}, so that more lines are served; one more unit of it would "
                    + "serve {price} more.")
        case .whyScore:
            both(
                "最合适的 {offer}（{score}）给了更合适的 {winners}；再多一单位可使总分增加 {price}。",
                "Its best offer {offer} ({score}) goes to {winners}, where it adds more; one more unit of it would add {price} "
                    + "to the total score.")
        case .otherUnits:
            both(
                "有 {count} 对因单位不同（如以钱满足物品）未计入。",
                "{count} pairs count in different units (such as money for a thing) and were left out.")
        case .completed:
            both(
                "在所有配对上最优：另加入 {count} 对后，价格覆盖每一对。",
                "Best over all pairs: with {count} pairs added, the prices cover every pair there is.")
        case .shortArea:
            both(
                "{area}：保证 {wanted} 条，最多只能满足 {count} 条。",
                "{area}: {wanted} lines are guaranteed, but only {count} can be served.")
        case .cut: both("到时中止：这是目前最好的方案和真实的上限。", "Stopped at the deadline: the best so far, with true bounds.")
        case .nothingClaimed:
            both(
                "没有认领任何资源。登记指纹 {registry}…", "Nothing was claimed. The registry's fingerprint is {registry}….")
        }
    }
}
