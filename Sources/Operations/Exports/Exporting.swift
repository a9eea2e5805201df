internal import Casework
internal import Exchange
internal import MatchCore
public import Wire

/// One export, read part after part, each in a transaction of its own.
///
/// A row says of a record what its projection shows: what that hides is an empty cell, and whom it does not show the record
/// gets no row.
public struct Exporting: Sendable {
    public let kind: ExportInput.Kind
    /// Records that are read at a time.
    private static let batch = 500

    public init(_ kind: ExportInput.Kind) {
        self.kind = kind
    }

    /// The names of the columns.
    public var header: [String] {
        switch kind {
        // Besides what a file says of a record, of which source it is: read back, it is the same record and no second one.
        case .parties: PartySheet.columns + ["source"]
        case .offers: OfferSheet.columns + ["source", "partySource"]
        case .wishes: WishSheet.columns + ["source"]
        case .matches: ["wish", "wishLine", "rank", "offer", "offerLine", "total", "profile", "asOf", "altered"]
        case .claims:
            [
                "id", "state", "quantity", "offer", "offerLine", "wish", "wishLine", "party", "leaseEnd", "renewals",
                "madeAt", "changedAt",
            ]
        case .cases:
            [
                "wish", "state", "round", "area", "level", "lane", "channel", "category", "urgency", "household",
                "receivedAt", "changedAt",
            ]
        }
    }

    /// Some rows.
    public struct Part: Sendable {
        public var rows: [[String]]
        /// The place of the next part; nil after the last.
        public var next: Cursor?
    }

    /// Whether the row only says that a stored suggestion was altered or damaged.
    public func isAltered(_ row: [String]) -> Bool { kind == .matches && row.last == "yes" }

    /// The cells of a row by the names of their columns, in the order of these, without the empty ones.
    public func object(_ row: [String]) -> JSONObject {
        JSONObject(zip(header, row).filter { !$0.1.isEmpty }.map { ($0, .text($1)) })
    }

    /// The rows behind a place; nil for the first.
    public func part(after place: Cursor?, in context: OperationContext) throws -> Part {
        switch kind {
        case .parties: try parties(after: place, context)
        case .offers: try offers(after: place, context)
        case .wishes: try wishes(after: place, context)
        case .matches: try matches(after: place, context)
        case .claims: try claims(after: place, context)
        case .cases: try cases(after: place, context)
        }
    }

    private func query(_ place: Cursor?) throws -> RecordQuery { RecordQuery(after: try place?.recordID) }

    private func next<Record>(_ records: [Record], _ id: (Record) -> RecordID) -> Cursor? {
        records.count < Self.batch ? nil : records.last.map { Cursor(id($0)) }
    }

    private func parties(after place: Cursor?, _ context: OperationContext) throws -> Part {
        let found = try context.registry.parties(try query(place), limit: Self.batch)
        return Part(
            rows: try found.compactMap { party in
                guard let view = try PartyView.projecting(party, in: context) else { return nil }
                var features = party.features
                features.isIdentityVerified = view.isIdentityVerified
                features.lastConfirmed = view.lastConfirmed
                features.fatigue = view.fatigue
                features.preference = view.preference.preference
                if !context.parts(of: .party, isOwn: context.viewer.isParty(view.id)).contains(.burden) {
                    (features.claimsEnded, features.claimsDelivered, features.statedTrust) = (nil, nil, nil)
                }
                return PartySheet.cells(of: features, externalID: view.record.handle, name: view.name)
                    + [view.record.source]
            }, next: next(found) { $0.key.id })
    }

    private func offers(after place: Cursor?, _ context: OperationContext) throws -> Part {
        let found = try context.registry.offers(try query(place), limit: Self.batch)
        let parties = try context.registry.parties(Array(Set(found.map(\.features.party))))
        var rows: [[String]] = []
        for offer in found {
            guard let view = try OfferView.projecting(offer, in: context) else { continue }
            let party = try parties[offer.features.party].flatMap { try PartyView.projecting($0, in: context) }
            for line in view.lines {
                rows.append(
                    OfferSheet.cells(
                        of: OfferLine(
                            // What was pledged, not what is left of it: reading it back must not take anything away.
                            number: line.number, category: line.category, available: line.pledged,
                            unit: Unit(code: line.unit) ?? .piece),
                        in: view.offer(offer), party: party?.record.handle ?? "", received: view.received)
                        + [view.record.source, party?.record.source ?? ""])
            }
        }
        return Part(rows: rows, next: next(found) { $0.key.id })
    }

    private func wishes(after place: Cursor?, _ context: OperationContext) throws -> Part {
        let found = try context.registry.wishes(try query(place), limit: Self.batch)
        var rows: [[String]] = []
        for wish in found {
            guard let view = try WishView.projecting(wish, in: context) else { continue }
            for line in view.lines {
                rows.append(
                    WishSheet.cells(
                        of: WishLine(
                            number: line.number, category: line.category, quantity: line.wanted,
                            unit: Unit(code: line.unit) ?? .piece, estimatedPriceFen: line.estimatedPriceFen,
                            isWhole: line.isWhole), in: view.wish(wish)) + [view.record.source])
            }
        }
        return Part(rows: rows, next: next(found) { $0.key.id })
    }

