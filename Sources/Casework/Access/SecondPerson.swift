internal import MatchCore

/// Whether two who act are two people, as far as it can be told from where their access comes.
extension CaseDesk {
    /// Whether an actor has what it acts with from another one, at first hand or through others: a key or a grant that was given,
    /// an account that was made, a password or a second factor that was taken away.
    ///
    /// What was given by the program itself comes from nobody.
    func owesAccess(_ actor: RecordID, to other: RecordID) throws -> Bool {
        var known: Set<RecordID> = []
        var open = [actor]
        while let next = open.popLast() {
            guard next != CaseActor.system.id, known.insert(next).inserted else { continue }
            let givers = try givers(of: next)
            if givers.contains(other) { return true }
            open += givers
        }
        return false
    }

    private func givers(of actor: RecordID) throws -> Set<RecordID> {
        if let key = try store.accessKey(actor) { return Set([key.grantedBy].compactMap { $0 }) }
        guard let account = try store.account(actor) else { return [] }
        let grants = try store.grants(of: actor).filter { $0.isLive(at: now) }.map(\.grantedBy)
        let resets = try store.history(of: [actor]).filter { Self.takingOver.contains($0.action) }.map(\.actor)
        return Set([account.createdBy] + grants + resets)
    }

    /// Steps after which somebody else may sign in as the account's owner.
    private static let takingOver: Set<Code> = ["account/reset", "account/factorRemove", "account/link"]
}
