import Casework
import MatchCore
import Operations

/// The program's records as rows of text; parties, offers and wishes in the columns that
/// `Data/mappings/almoner-*.yaml` read back.
struct RegistryRows {
    let kind: ExportCommand.Kind
    let room: OperationRoom

    var header: [String] {
        exporting?.header ?? ["wish", "wishLine", "rank", "offer", "offerLine", "total", "profile", "asOf"]
    }

    /// Nil for what no service exports.
    private var exporting: Exporting? { ExportInput.Kind(rawValue: kind.rawValue).map { Exporting($0) } }

    /// The cells of a row by the names of their columns, without the empty ones.
    func object(_ row: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: zip(header, row).filter { !$0.1.isEmpty })
    }

    /// `damaged` hears at the end how many stored rows could not be given out because they were altered or damaged, where
    /// there are any.
    func forEach(
        _ transaction: any CaseTransaction, damaged: (Int) throws -> Void, _ body: ([String]) throws -> Void
    ) throws {
        guard let exporting else { return try forEachMatch(transaction, damaged: damaged, body) }
        let context = room.context(in: transaction, for: Viewer(actor: .system))
        var place: Cursor?
        repeat {
            let part = try exporting.part(after: place, in: context)
            try part.rows.forEach(body)
            place = part.next
        } while place != nil
    }

    private func forEachMatch(
        _ transaction: any CaseTransaction, damaged: (Int) throws -> Void, _ body: ([String]) throws -> Void
    ) throws {
        var damagedCount = 0
        try RegistryReader(transaction).forEachStored(damaged: { _, _ in damagedCount += 1 }) { rank, explanation in
            try body([
                explanation.wish.handle, "\(explanation.wishLine)", "\(rank)", explanation.offer.handle,
                "\(explanation.offerLine)", explanation.total.map(String.init) ?? "", explanation.profile,
                "\(explanation.asOf)",
            ])
        }
        if damagedCount > 0 { try damaged(damagedCount) }
    }
}
