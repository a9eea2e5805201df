internal import CaseRecords
public import MatchCore

extension CaseDesk {
    /// Pauses an open offer: it is neither matched nor claimed until it is resumed. What was claimed goes on.
    ///
    /// Throws `wrongState` for an offer that was withdrawn or is paused already.
    public func pause(offer: RecordID, reason: Reason?) throws { try set(.paused, of: offer, reason: reason) }

    /// Opens a paused offer again, and serves those who wait for it. Throws `wrongState` for any other.
    public func resume(offer: RecordID, reason: Reason?) throws { try set(.open, of: offer, reason: reason) }

    private func set(_ state: OfferState, of offer: RecordID, reason: Reason?) throws {
        let record = try ownOffer(offer)
        guard record.state != .withdrawn else {
            throw CaseworkError(
                .wrongState, "The offer is withdrawn. Register a new one if there is more to give.",
                zhHans: "该资源已撤回。如有新的资源请另行登记。")
        }
        guard record.state != state else {
            throw CaseworkError(
                .wrongState, "The offer is \(record.state.rawValue) already.",
                zhHans: state == .paused ? "该资源已经暂停。" : "该资源已经开放。")
        }
        try change(record, to: state, reason: reason)
    }

    /// Withdraws an offer with all that is still available of it; returns how much each line gave back. What was claimed is
    /// kept: promises are released one by one, with their own reasons.
    public func withdraw(_ offer: RecordID, reason: Reason) throws -> [(line: Int, quantity: Int64)] {
        let record = try ownOffer(offer)
        guard record.state != .withdrawn else {
            throw CaseworkError(.wrongState, "The offer is withdrawn already.", zhHans: "该资源已撤回。")
        }
        var taken: [(line: Int, quantity: Int64)] = []
        for number in try store.lines(ofOffer: offer) {
            let line = LineReference(offer, number)
            let left = try store.balance(ofOffer: line)?[.available] ?? 0
            guard left > 0 else { continue }
            try withdraw(left, from: line, reason: reason)
            taken.append((number, left))
        }
        try change(record, to: .withdrawn, reason: reason)
        try system.forwardQueues(of: offer)
        return taken
    }

    func ownOffer(_ offer: RecordID) throws -> OfferRecord {
        guard let record = try store.offer(offer) else {
            throw unknown(LocalizedText(zhHans: "资源", en: "offer"), offer)
        }
        try require([.donor, .coordinator], to: LocalizedText(zhHans: "变更资源", en: "change an offer"))
        if actor.role == .donor, actor.party != record.features.party {
            throw CaseworkError(
                .notYours, "This offer is another party's. Ask its coordinator.", zhHans: "该资源属于其他主体。请联系协调员。")
        }
        return record
    }

    private func change(_ record: OfferRecord, to state: OfferState, reason: Reason?) throws {
        try store.setState(state, of: record.key.id)
        try write(
            "offer/state", on: "offer", record.key.id, reason: reason,
            [
                FieldChange(
                    "state", before: Code(record.state.rawValue).map { .code($0) },
                    after: Code(state.rawValue).map { .code($0) })
            ])
        // Who waited for it is served with what it has.
        if state == .open {
            for number in try store.lines(ofOffer: record.key.id) {
                try system.serveQueue(behind: LineReference(record.key.id, number))
            }
        }
    }
}
