public import MatchCore

/// Why something sealed could not be read or written, and what to do about it. No message holds what was sealed.
public struct SealError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// The key file is missing, open to others, or not readable as one.
        case keyFile
        /// The key store is missing, damaged, or belongs to another key file.
        case keyStore
        /// The key file lacks the version that is needed, or is the one of another installation.
        case wrongKey
        /// What is sealed was changed, or stands in another row than it was sealed for.
        case altered
        /// A field that is to be sealed stands in the open.
        case plain
        /// The person's key is not in the key store.
        case noKey
        /// The person was erased.
        case erased
        /// A backup cannot be read, is not whole, or cannot be put where it was asked to.
        case backup
    }

    public let code: Code
    public let text: LocalizedText

    public init(_ code: Code, _ en: String, zhHans: String) {
        self.code = code
        text = LocalizedText(zhHans: zhHans, en: en)
    }

    public var description: String { "\(text.en) (\(code.rawValue))" }
}
