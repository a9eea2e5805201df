import MatchCore

/// Which tests some row of a block may meet; false is certain.
enum RuleBounds {
    static func mayMeet(_ test: RuleTest, _ ready: ColumnTest, _ summaries: OfferSummaries, _ block: Int) -> Bool {
        switch (test.feature, ready) {
        case (.offerKind, .choice(_, let allowed)): allowed & summaries.kinds[block] != 0
        case (.offerUnit, .choice(_, let allowed)): allowed & summaries.units[block] != 0
        case (.offerCategory, _): ready.mayMeet(summaries.leastCategory[block], summaries.greatestCategory[block])
        case (.offerArea, _): ready.mayMeet(summaries.leastArea[block], summaries.greatestArea[block])
        case (.offerDelivers, .bit(_, _, let isSet)), (.offerRemote, .bit(_, _, let isSet)):
            !isSet || summaries.delivery[block] & 1 != 0
        case (.offerLanguages, .words(_, let wanted, false)): overlap(wanted, summaries.languages, block)
        // A block's skills hold its qualifications, too.
        case (.offerSkills, .words(_, let wanted, false)): overlap(wanted, summaries.skills, block)
        case (.offerQualifications, .words(_, let wanted, false)): overlap(wanted, summaries.qualifications, block)
        case (.offerQuantity, .large(_, let range, false)):
            // The greatest is saturated, so it says nothing at its end.
            summaries.greatestAvailable[block] == .max || range.lowerBound <= Int64(summaries.greatestAvailable[block])
        case (.partyTrust, .number(_, let range, false)):
            range.lowerBound <= Int64(summaries.trust.greatestStated[block])
        case (.partyFatigue, .number(_, let range, false)):
            summaries.leastFatigue[block] != .max && range.upperBound >= Int64(summaries.leastFatigue[block])
        default: true
        }
    }

    static func mayMeet(_ test: RuleTest, _ ready: ColumnTest, _ summaries: WishSummaries, _ block: Int) -> Bool {
        switch (test.feature, ready) {
        case (.wishLane, .choice(_, let allowed)): allowed & summaries.lanes[block] != 0
        case (.wishUrgency, .choice(_, let allowed)): allowed & summaries.urgencies[block] != 0
        case (.wishUnit, .choice(_, let allowed)): allowed & summaries.units[block] != 0
        case (.wishCategory, _): ready.mayMeet(summaries.leastCategory[block], summaries.greatestCategory[block])
        case (.wishArea, _): ready.mayMeet(summaries.leastArea[block], summaries.greatestArea[block])
        case (.wishLanguages, .words(_, let wanted, false)): overlap(wanted, summaries.languages, block)
        case (.wishSkills, .words(_, let wanted, false)): overlap(wanted, summaries.skills, block)
        case (.wishHardship, .small(_, let range, false)):
            range.lowerBound <= Int64(summaries.greatestHardship[block])
        case (.wishQuantity, .large(_, let range, false)):
            summaries.leastWanted[block] != .max && range.upperBound >= summaries.leastWanted[block]
        default: true
        }
    }

    private static func overlap(_ wanted: [UInt32], _ planes: [Column<UInt32>], _ block: Int) -> Bool {
        zip(wanted, planes).contains { $0 & $1[block] != 0 }
    }
}
