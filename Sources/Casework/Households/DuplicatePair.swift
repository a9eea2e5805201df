public import MatchCore

/// Two requests, in the order of their ids.
public struct RecordPair: Hashable, Comparable, Sendable {
    public let first: RecordID
    public let second: RecordID

    public init(_ one: RecordID, _ other: RecordID) {
        first = min(one, other)
        second = max(one, other)
    }

    public static func < (left: RecordPair, right: RecordPair) -> Bool {
        (left.first, left.second) < (right.first, right.second)
    }
}

/// Two requests that may be one, and why. A warning: it blocks nothing.
public struct DuplicatePair: Hashable, Sendable {
    public let pair: RecordPair
    public let evidence: [DuplicateEvidence]
    /// The sum of the evidence.
    public let points: Int

    /// The whole reason in one sentence: what speaks for it, and then what against.
    public func explanation(categoryName: (Code) -> LocalizedText? = { _ in nil }) -> LocalizedText {
        func joined(_ items: [DuplicateEvidence]) -> LocalizedText {
            let texts = items.map { $0.text(categoryName: categoryName) }
            return LocalizedText(
                zhHans: texts.map(\.zhHans).joined(separator: "，"), en: texts.map(\.en).joined(separator: ", "))
        }
        let forIt = joined(evidence.filter { !$0.sign.speaksAgainst })
        let against = evidence.filter(\.sign.speaksAgainst)
        guard !against.isEmpty else { return forIt }
        let but = joined(against)
        return LocalizedText(zhHans: "\(forIt.zhHans)；但\(but.zhHans)", en: "\(forIt.en); but \(but.en)")
    }
}
