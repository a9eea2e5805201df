internal import MatchCore

/// Plays a file of past events: each at its own time, by the same rules as today's, in the file's order. What has been
/// played before is left alone, so that the same file again adds nothing.
public struct PastPlayer {
    private let desk: CaseDesk
    /// What the history told of a wish before this file was read, and when its last event was.
    private var known: [RecordID: Known] = [:]

    private struct Known {
        var events: Set<PastEvent> = []
        var last: Moment?
    }

    /// - Parameter desk: its clock says which events lie in the future, and are refused.
    public init(_ desk: CaseDesk) throws {
        try desk.require([.integration], to: LocalizedText(zhHans: "导入历史", en: "import histories"))
        self.desk = desk
    }

    /// Plays an event; false where it had been played before.
    ///
    /// Throws `timeRunsBackwards` for an event before the one above it in the file, `notInTime` for one of the future, and
    /// what the step itself throws. What was played up to then is to be given up with it.
    public mutating func play(_ event: PastEvent) throws -> Bool {
        var known = try self.known[event.wish] ?? read(event.wish)
        guard !known.events.contains(event) else {
            self.known[event.wish] = known
            return false
        }
        if let last = known.last { try desk.desk(at: event.at).requireNot(before: last) }
        try desk.replaying(at: event.at).play(event)
        known.last = event.at
        self.known[event.wish] = known
        return true
    }

    private func read(_ wish: RecordID) throws -> Known {
        // A wish without a case has no past here, whatever was registered of it.
        guard try desk.store.wishCase(wish) != nil else { return Known() }
        var known = Known()
        for entry in try desk.store.history(of: [wish]) {
            for event in PastEvent.events(in: entry) {
                known.events.insert(event)
                known.last = max(known.last ?? event.at, event.at)
            }
        }
        return known
    }
}

extension PastEvent {
    /// The events of a file that a history entry tells of, in each way that a file can say them; none for another entry.
    static func events(in entry: HistoryEntry) -> [PastEvent] {
        guard let event = PastEvent(entry) else { return [] }
        switch event.kind {
        case .delivered(var delivery):
            delivery.quantity = nil
            return [event, PastEvent(wish: event.wish, at: event.at, kind: .delivered(delivery))]
        case .closed:
            // What something had been delivered to is closed, though the file says that it ended.
            guard let reason = entry.reason?.code, reason != "imported" else { return [event] + event.unborneOut }
            return [event, PastEvent(wish: event.wish, at: event.at, kind: .ended(reason))]
        default: return [event]
        }
    }

    /// How a file may have said that the wish was closed where the ledger did not bear that out.
    private var unborneOut: [PastEvent] {
        guard case .closed(let outcome) = kind else { return [] }
        let said: WishOutcome? =
            switch outcome {
            case .partly: .unfulfilled
            case .unfulfilled: .fulfilled
            case .fulfilled: nil
            }
        return said.map { [PastEvent(wish: wish, at: at, kind: .closed($0))] } ?? []
    }

    private init?(_ entry: HistoryEntry) {
        func value(_ field: Code) -> HistoryValue? { entry.changes.first { $0.field == field }?.after }
        let kind: Kind
        switch entry.action {
        case "wish/open":
            guard case .code(let code)? = value("channel"), let channel = Channel(rawValue: code.text) else {
                return nil
            }
            kind = .opened(channel)
        case "wish/answer":
            // A closing writes its own answer, at its own time.
            guard entry.reason?.code == "imported" else { return nil }
            kind = .answered
        case "wish/deliver":
            guard case .integer(let line)? = value("line"), case .integer(let quantity)? = value("quantity") else {
                return nil
            }
            var delivery = Delivery(line: Int(clamping: line), quantity: quantity)
            if case .record(let party)? = value("party") { delivery.party = party }
            kind = .delivered(delivery)
        case "wish/close":
            guard case .code(let code)? = value("outcome") else {
                kind = .closed(.fulfilled)
                break
            }
            guard let outcome = WishOutcome(rawValue: code.text) else { return nil }
            kind = .closed(outcome)
        case "wish/end":
            guard let reason = entry.reason?.code else { return nil }
            kind = .ended(reason)
        case "wish/rate":
            guard case .integer(let stars)? = value("rating") else { return nil }
            kind = .rated(Int(clamping: stars))
        default: return nil
        }
        self.init(wish: entry.subject, at: entry.at, kind: kind)
    }
}

extension CaseDesk {
    /// Makes a past event happen; the history says that it was imported.
    fileprivate func play(_ event: PastEvent) throws {
        switch event.kind {
        case .opened(let channel): _ = try open(event.wish, channel: channel, needsApproval: false)
        case .answered: try answer(event.wish, reason: Reason("imported"))
        case .delivered(let delivery): try deliverPast(delivery, to: event.wish)
        case .closed(let outcome): try closePast(event.wish, as: outcome)
        case .ended(let reason): try end(event.wish, reason: Reason(reason))
        case .rated(let stars): try rate(event.wish, stars: stars)
        }
    }
}
