import ArgumentParser
import Casework
import MatchCore

/// What is said of the person who asks. It is compared through keyed hashes and kept nowhere as it stands.
struct PersonOptions: ParsableArguments {
    @Option(help: ArgumentHelp(OfficeWords.personName, value: "name")) var name: String?
    @Option(help: ArgumentHelp(OfficeWords.personPhone, value: "phone")) var phone: String?
    @Option(help: ArgumentHelp(OfficeWords.personID, value: "number")) var idNumber: String?
    @Option(help: ArgumentHelp(OfficeWords.personAddress, value: "address")) var address: String?
    @Option(help: ArgumentHelp(OfficeWords.personStreet, value: "street")) var street: String?
    @Option(help: ArgumentHelp(OfficeWords.personBorn, value: "year")) var born: Int?

    var hints: PersonHints {
        PersonHints(
            name: name, phone: phone, idNumber: idNumber, address: address, street: street, birthYear: born)
    }

    /// Keeps what can be compared of the person under an inbound record; with it the wish that is confirmed later gets it.
    func keep(for record: InboxRecord, _ index: BlindIndex?, at desk: CaseDesk, in session: Session) throws {
        let isGiven = [name, phone, idNumber, address, street].contains { $0 != nil } || born != nil
        guard let index else {
            guard isGiven else { return }
            throw CommandError(
                .refused, OfficeWords.noKey.filled(["file": try session.keyFile().path]),
                advice: OfficeWords.noKeyAdvice.text)
        }
        let known = try desk.store.traits(of: record.id)
        guard isGiven || known == nil else { return }
        let hints = hints.filled(from: PersonHints(saidIn: record.words))
        if let traits = index.traits(of: hints, record: record.id, receivedAt: record.receivedAt, categories: []) {
            try desk.keep(traits)
        }
    }
}
