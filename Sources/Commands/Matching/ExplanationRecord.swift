import MatchCore

/// An explanation, as `--json` prints it: whole numbers, from which the total can be added up again.
struct ExplanationRecord: Encodable {
    var wish: RecordName
    var wishLine: Int
    var offer: RecordName
    var offerLine: Int
    var profile: String
    /// UTC milliseconds.
    var asOf: Int64
    var total: Int32?
    var isEligible: Bool
    var nothingApplies: Bool
    var entries: [Entry]

    struct Entry: Encodable {
        var scorer: String
        var version: Int
        var outcome: String
        var value: Int32
        var weight: Int32
        var contribution: Int64
        var reason: String
        var sentence: String
        var inputs: [JSONAny.Fact]
    }

    init(_ explanation: Explanation, plan: ScoringPlan, language: Language) {
        wish = RecordName(explanation.wish)
        wishLine = explanation.wishLine
        offer = RecordName(explanation.offer)
        offerLine = explanation.offerLine
        profile = explanation.profile
        asOf = explanation.asOf.milliseconds
        total = explanation.total
        isEligible = explanation.total != nil
        nothingApplies = explanation.nothingApplies
        entries = explanation.entries.map { entry in
            let step = plan.steps.first { $0.descriptor.id == entry.scorer }
            let finding = entry.finding(vetoes: step?.descriptor.vetoes ?? [])
            return Entry(
                scorer: entry.scorer, version: entry.version, outcome: entry.outcome.rawValue, value: entry.value,
                weight: entry.weight, contribution: entry.contribution, reason: entry.reason,
                sentence: step?.scorer.sentence(for: finding, in: language) ?? "",
                inputs: JSONAny.facts(entry.inputs))
        }
    }
}

/// What names a record.
struct RecordName: Encodable {
    var id: String
    var source: String
    var externalID: String?

    init(_ key: RecordKey) {
        id = key.id.description
        source = key.source
        externalID = key.externalID
    }
}

/// A ranking of the offers for a wish line, or of the wishes for an offer line, as `--json` prints it.
struct RankingRecord: Encodable {
    var subject: RecordName
    var subjectLine: Int
    var profile: String
    /// Lines of the other side that are open for matching.
    var open: Int
    /// How many of them had to be scored.
    var scored: Int
    /// Only where vetoes were counted.
    var eligible: Int?
    var vetoes: [Veto]?
    var candidates: [Candidate]

    struct Veto: Encodable {
        var scorer: String
        var reason: String
        var count: Int
    }

    struct Candidate: Encodable {
        var rank: Int
        var record: RecordName
        var line: Int
        var total: Int32
        var explanation: ExplanationRecord?
    }
}
