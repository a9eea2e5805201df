internal import Casework
internal import Crypto
internal import Foundation
internal import MatchCore

/// Seals what was answered once more, under a key that is made of the keys of all the people whom it speaks of: with any one of
/// them it is gone, in every copy of the database.
struct AnswerBinding {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    /// An answer as it is kept.
    struct Bound {
        var answer: [UInt8]
        var people: [RecordID]
    }

    /// With how many people one call has to do at most; whatever takes in more names them all in its answer.
    private static let few = 200

    func seal(_ answer: [UInt8], naming named: [RecordID], _ digest: [UInt8]) throws -> Bound {
        let touched = vault.touched
        let all = touched.count > Self.few ? Set(named) : touched.union(named)
        var codes: [(person: RecordID, code: String)] = []
        for person in all.sorted() {
            if let code = try vault.knownCode(for: Self.word(digest), of: person) { codes.append((person, code)) }
        }
        guard !codes.isEmpty else { return Bound(answer: answer, people: []) }
        guard let box = try AES.GCM.seal(answer, using: Self.key(codes.map(\.code)), authenticating: digest).combined
        else { throw DatabaseError(.invalidSQL, message: "An answer could not be sealed.") }
        return Bound(answer: [UInt8](box), people: codes.map(\.person))
    }

    /// What was sealed; nil where one of the people was erased since, or something was altered.
    func open(_ sealed: [UInt8], of people: String, _ digest: [UInt8]) throws -> [UInt8]? {
        let names = people.split(separator: " ")
        if names.isEmpty { return sealed }
        var codes: [String] = []
        for name in names {
            // Another node may have erased them, whose keys this one remembers.
            guard let person = RecordID(String(name)), try !isErased(person),
                let code = try vault.knownCode(for: Self.word(digest), of: person, asks: true)
            else { return nil }
            codes.append(code)
        }
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        return (try? AES.GCM.open(box, using: Self.key(codes), authenticating: digest)).map { [UInt8]($0) }
    }

    private func isErased(_ person: RecordID) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM erasure_done WHERE program = $1 AND holder = $2", [.text(program), SQLValue(person)]) != nil
    }

    private static func word(_ digest: [UInt8]) -> String { "answer/" + Hexadecimal.text(digest) }

    private static func key(_ codes: [String]) -> SymmetricKey {
        SymmetricKey(data: SHA256.hash(data: Data(codes.joined(separator: " ").utf8)))
    }
}
