public import MatchCore

/// Why a city cannot be made.
public struct CityError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// A number of records that makes no city.
        case badSize
        /// A file of phrases is missing, lacks a column, or says what cannot be.
        case badMaterial
        /// The folder cannot be written to.
        case notWritten
    }

    public let code: Code
    /// What is wrong, where, and what to do.
    public let message: LocalizedText

    init(_ code: Code, _ en: String, _ zhHans: String) {
        self.code = code
        message = LocalizedText(zhHans: zhHans, en: en)
    }

    public var description: String { message.en }
}
