public import MatchCore

/// Scores how rested the offering party is, so that help is asked of many and not always of the same few.
///
/// 1 for a party that has given nothing lately, falling evenly to 0 for one at its limit. A tolerance lets a little
/// recent giving pass unnoticed. Where nobody knows how much the party has given the answer is `notKnown`.
public struct FairShareScorer: Scorer {
    public static let descriptor = ScorerDescriptor(
        id: "FairShare", version: 1,
        title: LocalizedText(zhHans: "均衡求助", en: "Fair share"),
        summary: LocalizedText(
            zhHans: "近期帮得多的一方让它歇一歇：1 减去疲劳度。疲劳度不明时不作判断。",
            en: "Rests a party that has given much lately: 1 less its fatigue. Not known where the fatigue is not."),
        parameters: [
            ParameterDescriptor(
                name: "tolerance",
                title: LocalizedText(zhHans: "不计的疲劳度", en: "Fatigue that does not count"),
                help: LocalizedText(
                    zhHans: "疲劳度不超过此值时得满分；超过后均匀降到 0。",
                    en: "Up to this fatigue the value is full; above, it falls evenly to 0 at full fatigue."),
                kind: .integer(0...900_000, default: 0), unit: "millionth")
        ],
        reasons: ["rested", "tired", "fatigueNotKnown"],
        examples: [
            WorkedExample(
                LocalizedText(zhHans: "近期没有帮过", en: "Has given nothing lately"),
                inputs: ["fatigue": 0], expected: Judgement(.value(1_000_000), reason: "rested")),
            WorkedExample(
                LocalizedText(zhHans: "近期帮了不少", en: "Has given a good deal"),
                inputs: ["fatigue": 350_000], expected: Judgement(.value(650_000), reason: "tired")),
            WorkedExample(
                LocalizedText(zhHans: "已到极限", en: "Is at its limit"),
                inputs: ["fatigue": 1_000_000], expected: Judgement(.value(0), reason: "tired")),
            WorkedExample(
                LocalizedText(zhHans: "疲劳度不明", en: "Nobody knows"),
                inputs: ["fatigue": .missing], expected: Judgement(.notKnown, reason: "fatigueNotKnown")),
            WorkedExample(
                LocalizedText(zhHans: "两成以内不计：六成疲劳得一半", en: "The first fifth does not count: 0.6 earns half"),
                parameters: ["tolerance": .integer(200_000)],
                inputs: ["fatigue": 600_000], expected: Judgement(.value(500_000), reason: "tired")),
        ], monotone: [MonotoneInput("fatigue", .neverRaises)])

    private let tolerance: Int32

    public init(parameters: ParameterValues) {
        tolerance = Int32(clamping: parameters.integer("tolerance"))
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let fatigue = offer.party < 0 ? -1 : context.registry.parties.fatigue[Int(offer.party)]
        return ["fatigue": .optional(fatigue < 0 ? nil : Int64(fatigue))]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        guard let fatigue = try inputs.optionalInteger("fatigue") else {
            return Judgement(.notKnown, reason: "fatigueNotKnown")
        }
        guard let fatigue = Int32(exactly: fatigue), fatigue >= 0 else {
            throw ScoreInputError(name: "fatigue", expected: "0…1,000,000")
        }
        let raw = raw(fatigue: fatigue)
        return Judgement(Score(raw: raw), reason: raw == Score.best ? "rested" : "tired")
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        let percent = ((try? finding.inputs.optionalInteger("fatigue")) ?? nil).map { $0 / 10_000 } ?? 0
        switch (finding.judgement.reason, language) {
        case ("rested", .zhHans): return "近期很少被请求，可以放心去找。"
        case ("rested", .en): return "Has given little lately and can well be asked."
        case ("tired", .zhHans): return "近期已经帮了不少（疲劳度 \(percent)%），先请别家更均衡。"
        case ("tired", .en): return "Has given much lately (fatigue \(percent)%); asking others first is fairer."
        case (_, .zhHans): return "不清楚它近期帮了多少。"
        case (_, .en): return "Nobody knows how much it has given lately."
        }
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let tolerance = tolerance
        return OfferFiller(
            likeness: 0,
            bounds: { summaries, blocks, column in
                for block in blocks {
                    let least = summaries.leastFatigue[block]
                    column[block - blocks.lowerBound] = ScoreBound(
                        greatest: least == .max ? 0 : raw(fatigue: least),
                        mayBeNotKnown: summaries.hasUnknownFatigue[block], mayBeNotApplicable: false)
                }
            }
        ) { block, column in
            let fatigue = block.columns.fatigue.base + block.rows.lowerBound
            let (base, best) = (column.base, Score.best)
            if tolerance == 0 {
                for row in 0..<column.count {
                    let own = fatigue[row]
                    base[row] = own < 0 ? -1 : max(0, best &- own)
                }
            } else {
                for row in 0..<column.count { base[row] = raw(fatigue: fatigue[row]) }
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let fatigue = offer.party < 0 ? -1 : context.registry.parties.fatigue[Int(offer.party)]
        return .constant(Score(raw: raw(fatigue: fatigue)))
    }

    /// The raw score; a negative fatigue is not known.
    private func raw(fatigue: Int32) -> Int32 {
        guard fatigue >= 0 else { return Score.notKnown.raw }
        if fatigue <= tolerance { return Score.best }
        if tolerance == 0 { return max(0, Score.best &- fatigue) }
        return Score.share(Int64(Score.best &- min(fatigue, Score.best)), of: Int64(Score.best &- tolerance))
    }
}
