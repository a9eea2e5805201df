public import MatchCore

/// Scores whether the two sides share a language.
///
/// 1 where the offer speaks one of the wish's languages, 0 where it speaks others only. A wish that names no language
/// is `.notApplicable`. An offer that names none is `.notKnown`, except that money, and goods that are delivered,
/// need no talking and are `.notApplicable`.
public struct LanguageFitScorer: Scorer {
    public init(parameters: ParameterValues) {}

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let words = context.registry.vocabularies.languages
        return [
            "wanted": .texts(words.words(of: wish.columns.languages.bits(of: wish.row))),
            "spoken": .texts(words.words(of: offer.columns.languages.bits(of: offer.row))),
            "offerKind": .text(offer.kind.code), "delivers": .flag(offer.delivers),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let wanted = try inputs.texts("wanted")
        let spoken = try inputs.texts("spoken")
        let delivers = try inputs.flag("delivers")
        guard let kind = OfferKind(code: try inputs.text("offerKind")) else {
            throw ScoreInputError(
                name: "offerKind", expected: "one of: " + OfferKind.allCases.map(\.code).joined(separator: ", "))
        }
        if wanted.isEmpty { return Judgement(.notApplicable, reason: "noLanguageNamed") }
        if spoken.isEmpty {
            return kind.isHandedOver(delivers: delivers)
                ? Judgement(.notApplicable, reason: "nothingToTalkAbout") : Judgement(.notKnown, reason: "notStated")
        }
        return wanted.contains(where: { spoken.contains($0) })
            ? Judgement(.value(Score.best), reason: "shared") : Judgement(.value(0), reason: "noneShared")
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let wanted = wish.columns.languages.bits(of: wish.row)
        if wanted.allSatisfy({ $0 == 0 }) { return .constant(.notApplicable) }
        let (goods, money) = (OfferKind.goods.rawValue, OfferKind.money.rawValue)
        let (notKnown, notApplicable) = (Score.notKnown.raw, Score.notApplicable.raw)
        let handedOver: UInt8 = 1 << goods | 1 << money
        return OfferFiller(bounds: { summaries, blocks, column in
            if summaries.languages.count == 1 {
                let spoken = summaries.languages[0].base + blocks.lowerBound
                let unstated = summaries.hasUnstatedLanguages.base + blocks.lowerBound
                let kinds = summaries.kinds.base + blocks.lowerBound
                let (asked, result) = (wanted[0], column.base)
                for block in 0..<blocks.count {
                    let (isUnstated, isHandedOver) = (unstated[block], kinds[block] & handedOver != 0)
                    result[block] = ScoreBound.packed(
                        spoken[block] & asked != 0 ? Score.best : 0, mayBeNotKnown: isUnstated,
                        mayBeNotApplicable: isUnstated && isHandedOver)
                }
                return
            }
            for block in blocks {
                let shares = summaries.languages.indices.contains {
                    summaries.languages[$0][block] & wanted[$0] != 0
                }
                let hasUnstated = summaries.hasUnstatedLanguages[block]
                column[block - blocks.lowerBound] = ScoreBound(
                    greatest: shares ? Score.best : 0, mayBeNotKnown: hasUnstated,
                    mayBeNotApplicable: hasUnstated && summaries.kinds[block] & handedOver != 0)
            }
        }) { block, column in
            let start = block.rows.lowerBound
            let result = column.base
            let languages = block.columns.languages
            if languages.planes.count == 1 {
                // One pass over the only plane, and another over the few rows that name no language.
                let named = languages.planes[0].base + start
                let asked = wanted[0]
                var gaps: UInt32 = 0
                for row in 0..<column.count {
                    let own = named[row]
                    gaps |= own == 0 ? 1 : 0
                    result[row] = own & asked != 0 ? Score.best : 0
                }
                guard gaps != 0 else { return }
                let kinds = block.columns.kind.base + start
                let delivery = block.columns.delivery.base + start
                for row in 0..<column.count where named[row] == 0 {
                    let isHandedOver = kinds[row] == money || (kinds[row] == goods && delivery[row] & 1 != 0)
                    result[row] = isHandedOver ? notApplicable : notKnown
                }
                return
            }
            LanguageTally.tally(column, languages: block.columns.languages, start: start, asked: wanted)
            let kinds = block.columns.kind.base + start
            let delivery = block.columns.delivery.base + start
            for row in 0..<column.count {
                let tally = result[row]
                // Bits instead of `||` and `&&`, whose branches would keep the loop from being vectorised.
                let isDelivered = (kinds[row] == goods ? 1 : 0) & delivery[row]
                let isHandedOver = (kinds[row] == money ? 1 : 0) | isDelivered
                let unstated = isHandedOver != 0 ? notApplicable : notKnown
                let value = tally & LanguageTally.shares != 0 ? Score.best : 0
                result[row] = tally == 0 ? unstated : value
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let spoken = offer.columns.languages.bits(of: offer.row)
        let statesNothing = spoken.allSatisfy { $0 == 0 }
        let isHandedOver = offer.kind.isHandedOver(delivers: offer.delivers)
        let unstated = isHandedOver ? Score.notApplicable.raw : Score.notKnown.raw
        let notApplicable = Score.notApplicable.raw
        let none: Int32 = statesNothing ? unstated : 0
        return WishFiller(bounds: { summaries, blocks, column in
            for block in blocks {
                let shares = summaries.languages.indices.contains {
                    summaries.languages[$0][block] & spoken[$0] != 0
                }
                column[block - blocks.lowerBound] = ScoreBound(
                    greatest: shares ? Score.best : 0, mayBeNotKnown: statesNothing,
                    mayBeNotApplicable: statesNothing || summaries.hasNoLanguages[block])
            }
        }) { block, column in
            let result = column.base
            LanguageTally.tally(
                column, languages: block.columns.languages, start: block.rows.lowerBound, asked: spoken)
            for row in 0..<column.count {
                let tally = result[row]
                let value = tally & LanguageTally.shares != 0 ? Score.best : none
                result[row] = tally == 0 ? notApplicable : value
            }
        }
    }
}

extension OfferKind {
    /// Given without anybody having to talk.
    func isHandedOver(delivers: Bool) -> Bool { self == .money || (self == .goods && delivers) }
}

/// Marks in the column that is filled whether each row names a language, and whether it is one of those asked for.
enum LanguageTally {
    static let names: Int32 = 1
    static let shares: Int32 = 2

    static func tally(_ column: ScoreColumn, languages: SetColumns, start: Int, asked: [UInt32]) {
        let result = column.base
        result.update(repeating: 0, count: column.count)
        for plane in 0..<languages.planes.count {
            let named = languages.planes[plane].base + start
            let asked = asked[plane]
            for row in 0..<column.count {
                let own = named[row]
                result[row] |= (own != 0 ? names : 0) | (own & asked != 0 ? shares : 0)
            }
        }
    }
}
