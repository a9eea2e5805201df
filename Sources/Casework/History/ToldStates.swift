public import MatchCore

/// Where claims, cases and approvals stand as the history tells it, to compare with the rows that say so: a row that was
/// altered by hand shows, although the chain holds.
public struct ToldStates: Sendable {
    private var claims: [RecordID: Standing] = [:]
    private var wishes: [RecordID: Standing] = [:]
    private var approvals: [RecordID: Standing] = [:]

    fileprivate struct Standing: Hashable, Sendable {
        var state: Code?
        var quantity: Int64?
    }

    /// A record that stands elsewhere than the history tells.
    public struct Difference: Hashable, Sendable {
        public let kind: RecordPlace
        public let record: RecordID
        /// What the row says; nil where there is no row.
        public let kept: String?
        /// What the history tells; nil where it tells nothing.
        public let told: String?

        public enum RecordPlace: String, Hashable, Sendable {
            case claim, wish, approval
        }

        public var text: LocalizedText {
            let name: LocalizedText =
                switch kind {
                case .claim: LocalizedText(zhHans: "认领", en: "claim")
                case .wish: LocalizedText(zhHans: "个案", en: "case of wish")
                case .approval: LocalizedText(zhHans: "审批", en: "approval")
                }
            return LocalizedText(
                zhHans: "\(name.zhHans) \(record)：数据为 \(kept ?? "（无）")，历史为 \(told ?? "（无）")。数据曾被绕过程序改动。",
                en:
                    "The \(name.en) \(record) is \(kept ?? "missing"), and the history says \(told ?? "nothing of it"). "
                    + "Somebody changed the data past the program.")
        }
    }

    public init() {}

    /// Takes an entry in, in the history's order.
    public mutating func take(_ entry: HistoryEntry) {
        func after(_ field: Code) -> HistoryValue? { entry.changes.last { $0.field == field }?.after }
        func code(_ field: Code) -> Code? { if case .code(let code)? = after(field) { code } else { nil } }
        switch entry.subjectKind {
        case "claim":
            if let state = code("state") { claims[entry.subject, default: Standing()].state = state }
            if case .integer(let quantity)? = after("quantity") {
                claims[entry.subject, default: Standing()].quantity = quantity
            }
        case "approval":
            approvals[entry.subject, default: Standing(state: "open")].state =
                code("status") ?? approvals[entry.subject]?.state ?? "open"
        case "wish":
            let state: Code? =
                switch entry.action {
                case "wish/open", "wish/reopen": "open"
                case "wish/close": "closed"
                case "wish/end": "ended"
                default: nil
                }
            if let state { wishes[entry.subject] = Standing(state: state) }
        default: break
        }
    }

    /// What differs, at most `limit` of it. What waits for its seal is looked up.
    public func differences(in store: any CaseTransaction, limit: Int = 100) throws -> [Difference] {
        var found: [Difference] = []
        func compare(_ kind: Difference.RecordPlace, _ kept: [RecordID: Standing], _ told: [RecordID: Standing]) throws
        {
            for record in Set(kept.keys).union(told.keys).sorted() where kept[record] != told[record] {
                guard found.count < limit else { return }
                // A step of this second may not be sealed yet.
                var latest = ToldStates()
                for entry in try store.history(of: [record]) { latest.take(entry) }
                let now = latest.standing(of: record, kind)
                guard kept[record] != now else { continue }
                found.append(
                    Difference(kind: kind, record: record, kept: kept[record]?.text, told: now?.text))
            }
        }
        var kept: [RecordID: Standing] = [:]
        for claim in try store.claims(ClaimFilter(), limit: Int(Int32.max)).map(\.claim) {
            kept[claim.id] = Standing(state: Code(claim.state.rawValue), quantity: claim.quantity)
        }
        try compare(.claim, kept, claims)
        kept = [:]
        for wish in try store.wishCases(WishCaseFilter(), limit: Int(Int32.max)) {
            kept[wish.wish] = Standing(state: Code(wish.state.rawValue))
        }
        try compare(.wish, kept, wishes)
        kept = [:]
        for approval in try store.approvals(ApprovalQuery(), limit: Int(Int32.max)) {
            kept[approval.id] = Standing(state: approval.statusCode)
        }
        try compare(.approval, kept, approvals)
        return found
    }

    private func standing(of record: RecordID, _ kind: Difference.RecordPlace) -> Standing? {
        switch kind {
        case .claim: claims[record]
        case .wish: wishes[record]
        case .approval: approvals[record]
        }
    }
}

extension ToldStates.Standing {
    fileprivate var text: String { "\(state?.text ?? "?")" + (quantity.map { " (\($0))" } ?? "") }
}
