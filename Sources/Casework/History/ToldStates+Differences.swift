public import MatchCore

extension ToldStates {
    /// A record that stands elsewhere than the history tells.
    public struct Difference: Hashable, Sendable {
        public let kind: RecordPlace
        public let record: RecordID
        /// The line of an offer or a wish.
        public let line: Int?
        /// What the row says; nil where there is no row.
        public let kept: String?
        /// What the history tells; nil where it tells nothing.
        public let told: String?

        public enum RecordPlace: String, Hashable, Sendable {
            case claim, wish, approval, clock, note, offerLine, wishLine, inbox, offer, party, household, figures
        }

        init(_ kind: RecordPlace, _ record: RecordID, line: Int? = nil, kept: String?, told: String?) {
            self.kind = kind
            self.record = record
            self.line = line
            self.kept = kept
            self.told = told
        }

        public var text: LocalizedText {
            let name: LocalizedText =
                switch kind {
                case .claim: LocalizedText(zhHans: "认领", en: "claim")
                case .wish: LocalizedText(zhHans: "个案", en: "case of wish")
                case .approval: LocalizedText(zhHans: "审批", en: "approval")
                case .clock: LocalizedText(zhHans: "时限", en: "clock")
                case .note: LocalizedText(zhHans: "备注", en: "note")
                case .offerLine: LocalizedText(zhHans: "资源明细", en: "line of offer")
                case .wishLine: LocalizedText(zhHans: "心愿明细", en: "line of wish")
                case .inbox: LocalizedText(zhHans: "受理记录", en: "inbound record")
                case .offer: LocalizedText(zhHans: "资源", en: "offer")
                case .party: LocalizedText(zhHans: "主体", en: "party")
                case .household: LocalizedText(zhHans: "家庭档案", en: "file of household")
                case .figures: LocalizedText(zhHans: "指标依据（心愿）", en: "row that figures are made of, of wish")
                }
            let id = line.map { "\(record)/\($0)" } ?? "\(record)"
            return LocalizedText(
                zhHans: "\(name.zhHans) \(id)：数据为 \(kept ?? "（无）")，历史为 \(told ?? "（无）")。数据曾被绕过程序改动。",
                en:
                    "The \(name.en) \(id) is \(kept ?? "missing"), and the history says \(told ?? "nothing of it"). "
                    + "Somebody changed the data past the program.")
        }
    }

    /// What differs, at most `limit` of it; call it when all that is sealed has been taken in. What waits for its seal is
    /// looked up.
    public func differences(in store: any CaseTransaction, limit: Int = 100) throws -> [Difference] {
        var told = self
        try store.forEachWaiting { told.take($0) }
        told.erased.formUnion(try store.erasedHolders())
        var found = DifferenceList(limit: limit)
        try told.compareClaims(store, &found)
        try told.compareWishes(store, &found)
        try told.compareLines(store, &found)
        try told.compareApprovals(store, &found)
        try told.compareClocks(store, &found)
        try told.compareNotes(store, &found)
        try told.records.compare(with: store, erased: told.erased, &found)
        try told.measures.compare(with: store, &found)
        return found.all
    }

    private func compareClaims(_ store: any CaseTransaction, _ found: inout DifferenceList) throws {
        var kept: [RecordID: ToldClaim] = [:]
        for claim in try store.claims(ClaimFilter(), limit: Int(Int32.max)).map(\.claim) {
            kept[claim.id] = ToldClaim(
                state: Code(claim.state.rawValue), quantity: claim.quantity, leaseEnd: claim.lease?.end,
                offerLine: claim.offerLine, wishLine: claim.wishLine)
        }
        found.compare(.claim, kept, claims) { claim in
            claim.state.map(\.text) ?? "?" + (claim.quantity.map { " (\($0))" } ?? "")
        }
    }

    private func compareWishes(_ store: any CaseTransaction, _ found: inout DifferenceList) throws {
        var kept: [RecordID: ToldWish] = [:]
        for wish in try store.wishCases(WishCaseFilter(), limit: Int(Int32.max)) {
            kept[wish.wish] = ToldWish(
                state: Code(wish.state.rawValue), outcome: wish.outcome.flatMap { Code($0.rawValue) },
                opened: ToldWish.Opening(
                    at: wish.receivedAt, area: wish.area, lane: wish.lane, channel: wish.channel))
        }
        found.compare(.wish, kept, wishes) { wish in
            let opened = wish.opened.map { opened in
                [opened.area, opened.lane, opened.channel].compactMap { $0?.text }.joined(separator: " ")
                    + " \(opened.at.milliseconds)"
            }
            return (wish.state?.text ?? "?") + (wish.outcome.map { " (\($0))" } ?? "") + ", " + (opened ?? "?")
        }
    }

    /// Claims, and what was pledged and taken back, make every part of a line's balance.
    private func compareLines(_ store: any CaseTransaction, _ found: inout DifferenceList) throws {
        var offers: [RecordID: [OfferPart: Int64]] = [:]
        var wishes: [RecordID: [WishPart: Int64]] = [:]
        for claim in claims.values {
            guard let offer = claim.offerLine, let wish = claim.wishLine, let quantity = claim.quantity,
                let state = claim.state.flatMap({ ClaimState(rawValue: $0.text) }), let part = state.holding,
                let wishPart = WishPart(rawValue: part.rawValue)
            else { continue }
            offers[offer, default: [:]][part, default: 0] &+= quantity
            wishes[wish, default: [:]][wishPart, default: 0] &+= quantity
        }
        try Self.compare(.offerLine, offerLines, offers, &found) { try store.forEachOfferLine($0) }
        var unmet: Set<RecordID> = []
        var lines: [RecordID: [LineState<WishPart>]] = [:]
        for (wish, told) in self.wishes where told.outcome == "fulfilled" { unmet.insert(wish) }
        try Self.compare(.wishLine, wishLines, wishes, &found) { body in
            try store.forEachWishLine { line, state in
                if unmet.contains(line.record) { lines[line.record, default: []].append(state) }
                try body(line, state)
            }
        }
        // Told or not: what counts as fulfilled has arrived.
        for (wish, states) in lines.sorted(by: { $0.key < $1.key }) where !WishOutcome.isFulfilled(states) {
            found.add(
                Difference(
                    .wish, wish, kept: "fulfilled", told: "received \(states.reduce(0) { $0 + $1[.received] })"))
        }
    }

