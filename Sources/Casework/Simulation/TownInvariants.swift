internal import MatchCore

/// What has to hold after every step, whatever was done: looked at through the store, never through the simulation.
struct TownInvariants {
    private var verifier: ChainVerifier?
    private var ended: [RecordID: ClaimState] = [:]
    private var endedClocks: [RecordID: Moment] = [:]
    /// What each line was as its wish was first seen approved.
    var approved: [RecordID: [Int: ApprovedThing]] = [:]

    /// A rule that does not hold.
    struct Fault: Error {
        let rule: String
        let detail: String
    }

    /// What the step touched: its lines, its claims and its wish.
    mutating func check(_ store: any CaseTransaction, offers: Set<LineReference>, wishes: Set<LineReference>) throws
        -> [Fault]
    {
        var faults: [Fault] = []
        for line in offers {
            guard let balance = try store.balance(ofOffer: line) else { continue }
            let claims = try store.claims(ClaimFilter(offer: line.record), limit: 1_000_000).filter { $0.offer == line }
            faults += sound(balance, "offer \(line)")
            for part in [OfferPart.reserved, .inTransit, .received] {
                let held = claims.filter { $0.claim.state.holding == part }.reduce(0) { $0 + $1.claim.quantity }
                if held != balance[part] {
                    faults.append(
                        Fault(
                            rule: "ledger", detail: "offer \(line): \(part.rawValue) \(balance[part]), claims \(held)"))
                }
            }
        }
        for line in offers {
            if let fault = try waiting(for: line, store) { faults.append(fault) }
        }
        for line in wishes {
            guard let balance = try store.balance(ofWish: line) else { continue }
            faults += sound(balance, "wish \(line)")
            let claims = try store.claims(ofWish: line.record).filter { $0.wish == line }
            let held = claims.filter { $0.claim.state.holding != nil }.reduce(0) { $0 + $1.claim.quantity }
            let kept = balance[.reserved] + balance[.inTransit] + balance[.received]
            if held != kept {
                faults.append(Fault(rule: "ledger", detail: "wish \(line): holds \(kept), claims \(held)"))
            }
            for claim in claims.map(\.claim) {
                // What was confirmed can turn out not to be good, and is given back.
                if let before = ended[claim.id], before != claim.state,
                    !(before == .confirmed && claim.state == .returned)
                {
                    faults.append(Fault(rule: "claim", detail: "claim \(claim.id) came back from \(before.rawValue)"))
                }
                if claim.state.isEnded { ended[claim.id] = claim.state }
            }
            let lines = try store.lines(ofWish: line.record)
                .compactMap { try store.balance(ofWish: LineReference(line.record, $0)) }
            if try store.wishCase(line.record)?.outcome == .fulfilled, !WishOutcome.isFulfilled(lines) {
                faults.append(Fault(rule: "outcome", detail: "wish \(line) is fulfilled, and not all of it arrived"))
            }
            for clock in try store.clocks(of: line.record) {
                if let end = endedClocks[clock.id], clock.end?.at != end {
                    faults.append(Fault(rule: "clock", detail: "clock \(clock.id) came back"))
                }
                if let end = clock.end { endedClocks[clock.id] = end.at }
            }
        }
        faults += try checkHistory(store)
        return faults
    }

    /// Nobody waits for what is there.
    private func waiting(for line: LineReference, _ store: any CaseTransaction) throws -> Fault? {
        let queue = try store.queue(for: line)
        guard !queue.isEmpty else { return nil }
        let available = try store.balance(ofOffer: line)?[.available] ?? 0
        for place in queue {
            guard try store.wishCase(place.wish.record)?.state == .open,
                try (store.balance(ofWish: place.wish)?[.open] ?? 0) >= place.place.least
            else { continue }
            guard available >= place.place.least else { return nil }
            guard try store.approval(ofWish: place.wish.record)?.isApproved ?? true else { continue }
            return Fault(
                rule: "queue",
                detail: "wish \(place.wish) waits for \(place.place.least) of \(line), which has \(available)")
        }
        return nil
    }

    /// What has to hold once the runner has done its work: nothing is overdue that was not noted.
    func checkClocks(_ store: any CaseTransaction, at moment: Moment) throws -> [Fault] {
        var faults: [Fault] = []
        for overdue in try store.overdue(asOf: moment, areas: nil, limit: 10_000) {
            let done = try store.finishedWork(of: overdue.clock)
            let key = "clock/\(overdue.clock)/lapse/\(overdue.due.milliseconds)"
            if !done.contains(key) {
                faults.append(Fault(rule: "clock", detail: "clock \(overdue.clock) was missed and nobody was told"))
            }
        }
        for kept in try store.leasesOver(by: moment, limit: 100) {
            faults.append(Fault(rule: "lease", detail: "the lease of claim \(kept.claim.id) is over and still holds"))
        }
        return faults
    }

    /// The whole chain, from its beginning.
    func checkWholeHistory(_ store: any CaseTransaction) throws -> [Fault] {
        try Audit.verify(store).map { [Fault(rule: "history", detail: $0.text.en)] } ?? []
    }

    private mutating func checkHistory(_ store: any CaseTransaction) throws -> [Fault] {
        var next = try verifier ?? ChainVerifier(from: .empty(store.programCode()))
        var isReadable = true
        try store.forEachSealed(after: next.head.number) { _, sealed in
            guard let sealed else {
                isReadable = false
                return false
            }
            return next.take(sealed)
        }
        defer { verifier = next }
        if !isReadable { return [Fault(rule: "history", detail: "entry \(next.head.number + 1) cannot be read")] }
        return next.fault.map { [Fault(rule: "history", detail: $0.text.en)] } ?? []
    }

    private func sound<Part>(_ balance: LineState<Part>, _ name: String) -> [Fault] {
        do {
            try balance.check()
            return []
        } catch { return [Fault(rule: "ledger", detail: "\(name): \(error)")] }
    }
}
