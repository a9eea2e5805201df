internal import CaseRecords
public import MatchCore

/// Takes parties, offers and wishes into the registry, inside one transaction and whatever the channel.
///
/// A record with a source and an external id that the registry has is the same record: it is updated, or left alone
/// where it says the same.
public struct Registrar {
    private let transaction: any CaseTransaction
    private let admission: Admission
    private let desk: CaseDesk?
    private let channel: Channel?
    private let areApproved: Bool

    /// - Parameters:
    ///   - desk: who registers, for the history. Nil only for rehearsals that keep none.
    ///   - channel: the way on which wishes come that are open at once, with their clocks: nil where somebody opens their
    ///     cases afterwards. Their clocks start when they were submitted.
    ///   - areApproved: whether such wishes were approved where they come from; else each takes its lane's way.
    public init(
        transaction: any CaseTransaction, admission: Admission, desk: CaseDesk? = nil, opening channel: Channel? = nil,
        areApproved: Bool = false
    ) {
        self.transaction = transaction
        self.admission = admission
        self.desk = desk
        self.channel = channel
        self.areApproved = areApproved
    }

    /// Admits a party; `features.id` must be the id of its key. Throws ``AdmissionRefusal`` with every fault.
    ///
    /// - Parameter isConfirmed: false for a party that nobody has looked at: what it offers is kept, and not matched.
    @discardableResult
    public func admit(_ features: Party, key: RecordKey, name: String, isConfirmed: Bool = true) throws -> SaveOutcome {
        let record = PartyRecord(
            key: key, name: name, state: isConfirmed ? .active : .unconfirmed, features: features)
        try refuse(admission.faults(in: record))
        let outcome = try transaction.save(record)
        try desk?.note(outcome, of: .party)
        return outcome
    }

    /// Admits an offer whose party is in the registry.
    @discardableResult
    public func admit(_ offer: Offer, received: Timestamp? = nil, site: SiteMention = .unsaid) throws -> SaveOutcome {
        let record = OfferRecord(new: offer, received: received)
        try refuse(admission.faults(in: record))
        let outcome = try note(site, of: .offer, after: transaction.save(record))
        try desk?.note(outcome, ofOffer: record)
        // Who waits for it is served with what was added, on whatever way it came.
        if let desk, case .changed(let id) = outcome {
            for line in offer.lines { try desk.system.serveQueue(behind: LineReference(id, line.number)) }
        }
        return outcome
    }

    @discardableResult
    public func admit(
        _ wish: Wish, site: SiteMention = .unsaid, because reason: Reason? = nil
    ) throws -> SaveOutcome {
        try admitting(wish, site: site, because: reason).outcome
    }

    /// Admits a wish, and tells what was found in its wording: it is held back from publication for it.
    ///
    /// - Parameters:
    ///   - unsaid: what its source has no word for: of a wish that is known, that stays as it is.
    ///   - check: with the names that the source of the wish tells.
    public func admitting(
        _ wish: Wish, unsaid: Set<WishField> = [], site: SiteMention = .unsaid, because reason: Reason? = nil,
        check: WordingCheck? = nil
    ) throws -> AdmittedWish {
        try admit(wish, unsaid: unsaid, site: site, because: reason, check: check, after: nil)
    }

    /// - Parameter before: the record that is changed, where it has been read anyway.
    @discardableResult
    func admit(
        _ wish: Wish, unsaid: Set<WishField> = [], site: SiteMention = .unsaid, because reason: Reason?,
        check: WordingCheck? = nil, after before: WishRecord?
    ) throws -> AdmittedWish {
        try refuse(admission.faults(in: WishRecord(new: wish)))
        var (wish, before, isLeft) = (wish, before, false)
        if let desk, before == nil, let known = try known(wish.key) {
            (wish, isLeft) = try desk.readmitting(wish, known: known, unsaid: unsaid, isApproved: areApproved)
            before = known
        }
        let record = WishRecord(new: wish)
        let outcome = try note(site, of: .wish, after: transaction.save(record))
        try desk?.note(outcome, ofWish: record, after: before)
        let findings = try desk?.reviewWording(wish.text, of: outcome, by: check) ?? []
        if let desk, case .changed(let id) = outcome {
            for line in wish.lines { try desk.settleQueues(of: LineReference(id, line.number)) }
            try desk.followArea(of: wish, id, reason: reason)
            try desk.followContent(of: id, reason: reason)
        }
        if let desk, let channel, case .created(let id) = outcome {
            // Who asked weeks ago has waited for weeks, whenever the file is read.
            let submitted = wish.submitted.map { Moment(milliseconds: $0.milliseconds) } ?? desk.now
            _ = try desk.imported(at: min(submitted, desk.now))
                .open(id, channel: channel, needsApproval: !areApproved)
        }
        return AdmittedWish(outcome: outcome, findings: findings, isLeft: isLeft)
    }

    /// Admits a distance between two sites, whether or not anything of the registry is there yet.
    @discardableResult
    public func admit(_ distance: SiteDistance) throws -> SaveKind { try transaction.save(distance) }

    /// The id of a party that the registry has.
    public func party(source: String, externalID: String) throws -> RecordID? {
        try transaction.party(source: source, externalID: externalID)?.key.id
    }

    /// Keeps the site that a file names, or takes away the one it no longer names: either is a change of the record.
    private func note(_ site: SiteMention, of kind: RecordKind, after outcome: SaveOutcome) throws -> SaveOutcome {
        let wanted: String?
        switch site {
        case .unsaid: return outcome
        case .none: wanted = nil
        case .at(let name): wanted = name
        }
        guard try transaction.site(of: kind, outcome.id) != wanted else { return outcome }
        try transaction.setSite(wanted, of: kind, outcome.id)
        if case .unchanged(let id) = outcome { return .changed(id) }
        return outcome
    }

    /// The wish of the registry that a key means.
    private func known(_ key: RecordKey) throws -> WishRecord? {
        guard let externalID = key.externalID else { return try transaction.wish(key.id) }
        return try transaction.wish(source: key.source, externalID: externalID)
    }

    private func refuse(_ faults: [AdmissionFault]) throws {
        if !faults.isEmpty { throw AdmissionRefusal(faults: faults) }
    }
}

/// What a file says of the site by which distance tables know the place of an offer or a wish.
public enum SiteMention: Hashable, Sendable {
    /// It has no word about sites: what is noted stays.
    case unsaid
    /// It has a place for the site and leaves it empty: then the external id is that name.
    case none
    case at(String)
}

/// What became of a wish that came in.
public struct AdmittedWish: Sendable {
    public var outcome: SaveOutcome
    /// What was found in its wording.
    public var findings: [MaskingFinding]
    /// Whether the wish has ended and stays as it is, although something else was said of it.
    public let isLeft: Bool
}

/// A part of a wish for which a file may have no word: no column, or an empty cell.
public enum WishField: Hashable, Sendable {
    case lane, urgency
    /// The area and the point.
    case place
}

/// Why a record may not enter: one fault or more.
public struct AdmissionRefusal: Error, Sendable, Hashable {
    public var faults: [AdmissionFault]

    public init(faults: [AdmissionFault]) {
        self.faults = faults
    }
}