    private static func compare<Part: BalancePart>(
        _ kind: Difference.RecordPlace, _ told: [RecordID: ToldLine], _ claimed: [RecordID: [Part: Int64]],
        _ found: inout DifferenceList, rows: ((LineReference, LineState<Part>) throws -> Void) throws -> Void
    ) throws {
        var missing = Set(told.keys).union(claimed.keys)
        var list = found
        try rows { line, kept in
            let id = line.id
            missing.remove(id)
            let line = (reference: line, told: told[id] ?? ToldLine())
            var parts = claimed[id] ?? [:]
            var total = kept.total
            if line.told.isTold {
                total = line.told.total
                parts[.ended] = line.told.isVague ? kept[.ended] : line.told.ended
            } else {
                parts[.ended] = kept[.ended]
            }
            let rest = parts.values.reduce(0, &+)
            parts[.free] = (total ?? 0) &- rest
            guard total != kept.total || Part.allCases.contains(where: { kept[$0] != parts[$0] ?? 0 }) else { return }
            list.add(
                Difference(
                    kind, line.reference.record, line: line.reference.number, kept: text(kept.total, kept.parts),
                    told: text(total, parts)))
        }
        found = list
        for id in missing.sorted() { found.add(Difference(kind, id, kept: nil, told: "a line")) }
    }

    private static func text<Part: BalancePart>(_ total: Int64?, _ parts: [Part: Int64]) -> String {
        (["\(total.map { "\($0)" } ?? "–")"]
            + Part.allCases.filter { parts[$0] ?? 0 != 0 }.map { "\($0.rawValue) \(parts[$0] ?? 0)" })
            .joined(separator: ", ")
    }

    private func compareApprovals(_ store: any CaseTransaction, _ found: inout DifferenceList) throws {
        var kept: [RecordID: ToldApproval] = [:]
        try store.forEachApproval { row in
            let approval = row.record
            kept[approval.id] = ToldApproval(
                state: approval.statusCode, amount: approval.request.amount, papersDue: approval.papersDue,
                noticeUntil: approval.notice?.until, objections: approval.notice?.openObjections ?? 0,
                acts: approval.records.map {
                    ToldApproval.Act(action: $0.act.action, by: $0.by, at: $0.at)
                })
            if !row.agrees {
                found.add(Difference(.approval, approval.id, kept: "columns", told: approval.statusCode.text))
            }
        }
        found.compare(.approval, kept, approvals) { approval in
            approval.state.text + (approval.amount.map { " (\($0))" } ?? "")
                + (approval.papersDue.map { " \($0.milliseconds)" } ?? "")
                + (approval.noticeUntil.map { " \($0.milliseconds), objections \(approval.objections)" } ?? "")
                + " · " + approval.acts.map { "\($0.action) \($0.by)" }.joined(separator: ", ").suffix(200)
        }
    }

    private func compareClocks(_ store: any CaseTransaction, _ found: inout DifferenceList) throws {
        var kept: [RecordID: ToldClock] = [:]
        try store.forEachClock { row in
            let clock = row.record
            kept[clock.id] = ToldClock(state: clock.stateCode, due: clock.due?.moment)
            if !row.agrees { found.add(Difference(.clock, clock.id, kept: "columns", told: clock.stateCode.text)) }
        }
        found.compare(.clock, kept, clocks) { clock in
            (clock.state?.text ?? "?") + (clock.due.map { ", due \($0.milliseconds)" } ?? "")
        }
    }

    private func compareNotes(_ store: any CaseTransaction, _ found: inout DifferenceList) throws {
        var missing = Set(digests.keys)
        try store.forEachNote { note in
            missing.remove(note.id)
            let told = digests[note.id]
            switch note.words {
            case .kept(let digest):
                guard digest != told else { return }
                found.add(Difference(.note, note.id, kept: digest?.text ?? "in the open", told: told?.text))
            case .gone:
                guard erased.isDisjoint(with: note.about) else { return }
                found.add(Difference(.note, note.id, kept: "without words", told: told?.text))
            case .unreadable: found.add(Difference(.note, note.id, kept: "unreadable", told: told?.text))
            }
        }
        for note in missing.sorted() {
            found.add(Difference(.note, note, kept: nil, told: digests[note]?.text))
        }
    }
}

/// Differences as they are found, up to so many.
struct DifferenceList {
    let limit: Int
    private(set) var all: [ToldStates.Difference] = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ difference: ToldStates.Difference) {
        if all.count < limit { all.append(difference) }
    }

    mutating func compare<Standing: Equatable>(
        _ kind: ToldStates.Difference.RecordPlace, _ kept: [RecordID: Standing], _ told: [RecordID: Standing],
        _ text: (Standing) -> String
    ) {
        guard all.count < limit, kept != told else { return }
        for record in Set(kept.keys).union(told.keys).sorted() where kept[record] != told[record] {
            add(
                ToldStates.Difference(kind, record, kept: kept[record].map(text), told: told[record].map(text)))
        }
    }
}
