import MatchCore

/// Words of matching and explaining.
enum MatchWords: String, Words {
    case wish, offer, party, line, lineNumber, total, scorer, value, weight, contribution, why, rank, candidates
    case ineligible, vetoed, nothingApplies, arithmetic, nothing, vetoSummary, bestSummary, closed, offerClosed,
        wrongArguments
    case wrongArgumentsAdvice, ranking, allFound, allNothing, whyNothing, bestOffer, eligible, stored
    case byCategory, byArea, wishLines, found, nothingFound, meanBest, noOffers, noCategory, noArea
    case votedBy, votedPlace, notPutToVote, vetoedInVote, vetoedByVoices, votedPoints, voice, voiceProfile, wantedPlace
    case withheld, withheldSum
    case notAllJudged, table, recomputed, differs, skipped, allAgree, damaged, place, fault

    var text: LocalizedText {
        switch self {
        case .wish: both("心愿", "wish")
        case .offer: both("资源", "offer")
        case .party: both("主体", "party")
        case .line: both("明细", "line")
        case .lineNumber: both("第 {number} 条明细", "line {number}")
        case .total: both("总分", "total")
        case .scorer: both("评分器", "scorer")
        case .value: both("值", "value")
        case .weight: both("权重", "weight")
        case .contribution: both("权重×值", "weight × value")
        case .why: both("理由", "why")
        case .rank: both("名次", "#")
        case .candidates: both("可选", "candidates")
        case .ineligible: both("不可匹配", "not eligible")
        case .vetoed: both("有一项否决即不可匹配，因此没有总分。", "One veto makes the pair ineligible, so it has no total.")
        case .nothingApplies: both("没有评分器适用，总分为 0，不说明问题。", "No scorer applies; the total is 0 and says nothing.")
        case .withheld: both("无权查看", "withheld")
        case .withheldSum:
            both(
                "总分含有您无权查看的一项，因此不列算式。",
                "The total counts what you may not see, so the sum is not written out.")
        case .arithmetic:
            both(
                "合计：{sum} ÷ {weights} = {total}（只舍不入）",
                "Sum: {sum} ÷ {weights} = {total} (cut off, never rounded up)")
        case .votedBy:
            both(
                "次序由投票决定：{voices}。--explain 说明各方意愿。",
                "The order is a vote of {voices}; --explain says who wanted what.")
        case .votedPlace:
            both(
                "投票：{count} 项参选，名列第 {place}，得 {points} 分",
                "The vote: place {place} of {count} {count:candidate|candidates}, {points} {points:point|points}")
        case .notPutToVote:
            both(
                "次序由投票决定，此资源未参选：它不在任何一方的前 {top} 名之内。",
                "The order is a vote, and this offer was not put to it: it is among the first {top} of no voice.")
        case .vetoedInVote:
            both(
                "次序由投票决定，此资源未参选：方案自身的评分器否决了它。",
                "The order is a vote, and this offer was not put to it: the program's own scorers veto it.")
        case .vetoedByVoices:
            both(
                "次序由投票决定，此资源未参选：被以下各方否决：{voices}。",
                "The order is a vote, and this offer was not put to it: it is vetoed by {voices}.")
        case .votedPoints: both("得分", "points")
        case .voice: both("一方", "voice")
        case .voiceProfile: both("所用方案", "by")
        case .wantedPlace: both("选票名次", "ballot place")
        case .nothing: both("没有可匹配的资源。", "Nothing can be matched.")
        case .vetoSummary:
            both("看过 {scored} 条：可匹配 {eligible}，{vetoes}", "{scored} looked at: {eligible} eligible, {vetoes}")
        case .bestSummary:
            both(
                "{open} 条中最好的 {best} 条，逐条打分的有 {scored} 条。加 --vetoes 可知其余为何不行。",
                "The best {best} of {open}; {scored} had to be scored. --vetoes counts what rules the others out.")
        case .closed: both("心愿“{name}”已没有待满足的明细。", "The wish '{name}' has no line that still wants something.")
        case .offerClosed: both("资源“{name}”目前不参与匹配。", "The offer '{name}' is not open for matching.")
        case .wrongArguments:
            both("请指定一个心愿，或 --offer 资源，或 --all。", "Name one wish, or --offer OFFER, or --all.")
        case .wrongArgumentsAdvice:
            both("例：almoner match W0001 --explain", "For example: almoner match W0001 --explain")
        case .ranking: both("匹配", "matching")
        case .allFound: both("{found} 条明细找到了资源", "{found} {found:wish line|wish lines} find something")
        case .allNothing: both("{nothing} 条什么也没有", "{nothing} find nothing")
        case .whyNothing:
            both(
                "找不到的原因（走得最远的资源被什么否决，明细条数）：",
                "Why nothing was found (what stopped the offers that came furthest, in wish lines):")
        case .byCategory: both("品类", "category")
        case .byArea: both("区划", "area")
        case .wishLines: both("心愿明细", "wish lines")
        case .found: both("有资源", "found")
        case .nothingFound: both("无资源", "nothing")
        case .meanBest: both("最佳均分", "mean best")
        case .noOffers: both("没有任何资源", "there are no offers")
        case .noCategory: both("（未分类）", "(not classified)")
        case .noArea: both("（未注明区划）", "(no area stated)")
        case .bestOffer: both("最佳资源", "best offer")
        case .eligible: both("可匹配", "eligible")
        case .stored:
            both(
                "已保存 {count} 条建议，可用 `almoner recompute --deep` 复算。",
                "{count} {count:suggestion is|suggestions are} stored; `almoner recompute --deep` judges {count:it|them} again."
            )
        case .notAllJudged:
            both(
                "并非全部复判：以上各项只核对了加法，不能说明没有被改动。",
                "Not all was judged again: for those named above only the sums were checked, which proves little.")
        case .table: both("表 {name}", "table {name}")
        case .recomputed:
            both(
                "复算 {count} 条说明，差异 {faults} 处。",
                "{count} {count:explanation|explanations} recomputed, {faults} {faults:differs|differ}.")
        case .differs: both("有差异：", "Differences:")
        case .skipped:
            both("未能复判（版本或方案不在此程序中）：{list}", "Not judged again, because this program does not have them: {list}")
        case .allAgree: both("全部一致。", "All agree.")
        case .damaged: both("损坏或被改动", "damaged or altered")
        case .place: both("位置", "where")
        case .fault: both("问题", "what differs")
        }
    }
}
