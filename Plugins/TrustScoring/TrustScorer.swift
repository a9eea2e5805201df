public import MatchCore

/// Scores how far one can rely on the offering party.
///
/// A verified identity, a good share of past claims delivered and a recent confirmation raise it; claims that came
/// to nothing and a long silence lower it. The share has a prior, so that one claim of one is not perfect. A trust
/// that is stated from outside stands instead of all that. A fact that is missing counts as a middle; where nothing
/// at all is known the answer is `notKnown`.
public struct TrustScorer: Scorer {
    private let rule: TrustRule

    public init(parameters: ParameterValues) {
        rule = TrustRule(parameters)
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let facts = TrustFacts(party: Int(offer.party), in: context.registry.parties, now: context.now)
        return [
            "statedTrust": .optional(facts.stated < 0 ? nil : Int64(facts.stated)),
            "identityVerified": facts.verified < 0 ? .missing : .flag(facts.verified == 1),
            "claimsEnded": .optional(facts.ended <= 0 ? nil : Int64(facts.ended)),
            "claimsDelivered": .optional(facts.ended <= 0 ? nil : Int64(facts.delivered)),
            "daysSinceConfirmed": .optional(facts.days < 0 ? nil : facts.days),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let facts = try TrustFacts(inputs)
        let raw = rule.raw(facts)
        let reason =
            if facts.stated >= 0 { "stated" } else if raw == Score.notKnown.raw { "nothingKnown" } else if raw < 0 {
                "noShares"
            } else { "record" }
        return Judgement(Score(raw: raw), reason: reason)
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let parties = context.registry.parties
        let now = context.now
        let rule = rule
        return OfferFiller(
            likeness: 0,
            bounds: { summaries, blocks, column in
                for block in blocks { column[block - blocks.lowerBound] = rule.bound(summaries.trust, block, now: now) }
            }
        ) { block, column in
            let stated = block.columns.statedTrust.base + block.rows.lowerBound
            let (base, best) = (column.base, Score.best)
            var signs: Int32 = 0
            for row in 0..<column.count {
                let trust = stated[row]
                signs |= trust
                base[row] = min(trust, best)
            }
            guard signs < 0 else { return }
            let party = block.columns.party.base + block.rows.lowerBound
            for row in 0..<column.count where base[row] < 0 {
                base[row] = rule.raw(TrustFacts(party: Int(party[row]), in: parties, now: now))
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let facts = TrustFacts(party: Int(offer.party), in: context.registry.parties, now: context.now)
        return .constant(Score(raw: rule.raw(facts)))
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        guard let facts = try? TrustFacts(finding.inputs) else { return "" }
        let percent = max(0, rule.raw(facts)) / 10_000
        switch (finding.judgement.reason, language) {
        case ("stated", .zhHans): return "外部给出的可信度为 \(percent)%。"
        case ("stated", .en): return "Its trust is stated from outside: \(percent)%."
        case ("nothingKnown", .zhHans): return "对这一方还一无所知。"
        case ("nothingKnown", .en): return "Nothing is known of this party yet."
        case ("noShares", .zhHans): return "方案中身份、交付、确认三项都不计分。"
        case ("noShares", .en): return "The profile counts neither identity, deliveries nor confirmation."
        case (_, .zhHans): return "可信度 \(percent)%：" + facts.clauses(in: language).joined(separator: "，") + "。"
        case (_, .en): return "Trust \(percent)%: " + facts.clauses(in: language).joined(separator: ", ") + "."
        }
    }
}