    /// The stored suggestions of some wishes, of those that the viewer may know of with offers that it may know of.
    private func matches(after place: Cursor?, _ context: OperationContext) throws -> Part {
        let found = try context.registry.wishes(try query(place), limit: Self.batch)
        // One that was altered or damaged has no explanation: what it says cannot be trusted, only that it is there.
        var stored: [(wish: WishView, rank: Int, explanation: Explanation?)] = []
        for wish in found {
            guard let view = try WishView.projecting(wish, in: context) else { continue }
            try context.registry.forEachStored(
                wish: wish.key.id, damaged: { _, _ in stored.append((view, 0, nil)) }
            ) { stored.append((view, $0, $1)) }
        }
        let offers = try context.registry.offers(Array(Set(stored.compactMap(\.explanation?.offer.id))))
        let seen = try offers.compactMapValues { try OfferView.projecting($0, in: context) }
        let rows = stored.compactMap { wish, rank, explanation -> [String]? in
            guard let explanation else {
                return [wish.record.handle] + Array(repeating: "", count: header.count - 2) + ["yes"]
            }
            guard let offer = seen[explanation.offer.id] else { return nil }
            return [
                wish.record.handle, "\(explanation.wishLine)", "\(rank)", offer.record.handle,
                "\(explanation.offerLine)", Self.text(explanation.total), explanation.profile, "\(explanation.asOf)",
                "",
            ]
        }
        return Part(rows: rows, next: next(found) { $0.key.id })
    }

    private func claims(after place: Cursor?, _ context: OperationContext) throws -> Part {
        var filter = ClaimFilter()
        filter.behind = try place.map { try ClaimFilter.Place($0) }
        let found = try context.store.claims(filter, limit: Self.batch)
        return Part(
            rows: try found.compactMap { kept in
                guard let view = try ClaimView.projecting(kept, in: context) else { return nil }
                return [
                    "\(view.id)", view.state.rawValue, "\(view.quantity)", "\(view.offer)", "\(view.offerLine)",
                    "\(view.wish)", "\(view.wishLine)", Self.text(view.party), Self.text(view.leaseEnd),
                    Self.text(view.renewals), "\(view.madeAt)", "\(view.changedAt)",
                ]
            },
            next: found.count < Self.batch
                ? nil
                : found.last.map { Cursor(["\($0.claim.changedAt.milliseconds)", $0.claim.id.description]) })
    }

    private func cases(after place: Cursor?, _ context: OperationContext) throws -> Part {
        var filter = WishCaseFilter()
        filter.behind = try place?.timedPlace
        let found = try context.store.wishCases(filter, limit: Self.batch)
        return Part(
            rows: try found.compactMap { wishCase in
                guard let view = try CaseView.projecting(wishCase, in: context) else { return nil }
                return Self.cells(view)
            },
            next: found.count < Self.batch
                ? nil : found.last.map { Cursor(TimedPlace($0.receivedAt, $0.wish)) })
    }

    private static func cells(_ view: CaseView) -> [String] {
        [
            "\(view.wish)", view.state, "\(view.round)", view.area.text, view.level.rawValue, view.lane.text,
            view.channel.text, view.category.text, view.urgency.rawValue, text(view.household), "\(view.receivedAt)",
            "\(view.changedAt)",
        ]
    }

    private static func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
}

extension OfferView {
    /// The offer with what the view shows of it, and nothing else.
    func offer(_ offer: RegisteredOffer) -> Offer {
        Offer(
            key: RecordKey(source: record.source, externalID: record.externalID, id: record.id), party: party,
            kind: OfferKind(code: kind) ?? offer.features.kind, place: place.place, delivers: delivers,
            isRemote: isRemote, serviceAreas: serviceAreas, serviceRadiusMetres: serviceRadiusMetres,
            window: DayWindow.shown(from: from, until: until), hours: hours.flatMap { WeeklyHours($0) },
            skills: skills, qualifications: qualifications, languages: languages, text: text, lines: [])
    }
}

extension WishView {
    /// The wish with what the view shows of it, and nothing else.
    func wish(_ wish: RegisteredWish) -> Wish {
        Wish(
            key: RecordKey(source: record.source, externalID: record.externalID, id: record.id),
            lane: Lane(code: lane) ?? wish.features.lane,
            urgency: urgency.flatMap { UrgencyGrade(code: $0) } ?? .normal,
            hardship: hardship, submitted: submitted, due: due, place: place.place, groups: groups ?? [],
            languages: languages ?? [], window: DayWindow.shown(from: from, until: until),
            hours: hours.flatMap { WeeklyHours($0) }, skills: skills ?? [],
            requiredQualifications: requiredQualifications ?? [],
            text: text, lines: [])
    }
}

extension DayWindow {
    fileprivate static func shown(from: Day?, until: Day?) -> DayWindow? {
        from == nil && until == nil ? nil : DayWindow(from: from, until: until)
    }
}
