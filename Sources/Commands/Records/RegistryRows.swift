import Casework
import MatchCore
import Operations

/// The program's records as rows of text; parties, offers and wishes in the columns that
/// `Data/mappings/almoner-*.yaml` read back.
struct RegistryRows {
    let exporting: Exporting
    let room: OperationRoom

    /// `damaged` hears at the end how many stored rows are only marked because they were altered or damaged, where there are
    /// any.
    func forEach(
        _ transaction: any CaseTransaction, damaged: (Int) throws -> Void, _ body: ([String]) throws -> Void
    ) throws {
        let context = room.context(in: transaction, for: Viewer(actor: .system))
        var (place, damagedCount) = (Cursor?.none, 0)
        repeat {
            let part = try exporting.part(after: place, in: context)
            try part.rows.forEach(body)
            damagedCount += part.damaged
            place = part.next
        } while place != nil
        if damagedCount > 0 { try damaged(damagedCount) }
    }
}
