import Casework
import MatchCore
import Operations

/// The rows of an export as the database of this machine has them; parties, offers and wishes in the columns that
/// `Data/mappings/almoner-*.yaml` read back.
struct LocalExport {
    let exporting: Exporting
    let room: OperationRoom

    func forEach(_ transaction: any CaseTransaction, _ body: ([String]) throws -> Void) throws {
        let context = room.context(in: transaction, for: Viewer(actor: .system))
        var place: Cursor?
        repeat {
            let part = try exporting.part(after: place, in: context)
            try part.rows.forEach(body)
            place = part.next
        } while place != nil
    }
}
