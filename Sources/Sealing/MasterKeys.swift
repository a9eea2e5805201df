internal import Crypto
internal import Foundation

/// What a key file holds: the secret that the installation keeps for good, from which blind indexes, the signature of the
/// history and backups have their keys, and the versions of the master key, under which the persons' keys are wrapped.
public struct MasterKeys: Sendable {
    struct Version: Sendable {
        let number: Int64
        /// UTC milliseconds.
        let madeAt: Int64
        let key: SymmetricKey
    }

    /// 32 bytes.
    public let secret: [UInt8]
    private var versions: [Version]

    /// New ones from the system's random source.
    public init(newAt milliseconds: Int64) {
        self.init(secret: SymmetricKey(size: .bits256).bytes, newAt: milliseconds)
    }

    /// Those of an installation that had a secret alone, with a first master key.
    public init(secret: [UInt8], newAt milliseconds: Int64) {
        self.secret = secret
        versions = [Version(number: 1, madeAt: milliseconds, key: SymmetricKey(size: .bits256))]
    }

    /// The numbers of the versions and when each was made, the oldest first. The last one wraps what is new.
    public var numbers: [(number: Int64, madeAt: Int64)] { versions.map { ($0.number, $0.madeAt) } }

    public var current: Int64 { versions.last?.number ?? 0 }

    /// Adds a version, which becomes the current one.
    public mutating func rotate(at milliseconds: Int64) {
        versions.append(Version(number: current + 1, madeAt: milliseconds, key: SymmetricKey(size: .bits256)))
    }

    /// Forgets all versions but the current one: what is still wrapped under them is lost.
    public mutating func dropOld() { versions = Array(versions.suffix(1)) }

    /// A key of its own for one use of the secret.
    public func derived(for use: String, salt: [UInt8] = []) -> [UInt8] {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), salt: salt, info: Array(use.utf8), outputByteCount: 32
        ).bytes
    }

    // MARK: Wrapping

    /// Wraps a key under a version, by default the current one. Throws `wrongKey` where that is not in the key file.
    public func wrap(_ key: PersonKey, under number: Int64? = nil) throws -> WrappedKey {
        let number = number ?? current
        guard let master = versions.first(where: { $0.number == number }) else { throw Self.missing(number) }
        let box = try AES.GCM.seal(
            key.key.bytes, using: master.key,
            authenticating: Self.place(of: key.holder, version: key.version, master: master.number))
        guard let combined = box.combined else { throw Self.missing(master.number) }
        return WrappedKey(holder: key.holder, version: key.version, master: master.number, bytes: [UInt8](combined))
    }

    /// Throws `wrongKey` where the version is not in the key file, `altered` where the row was changed.
    public func unwrap(_ wrapped: WrappedKey) throws -> PersonKey {
        guard let master = versions.first(where: { $0.number == wrapped.master }) else {
            throw Self.missing(wrapped.master)
        }
        guard let box = try? AES.GCM.SealedBox(combined: wrapped.bytes),
            let bytes = try? AES.GCM.open(
                box, using: master.key,
                authenticating: Self.place(of: wrapped.holder, version: wrapped.version, master: wrapped.master))
        else {
            throw SealError(
                .wrongKey, "A key of the key store does not open with this key file. Name the one that belongs to it.",
                zhHans: "密钥库中的密钥无法用此密钥文件打开。请指定与之对应的密钥文件。")
        }
        return PersonKey(holder: wrapped.holder, version: wrapped.version, key: SymmetricKey(data: bytes))
    }

    public func has(_ master: Int64) -> Bool { versions.contains { $0.number == master } }

    private static func place(of holder: KeyHolder, version: UInt32, master: Int64) -> [UInt8] {
        SealedPlace("person_key", "wrapped", row: "\(master)").bytes(of: holder, version: version)
    }

    private static func missing(_ master: Int64) -> SealError {
        SealError(
            .wrongKey,
            "The key file has no master key of version \(master). Name the one that belongs to the key store.",
            zhHans: "密钥文件中没有第 \(master) 版主密钥。请指定与密钥库对应的密钥文件。")
    }

    // MARK: As a file

    private static let heading = "almoner keys 1"

    /// Lines of a key file.
    public var text: String {
        var lines = [Self.heading, "secret \(Self.hex(secret))"]
        lines += versions.map { "master \($0.number) \($0.madeAt) \(Self.hex($0.key.bytes))" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads a key file. Throws `keyFile` for anything else.
    public init(text: String) throws {
        var secret: [UInt8]?
        var versions: [Version] = []
        let lines = text.split(separator: "\n")
        guard lines.first.map({ $0 == Self.heading }) == true else { throw Self.unreadable }
        for line in lines.dropFirst() {
            let words = line.split(separator: " ")
            switch words.first {
            case "secret" where words.count == 2: secret = Self.bytes(words[1])
            case "master" where words.count == 4:
                guard let number = Int64(words[1]), let madeAt = Int64(words[2]), let key = Self.bytes(words[3]),
                    key.count == 32, number > versions.last?.number ?? 0
                else { throw Self.unreadable }
                versions.append(Version(number: number, madeAt: madeAt, key: SymmetricKey(data: key)))
            default: throw Self.unreadable
            }
        }
        guard let secret, secret.count == 32, !versions.isEmpty else { throw Self.unreadable }
        self.secret = secret
        self.versions = versions
    }

    private static var unreadable: SealError {
        SealError(
            .keyFile, "The key file cannot be read as one. Restore it from where keys are kept.",
            zhHans: "密钥文件无法识别。请从密钥备份处恢复。")
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2), !digits.contains(where: { $0 == nil }) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { place in
            UInt8((digits[place] ?? 0) << 4 | (digits[place + 1] ?? 0))
        }
    }
}

/// A person's key as the key store holds it.
public struct WrappedKey: Sendable, Hashable {
    public let holder: KeyHolder
    public let version: UInt32
    /// The version of the master key that opens it.
    public let master: Int64
    public let bytes: [UInt8]

    public init(holder: KeyHolder, version: UInt32, master: Int64, bytes: [UInt8]) {
        self.holder = holder
        self.version = version
        self.master = master
        self.bytes = bytes
    }
}

extension SymmetricKey {
    var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
