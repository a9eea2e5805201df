import Casework
import MatchCore

extension Session {
    /// Ends what people still wait for who were erased since the database was as it is; see ``CaseDesk/finishErasures(of:)``.
    func finishErasures(of holders: [PersonFile.Holder], in transaction: any CaseTransaction, program: String) throws {
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        let desk = CaseDesk(
            rules: try dataDirectory().caseRules(transaction.calendar(.shanghai), program: Code(program)),
            store: transaction, actor: .system, now: Moment(milliseconds: now.milliseconds),
            newID: { identifiers.next(at: now) })
        _ = try desk.finishErasures(of: holders)
    }
}
