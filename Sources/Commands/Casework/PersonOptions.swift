import ArgumentParser
import Casework
import Operations

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

    /// The same for the service; nil where nothing is said.
    var input: PersonInput? { hints.isEmpty ? nil : PersonInput(hints) }
}
