internal import Crypto
internal import Foundation
public import MatchCore

/// Turns what a person said of themselves into keys that can be compared and not read: HMAC-SHA256 under a key that is kept
/// outside the database.
///
/// The key is derived from the installation's secret for each program, so that the same phone has another key in another
/// program. Whoever loses the secret loses the comparison with what was indexed before; nothing else.
public struct BlindIndex: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: the 32 bytes that `almoner init` wrote outside the database. Throws `malformed` for fewer.
    public init(secret: [UInt8], program: Code) throws {
        guard secret.count >= 32 else {
            throw CaseworkError(
                .malformed, "The secret has \(secret.count) bytes; 32 are needed. Restore the key file.",
                zhHans: "密钥只有 \(secret.count) 字节，应为 32 字节。请恢复密钥文件。")
        }
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), info: Data("almoner.blind.1/\(program.text)".utf8),
            outputByteCount: 32)
    }

    /// What is compared of a request; nil where nothing was said that could be.
    public func traits(
        of hints: PersonHints, record: RecordID, receivedAt: Moment, categories: Set<Code>
    ) -> IntakeTraits? {
        var traits = IntakeTraits(record: record, receivedAt: receivedAt, categories: categories)
        traits.identity = hints.idNumber.flatMap { PersonText.idNumber($0) }.map { blind("identity", $0) }
        traits.phone = hints.phone.flatMap { PersonText.phone($0) }.map { blind("phone", $0) }
        traits.name = hints.name.flatMap { PersonText.folded($0) }.map { blind("name", $0) }
        traits.address = hints.address.flatMap { PersonText.folded($0) }.map { blind("address", $0) }
        let street =
            hints.street.flatMap { PersonText.folded($0) }
            ?? hints.address.flatMap { PersonText.street(ofAddress: $0) }
        traits.street = street.flatMap { Code(Self.text(blind("street", $0))) }
        let year = hints.birthYear ?? hints.idNumber.flatMap { PersonText.birthYear(ofIDNumber: $0) }
        traits.birthYear = year.flatMap { (1850...2200).contains($0) ? $0 : nil }
        return traits.isEmpty ? nil : traits
    }

    /// The id of somebody who works for the program and has no key of their own: the same name has the same id, and nobody who
    /// reads the id can tell the name without the secret.
    public func staffID(named name: String) -> RecordID? {
        PersonText.folded(name).map { RecordID(blind("staff", $0).value) }
    }

    /// The first 128 bits of the keyed hash; the field is a part of what is hashed, so that a name is never a street.
    private func blind(_ field: String, _ text: String) -> BlindKey {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(field)\u{1}\(text)".utf8), using: key)
        return BlindKey(code.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) })
    }

    /// A keyed hash in the form of an id.
    func mark(_ field: String, _ text: String) -> RecordID { RecordID(blind(field, text).value) }

    private static func text(_ key: BlindKey) -> String {
        let digits = String(key.value, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}

extension IntakeTraits {
    /// Whether nothing of it can be compared.
    var isEmpty: Bool {
        identity == nil && phone == nil && name == nil && address == nil && street == nil && birthYear == nil
    }

    /// With what is known there of everything that nothing is known of here.
    func filled(from other: IntakeTraits) -> IntakeTraits {
        var traits = self
        traits.identity = identity ?? other.identity
        traits.phone = phone ?? other.phone
        traits.name = name ?? other.name
        traits.address = address ?? other.address
        traits.street = street ?? other.street
        traits.birthYear = birthYear ?? other.birthYear
        return traits
    }

    /// The same of another record, with what that one asks for.
    func of(_ record: RecordID, categories: Set<Code>) -> IntakeTraits {
        var traits = IntakeTraits(record: record, receivedAt: receivedAt, categories: categories)
        traits.identity = identity
        traits.phone = phone
        traits.name = name
        traits.address = address
        traits.street = street
        traits.birthYear = birthYear
        return traits
    }
}
