internal import CArgon2
public import Casework
internal import MatchCore

/// Argon2id (RFC 9106) as Debian's libargon2 computes it, with what is declared of memory, passes and lanes.
public struct Argon2Work: Sendable, Hashable {
    public let work: SignInRules.Work

    static let saltBytes = 16
    static let hashBytes = 32
    /// The most memory that a stored string may ask for, in KiB: a row that somebody altered does not stop the service.
    static let mostMemory = 1_048_576

    public init(_ work: SignInRules.Work) {
        self.work = work
    }

    /// The PHC string of a password.
    /// - Parameter salt: 16 bytes of chance.
    func hash(_ password: [UInt8], salt: [UInt8]) throws -> String {
        let (passes, memory, lanes) = (UInt32(work.passes), UInt32(work.memory), UInt32(work.lanes))
        var text = [CChar](
            repeating: 0,
            count: argon2_encodedlen(passes, memory, lanes, UInt32(salt.count), UInt32(Self.hashBytes), Argon2_id))
        let code = argon2id_hash_encoded(
            passes, memory, lanes, password, password.count, salt, salt.count, Self.hashBytes, &text, text.count)
        guard code == ARGON2_OK.rawValue else { throw Self.fault(code) }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a password belongs to a PHC string; the hashes are compared in constant time by the library. False for a
    /// string of another kind, or one that asks for more than could be meant.
    func isRight(_ password: [UInt8], for text: String) -> Bool {
        guard let asked = Self.work(of: text), asked.memory <= Self.mostMemory, asked.passes <= 64, asked.lanes <= 64
        else { return false }
        return argon2id_verify(text, password, password.count) == ARGON2_OK.rawValue
    }

    /// Whether a string was made with less than is declared now, in any respect.
    func isMore(than text: String) -> Bool {
        guard let asked = Self.work(of: text) else { return true }
        return asked.memory < work.memory || asked.passes < work.passes || asked.lanes < work.lanes
    }

    /// What a PHC string says that it took; nil for one that is not of Argon2id.
    static func work(of text: String) -> SignInRules.Work? {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id" else { return nil }
        var numbers: [Substring: Int] = [:]
        for pair in parts[3].split(separator: ",") {
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let number = Int(sides[1]), number > 0 else { return nil }
            numbers[sides[0]] = number
        }
        guard let memory = numbers["m"], let passes = numbers["t"], let lanes = numbers["p"] else { return nil }
        return SignInRules.Work(memory: memory, passes: passes, lanes: lanes)
    }

    private static func fault(_ code: Int32) -> CaseworkError {
        let cause = argon2_error_message(code).map { String(cString: $0) } ?? "\(code)"
        return CaseworkError(
            .unsound, "The password could not be hashed (\(cause)). Check the memory of this machine.",
            zhHans: "密码无法处理（\(cause)）。请检查本机内存。")
    }
}
