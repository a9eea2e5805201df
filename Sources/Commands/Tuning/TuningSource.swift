import Casework
import Exchange
import MatchCore
import Storage

/// Past decisions, from a file or from the database, and the profiles that are held against them.
struct TuningSource {
    let history: DecisionHistory
    /// Only of what the database holds.
    let leftOut: [PastDecisions.LeftOut: Int]
    /// Whether the stored facts can be judged again under other parameters.
    let hasInputs: Bool

    init(file: String?, session: Session) throws {
        if let file {
            history = try DecisionFile.read(file)
            leftOut = [:]
            hasInputs = false
        } else {
            let store = try Store.open(session, forWriting: false)
            defer { store.close() }
            let past = try store.cases.blockingRead { try PastDecisions(reading: $0, until: session.now) }
            history = past.history
            leftOut = past.leftOut
            hasInputs = true
        }
        guard !history.decisions.isEmpty else { throw CommandError(.notFound, TuningWords.noDecisions.text) }
    }

    /// The history with the values that a profile's scorers give, under the profile's own parameters where the facts
    /// are there.
    func judged(by profile: ScoringProfile, session: Session) throws -> DecisionHistory {
        guard hasInputs else { return try history.columns(of: profile) }
        return try history.judged(by: try ScoringPlan(profile, scorers: session.scorers))
    }

    func tell(in session: Session) {
        let words: [PastDecisions.LeftOut: TuningWords] = [
            .damaged: .damaged, .noList: .noList, .notInList: .notInList, .byDonor: .byDonor, .notDecided: .notDecided,
        ]
        let parts = PastDecisions.LeftOut.allCases.compactMap { cause -> LocalizedText? in
            guard let count = leftOut[cause], count > 0 else { return nil }
            return words[cause]?.filled(["count": "\(count)"])
        }
        guard !parts.isEmpty else { return }
        session.note(
            LocalizedText(
                zhHans: TuningWords.leftOut.text.zhHans.filled(["list": parts.map(\.zhHans).joined(separator: "，")]),
                en: TuningWords.leftOut.text.en.filled(["list": parts.map(\.en).joined(separator: ", ")])))
    }
}

extension Session {
    /// A profile that is named on the command line: a `.yaml` file, `name@revision` or `name` of the database, else a
    /// name of the data directory.
    func profile(choice: String) throws -> ScoringProfile {
        if choice.hasSuffix(".yaml") || choice.hasSuffix(".yml") {
            return try dataDirectory().draft(at: choice, descriptors: scorers.map { $0.descriptor })
        }
        if let store = try? Store.open(self, forWriting: false) {
            defer { store.close() }
            let parts = choice.split(separator: "@", maxSplits: 1).map(String.init)
            let found = try store.cases.blockingRead { transaction in
                if parts.count == 2, let revision = Int(parts[1]) {
                    return try transaction.profile(parts[0], revision: revision)
                }
                return try transaction.profile(choice)
            }
            if let found { return found }
        }
        return try profile(named: choice)
    }
}
