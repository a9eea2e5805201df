public import MatchCore

/// One thing the history says about a wish, as far as the public figures look at it.
public struct CaseFact: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case received(area: Code, lane: Code, channel: Code)
        /// It belongs to another area from now on.
        case moved(area: Code)
        /// A party took part in fulfilling it.
        case joined(party: RecordID)
        /// By when it is to be answered, or from now on.
        case answerDue(Moment)
        case answered
        /// By when it is to be delivered, or from now on.
        case deliveryDue(Moment)
        /// - Parameter isServed: false where it was closed without being fulfilled.
        case closed(isServed: Bool)
        /// The person was not satisfied: it is not closed any more.
        case reopened
        /// Withdrawn by the person or refused: it leaves the days and the on-time share, and stays in the reply rate.
        case ended
        /// 1…5.
        case rated(Int)
    }

    public let wish: RecordID
    public let at: Moment
    public let kind: Kind

    public init(wish: RecordID, at: Moment, kind: Kind) {
        self.wish = wish
        self.at = at
        self.kind = kind
    }
}

extension CaseFact {
    /// The facts in a history entry; none when it is not about a wish, or says nothing the figures look at.
    ///
    /// The entry's action says what happened (`wish/open`, `wish/move`, `wish/answer`, `wish/close`, `wish/reopen`,
    /// `wish/end`, `wish/rate`, `wish/join`); due times stand in the fields `answerDue` and `deliveryDue` of any entry.
    public static func facts(in entry: HistoryEntry) -> [CaseFact] {
        guard entry.subjectKind == "wish" else { return [] }
        let after = Dictionary(
            entry.changes.compactMap { change in change.after.map { (change.field, $0) } },
            uniquingKeysWith: { _, last in last })
        func code(_ field: Code) -> Code? { if case .code(let code)? = after[field] { code } else { nil } }
        func moment(_ field: Code) -> Moment? { if case .moment(let moment)? = after[field] { moment } else { nil } }
        var kinds: [Kind] = []
        switch entry.action {
        case "wish/open":
            if let area = code("area"), let lane = code("lane"), let channel = code("channel") {
                kinds.append(.received(area: area, lane: lane, channel: channel))
            }
        case "wish/move": if let area = code("area") { kinds.append(.moved(area: area)) }
        case "wish/answer": kinds.append(.answered)
        case "wish/close": kinds.append(.closed(isServed: code("outcome").map { $0 == "fulfilled" } ?? true))
        case "wish/reopen": kinds.append(.reopened)
        case "wish/end": kinds.append(.ended)
        case "wish/rate":
            if case .integer(let stars)? = after["rating"], (1...5).contains(stars) { kinds.append(.rated(Int(stars))) }
        case "wish/join":
            if case .record(let party)? = after["party"] { kinds.append(.joined(party: party)) }
        default: break
        }
        if let due = moment("answerDue") { kinds.append(.answerDue(due)) }
        if let due = moment("deliveryDue") { kinds.append(.deliveryDue(due)) }
        return kinds.map { CaseFact(wish: entry.subject, at: entry.at, kind: $0) }
    }
}
