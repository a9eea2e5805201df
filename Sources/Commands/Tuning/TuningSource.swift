import Casework
import Exchange
import MatchCore
import Operations

extension Session {
    /// A history of decisions from a file, to be held against profiles here.
    func tuningHistory(_ file: String) throws -> TuningHistory {
        let history = try DecisionFile.read(file)
        let directory = try dataDirectory()
        return try TuningHistory(
            history, by: try directory.satisfaction(), scorers: scorers, areas: try directory.areas().tree,
            categories: try directory.categories().tree)
    }

    func profileCheck() throws -> ProfileCheck {
        ProfileCheck(scorers: scorers, codes: try ReferenceData(try dataDirectory()).knownCodes)
    }

    /// Says what could not be put together into decisions.
    func tell(_ leftOut: [LeftOutView]?) {
        let parts = (leftOut ?? []).compactMap { part -> LocalizedText? in
            PastDecisions.LeftOut(rawValue: part.cause).map {
                TuningWords(leftOut: $0).filled(["count": "\(part.count)"])
            }
        }
        guard !parts.isEmpty else { return }
        note(
            LocalizedText(
                zhHans: TuningWords.leftOut.text.zhHans.filled(["list": parts.map(\.zhHans).joined(separator: "，")]),
                en: TuningWords.leftOut.text.en.filled(["list": parts.map(\.en).joined(separator: ", ")])))
    }
}

extension TuningWords {
    fileprivate init(leftOut cause: PastDecisions.LeftOut) {
        switch cause {
        case .damaged: self = .damaged
        case .noList: self = .noList
        case .notInList: self = .notInList
        case .byDonor: self = .byDonor
        case .notDecided: self = .notDecided
        }
    }
}
