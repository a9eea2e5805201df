internal import CaseRecords
internal import MatchCore

/// What a wish's line was when it was approved.
struct ApprovedThing: Hashable {
    /// Nil where nobody had classified it: then it may be given a category once.
    var category: String?
    let unit: Unit
}

/// What has to hold of the things that were approved: sums alone would let a bed be handed over for a wheelchair.
extension TownInvariants {
    /// What is asked for or claimed that is another thing than what was approved.
    mutating func others(in wish: WishRecord, than approval: ApprovalCase, at desk: CaseDesk) throws -> [String] {
        let id = wish.key.id
        guard approval.isApproved else {
            approved[id] = nil
            return []
        }
        var found: [String] = []
        let category = WishCase.category(of: wish.features)
        if ![category, WishCase.unclassified].contains(approval.request.category) {
            found.append("\(approval.request.category) was approved, and \(category) is asked for")
        }
        var things = approved[id] ?? Self.things(of: wish)
        for line in wish.features.lines {
            guard let thing = things[line.number] else { continue }
            if thing.category == nil { things[line.number]?.category = line.category }
            guard thing.unit != line.unit || thing.category != nil && thing.category != line.category else { continue }
            found.append("line \(line.number) was approved as \(thing.text), and is \(Self.thing(of: line).text)")
        }
        approved[id] = things
        return try found + claimedOthers(of: id, than: things, at: desk)
    }

    /// Claims of lines that nobody approved, or that give what is counted otherwise or has nothing to do with it.
    private func claimedOthers(
        of wish: RecordID, than things: [Int: ApprovedThing], at desk: CaseDesk
    ) throws -> [String] {
        try desk.store.claims(ofWish: wish).filter { $0.claim.state.holding != nil }.compactMap { kept in
            guard let thing = things[kept.wish.number] else {
                return "claim \(kept.claim.id) is of line \(kept.wish.number), which was not approved"
            }
            guard let given = try desk.store.balance(ofOffer: kept.offer) else { return nil }
            let other = ApprovedThing(category: given.category, unit: given.unit)
            guard given.unit != thing.unit || !desk.rules.categories.areAkin(given.category, thing.category) else {
                return nil
            }
            return "claim \(kept.claim.id) gives \(other.text), and \(thing.text) was approved"
        }
    }

    private static func things(of wish: WishRecord) -> [Int: ApprovedThing] {
        Dictionary(wish.features.lines.map { ($0.number, thing(of: $0)) }, uniquingKeysWith: { first, _ in first })
    }

    private static func thing(of line: WishLine) -> ApprovedThing {
        ApprovedThing(category: line.category, unit: line.unit)
    }
}

extension ApprovedThing {
    fileprivate var text: String { "\(category ?? "anything") in \(unit.code)" }
}

extension CategoryTree {
    /// Whether one thing may be given for the other: both lie in one group of the catalogue, one stands in for the other, or
    /// nobody has said what it is.
    fileprivate func areAkin(_ one: String?, _ other: String?) -> Bool {
        guard let one = one.flatMap({ Code($0) }), let other = other.flatMap({ Code($0) }) else { return true }
        if self[one.text]?.substitutes.contains(other.text) == true { return true }
        if self[other.text]?.substitutes.contains(one.text) == true { return true }
        return !Set([one] + groups(of: one)).isDisjoint(with: [other] + groups(of: other))
    }
}
