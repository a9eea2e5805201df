internal import CaseRecords
public import MatchCore

/// 认领: a party claims a published wish of its own accord.
extension CaseDesk {
    /// The source of offers that are made from a wish's line: no other record has it.
    public static let pledgeSource = "pledge"

    /// Makes an offer from a wish's line and its claim, both or neither.
    ///
    /// Where the program has a coordinator approve pledges of the wish's lane, the claim stays proposed; else the party's
    /// word is its acceptance. Throws as ``propose(offer:wish:quantity:legs:reason:)`` does, and `wrongState` for a party
    /// that is not active.
    public func pledge(
        _ quantity: Int64, for wish: LineReference, by party: RecordID, place: Place = Place(), delivers: Bool = true,
        text: String = "", legs: [Leg.Kind] = [], admission: Admission, reason: Reason? = nil
    ) throws -> KeptClaim {
        try require([.donor, .coordinator, .integration], to: LocalizedText(zhHans: "认领心愿", en: "pledge for a wish"))
        if actor.role == .donor, actor.party != party {
            throw CaseworkError(.notYours, "This is another party.", zhHans: "这是其他主体。")
        }
        guard let wished = try store.wish(wish.record),
            let line = wished.features.lines.first(where: { $0.number == wish.number })
        else { throw unknown(LocalizedText(zhHans: "心愿明细", en: "line of a wish"), wish.record) }
        let record = try partyRecord(party)
        guard record.state == .active else {
            throw CaseworkError(
                .wrongState, "The party is \(record.state.rawValue); only an active one can claim a wish.",
                zhHans: "该主体状态为 \(record.state.rawValue)，仅启用的主体可以认领。")
        }
        let id = newID()
        let offer = Offer(
            key: RecordKey(source: Self.pledgeSource, externalID: nil, id: id), party: party,
            kind: line.unit == .fen ? .money : line.unit == .minute ? .service : .goods, place: place,
            delivers: delivers, text: text,
            lines: [OfferLine(category: line.category, available: quantity, unit: line.unit)])
        try Registrar(transaction: store, admission: admission, desk: self)
            .admit(offer, received: Timestamp(milliseconds: now.milliseconds))
        let claim = try propose(
            offer: LineReference(id, 1), wish: wish, quantity: quantity, legs: legs, reason: reason)
        guard actor.role == .donor, !needsCoordinator(wished) else { return claim }
        return try step(claim.claim.id, .accept, reason: reason)
    }

    /// Refuses the acceptance of a pledge by whoever made it, where a coordinator has to approve it.
    func requireApproval(of kept: KeptClaim) throws {
        guard actor.role == .donor, let offer = try store.offer(kept.offer.record),
            offer.key.source == Self.pledgeSource, let wish = try store.wish(kept.wish.record), needsCoordinator(wish)
        else { return }
        throw CaseworkError(
            .secondPerson, "A coordinator has to approve this pledge; the party has said yes already.",
            zhHans: "该认领须由协调员批准；认领方已作承诺。")
    }

    private func needsCoordinator(_ wish: WishRecord) -> Bool {
        Code(wish.features.lane.code).map { rules.pledges.approvedLanes.contains($0) } ?? true
    }
}

/// Who has to agree when a party claims a published wish directly.
public struct PledgeRules: Sendable, Hashable, Codable {
    /// The lanes in which a coordinator approves each pledge.
    public var approvedLanes: Set<Code>

    public init(approvedLanes: Set<Code>) {
        self.approvedLanes = approvedLanes
    }

    /// A coordinator approves every pledge.
    public static let careful = PledgeRules(approvedLanes: Set(Lane.allCases.compactMap { Code($0.code) }))
}
