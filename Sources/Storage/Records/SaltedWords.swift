internal import Casework
internal import Crypto

/// Words with the salt of their digest before them, as they are sealed: `32 digits:words`.
///
/// Without the salt a digest in the history, which stands for ever, would let anybody try what short words it was made
/// from; it is gone with the words.
struct SaltedWords {
    let words: String
    private let salt: String

    /// Chooses a salt.
    init(_ words: String, random: inout some RandomNumberGenerator) {
        self.words = words
        salt = Hexadecimal.text((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// Nil for words that were kept before they had a salt.
    init?(kept text: String) {
        let bytes = text.utf8
        guard bytes.count > Self.length, bytes.dropFirst(Self.length).first == UInt8(ascii: ":"),
            bytes.prefix(Self.length).allSatisfy({ Self.digits.contains($0) })
        else { return nil }
        salt = String(decoding: bytes.prefix(Self.length), as: UTF8.self)
        words = String(decoding: bytes.dropFirst(Self.length + 1), as: UTF8.self)
    }

    var text: String { "\(salt):\(words)" }

    /// SHA-256 over the salt and the words, 64 digits.
    var digest: Casework.Code {
        Code(Hexadecimal.text(Crypto.SHA256.hash(data: Array("almoner.note.1 \(text)".utf8)))) ?? "unknown"
    }

    private static let length = 32
    private static let digits = Set("0123456789abcdef".utf8)
}
