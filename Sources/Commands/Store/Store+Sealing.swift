import Casework
import MatchCore
import Operations
import Sealing
import Storage
import Wire

extension Store {
    /// Copies the database whole, for operations; nil where no key store is open.
    func backup(of address: DatabaseAddress) -> BackupMeans? {
        guard let vault = try? cases.vault else { return nil }
        return BackupMeans { path, now in
            do {
                try Backup.make(of: address, to: path, with: vault.masters, at: now.milliseconds)
            } catch let error as SealError {
                throw Problem(.unavailable, error.text)
            }
        }
    }

    /// The master keys, for operations; nil where no key store is open.
    var sealing: SealingMeans? {
        guard let vault = try? cases.vault else { return nil }
        let program = program.code
        return SealingMeans(
            masters: {
                let counts = try vault.counts()
                return vault.masters.numbers.map {
                    SealingMeans.Master(
                        version: $0.number, madeAt: Timestamp(milliseconds: $0.madeAt), keys: counts[$0.number] ?? 0)
                }
            }, isSealed: { try vault.isSealed(program) },
            rotate: { try vault.rotate(at: $0.milliseconds, by: $1, of: program) })
    }
}

extension Store {
    /// Keeps what somebody is called who did something with the keys, where it is not known yet.
    func keepName(_ name: String, of id: RecordID, _ session: Session) throws {
        let now = Moment(milliseconds: session.now.milliseconds)
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        try cases.blockingWrite { transaction in
            guard try transaction.note(id) == nil else { return }
            let desk = CaseDesk(
                rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction, actor: .system,
                now: now,
                newID: { identifiers.next(at: session.now) })
            _ = try desk.keepName(name, of: id, isStaff: true)
        }
    }
}
