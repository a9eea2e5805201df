public import MatchCore

/// Scores which part of the wanted skills the offer has.
///
/// A skill counts as held where the offer names it as a skill or as a qualification. A required qualification that is
/// missing is a veto. A wish that wants no skill and requires none is `.notApplicable`. An offer of help that names
/// no skills at all is `.notKnown`; goods, money or a purchase have none and score 0.
public struct SkillFitScorer: Scorer {
    public init(parameters: ParameterValues) {}

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let words = context.registry.vocabularies.skills
        return [
            "wanted": .texts(words.words(of: wish.columns.skills.bits(of: wish.row))),
            "required": .texts(words.words(of: wish.columns.qualifications.bits(of: wish.row))),
            "skills": .texts(words.words(of: offer.columns.skills.bits(of: offer.row))),
            "qualifications": .texts(words.words(of: offer.columns.qualifications.bits(of: offer.row))),
            "offerKind": .text(offer.kind.code),
        ]
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let wanted = try inputs.texts("wanted")
        let required = try inputs.texts("required")
        let skills = try inputs.texts("skills")
        let qualifications = try inputs.texts("qualifications")
        guard let kind = OfferKind(code: try inputs.text("offerKind")) else {
            throw ScoreInputError(
                name: "offerKind", expected: "one of: " + OfferKind.allCases.map(\.code).joined(separator: ", "))
        }
        if wanted.isEmpty && required.isEmpty { return Judgement(.notApplicable, reason: "noSkillWanted") }
        if required.contains(where: { !qualifications.contains($0) }) {
            return Judgement(.veto(0), reason: "qualificationMissing")
        }
        if wanted.isEmpty { return Judgement(.value(Score.best), reason: "qualified") }
        if skills.isEmpty && qualifications.isEmpty {
            return kind.isHelp
                ? Judgement(.notKnown, reason: "skillsNotStated") : Judgement(.value(0), reason: "givesThings")
        }
        let held = wanted.count { skills.contains($0) || qualifications.contains($0) }
        let reason = held == wanted.count ? "allSkills" : held == 0 ? "noSkill" : "someSkills"
        return Judgement(.value(Score.share(Int64(held), of: Int64(wanted.count))), reason: reason)
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let wanted = wish.columns.skills.bits(of: wish.row)
        let required = wish.columns.qualifications.bits(of: wish.row)
        let wantedCount = wanted.reduce(0) { $0 + $1.nonzeroBitCount }
        let requiresAny = required.contains { $0 != 0 }
        if wantedCount == 0 && !requiresAny { return .constant(.notApplicable) }
        // What each number of held skills earns; every number earns all where only a qualification is required.
        let shares = Column((0...wantedCount).map { Score.share(Int64($0), of: Int64(wantedCount)) })
        let unstated: [Int32] = (0...UInt8.max).map { kind in
            if wantedCount == 0 { return Score.best }
            return (OfferKind(rawValue: kind) ?? .goods).isHelp ? Score.notKnown.raw : 0
        }
        let unstatedByKind = Column(unstated)
        let veto = Score.veto(0).raw
        let share = ShareOfWhole(Int64(wantedCount))
        return OfferFiller(bounds: { summaries, blocks, column in
            if let share, !requiresAny, summaries.skills.count == 1 {
                let held = summaries.skills[0].base + blocks.lowerBound
                let unstated = summaries.hasUnstatedSkills.base + blocks.lowerBound
                let (asked, result) = (wanted[0], column.base)
                for block in 0..<blocks.count {
                    let count = Int32(truncatingIfNeeded: (held[block] & asked).nonzeroBitCount)
                    result[block] = ScoreBound.packed(share.value(of: count), mayBeNotKnown: unstated[block])
                }
                return
            }
            for block in blocks {
                var held = 0
                var mayQualify = true
                for plane in summaries.skills.indices {
                    held += (summaries.skills[plane][block] & wanted[plane]).nonzeroBitCount
                    mayQualify = mayQualify && required[plane] & ~summaries.qualifications[plane][block] == 0
                }
                column[block - blocks.lowerBound] =
                    mayQualify
                    ? ScoreBound(
                        greatest: shares[held], mayBeNotKnown: summaries.hasUnstatedSkills[block],
                        mayBeNotApplicable: false) : .vetoed
            }
        }) { block, column in
            let start = block.rows.lowerBound
            if let share, !requiresAny, block.columns.skills.planes.count == 1 {
                // One pass over the only plane, and another over the few rows that name no skill.
                let named = block.columns.skills.planes[0].base + start
                let qualified = block.columns.qualifications.planes[0].base + start
                let (asked, result) = (wanted[0], column.base)
                var gaps: UInt32 = 0
                for row in 0..<column.count {
                    let held = named[row] | qualified[row]
                    gaps |= held == 0 ? 1 : 0
                    result[row] = share.value(of: Int32(truncatingIfNeeded: (held & asked).nonzeroBitCount))
                }
                guard gaps != 0 else { return }
                let (kinds, unstated) = (block.columns.kind.base + start, unstatedByKind.base)
                for row in 0..<column.count where named[row] | qualified[row] == 0 {
                    result[row] = unstated[Int(kinds[row])]
                }
                return
            }
            SkillTally.tally(
                column, skills: block.columns.skills, qualifications: block.columns.qualifications, start: start,
                wanted: wanted, required: required)
            let kinds = block.columns.kind.base + start
            let (result, table, unstated) = (column.base, shares.base, unstatedByKind.base)
            for row in 0..<column.count {
                let tally = result[row]
                let value =
                    tally & SkillTally.statesAny == 0
                    ? unstated[Int(kinds[row])] : table[Int(tally & SkillTally.count)]
                result[row] = tally & SkillTally.lacksRequired != 0 ? veto : value
            }
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let qualifications = offer.columns.qualifications.bits(of: offer.row)
        let held = zip(offer.columns.skills.bits(of: offer.row), qualifications).map { $0 | $1 }
        let statesNothing = held.allSatisfy { $0 == 0 }
        let unstated = offer.kind.isHelp ? Score.notKnown.raw : 0
        let veto = Score.veto(0).raw
        let notApplicable = Score.notApplicable.raw
        return WishFiller(bounds: { summaries, blocks, column in
            for block in blocks {
                let meets = summaries.skills.indices.contains { summaries.skills[$0][block] & held[$0] != 0 }
                let canEarn = meets || (summaries.hasNoSkills[block] && summaries.hasQualifications[block])
                column[block - blocks.lowerBound] = ScoreBound(
                    greatest: canEarn ? Score.best : 0, mayBeNotKnown: statesNothing,
                    mayBeNotApplicable: summaries.hasNoSkills[block])
            }
        }) { block, column in
            let start = block.rows.lowerBound
            let result = column.base
            WishSkillTally.tally(
                column, skills: block.columns.skills, required: block.columns.qualifications, start: start,
                held: held, qualifications: qualifications)
            for row in 0..<column.count {
                let tally = result[row]
                let wanted = tally >> WishSkillTally.wantedShift & WishSkillTally.count
                let count = tally & WishSkillTally.count
                if tally & WishSkillTally.lacksRequired != 0 {
                    result[row] = veto
                } else if wanted == 0 {
                    result[row] = tally & WishSkillTally.requiresAny != 0 ? Score.best : notApplicable
                } else if statesNothing {
                    result[row] = unstated
                } else {
                    result[row] = Score.share(Int64(count), of: Int64(wanted))
                }
            }
        }
    }
}

extension OfferKind {
    /// Somebody does something, rather than giving things or buying them.
    var isHelp: Bool {
        switch self {
        case .service, .skill, .transport: true
        case .goods, .money, .purchase: false
        }
    }
}
