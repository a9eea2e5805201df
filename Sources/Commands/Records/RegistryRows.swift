import Casework
import Exchange
import MatchCore

/// The registry as rows of text, in the columns that `Data/mappings/almoner-*.yaml` read back.
struct RegistryRows {
    let kind: ExportCommand.Kind
    let now: Moment

    var header: [String] {
        switch kind {
        case .parties: PartySheet.columns
        case .offers: OfferSheet.columns
        case .wishes: WishSheet.columns
        case .matches: ["wish", "wishLine", "rank", "offer", "offerLine", "total", "profile", "asOf"]
        }
    }

    /// Whoever writes the registry out is shown all of it: that stands in each person's file.
    private func note(_ field: SealedField, _ holder: RecordID, _ transaction: any CaseTransaction) {
        transaction.note(
            SealedRead(at: now, actor: CaseActor.system.id, role: .admin, holder: holder, field: field))
    }

    /// The cells of a row by the names of their columns, without the empty ones.
    func object(_ row: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: zip(header, row).filter { !$0.1.isEmpty })
    }

    func forEach(_ transaction: any CaseTransaction, _ body: ([String]) throws -> Void) throws {
        try forEach(transaction, damaged: { _ in }, body)
    }

    /// `damaged` hears at the end how many stored rows could not be given out because they were altered or damaged, where
    /// there are any.
    func forEach(
        _ transaction: any CaseTransaction, damaged: (Int) throws -> Void, _ body: ([String]) throws -> Void
    ) throws {
        var damagedCount = 0
        let reader = RegistryReader(transaction)
        switch kind {
        case .parties:
            try reader.forEachParty {
                if [.donor, .volunteer].contains($0.features.kind) { note(.name, $0.key.id, transaction) }
                try body(PartySheet.cells(of: $0.features, externalID: $0.key.handle, name: $0.name))
            }
        case .offers:
            var parties: [RecordID: String] = [:]
            try reader.forEachParty { parties[$0.key.id] = $0.key.handle }
            try reader.forEachOffer { offer in
                if offer.features.place.point != nil { note(.place, offer.features.party, transaction) }
                let party = parties[offer.features.party] ?? ""
                for (line, pledged) in zip(offer.features.lines, offer.pledged) {
                    // What was pledged, not what is left of it: reading it back must not take anything away.
                    var stated = line
                    stated.available = pledged
                    try body(OfferSheet.cells(of: stated, in: offer.features, party: party, received: offer.received))
                }
            }
        case .wishes:
            let unapproved = try transaction.wishesBeforeApproval(among: nil)
            try reader.forEachWish { wish in
                if wish.features.place.point != nil { note(.place, wish.key.id, transaction) }
                if unapproved.contains(wish.key.id) { note(.wording, wish.key.id, transaction) }
                for (line, wanted) in zip(wish.features.lines, wish.wanted) {
                    var stated = line
                    stated.quantity = wanted
                    try body(WishSheet.cells(of: stated, in: wish.features))
                }
            }
        case .matches:
            try reader.forEachStored(damaged: { _, _ in damagedCount += 1 }) { rank, explanation in
                try body([
                    explanation.wish.handle, "\(explanation.wishLine)", "\(rank)", explanation.offer.handle,
                    "\(explanation.offerLine)", explanation.total.map(String.init) ?? "", explanation.profile,
                    "\(explanation.asOf)",
                ])
            }
            if damagedCount > 0 { try damaged(damagedCount) }
        }
    }
}
