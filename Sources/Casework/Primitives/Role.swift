/// The roles of the design, one list everywhere; a volunteer is a carrier, a fitter or both.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case guest, recipient, donor, carrier, fitter, intake, coordinator, approver, auditor, admin, integration

    /// The role at the beginning of an English sentence: `A donor`, `An admin`.
    public var withArticle: String { ("aeiou".contains(rawValue.prefix(1)) ? "An " : "A ") + rawValue }
}

/// Up to which amount a person may approve, and at which level.
public struct ApprovalAuthority: Hashable, Sendable, Codable {
    public let level: AreaLevel
    /// The greatest amount, in fen (1/100 yuan), inclusive.
    public let limit: Int64

    public init(level: AreaLevel, limit: Int64) {
        self.level = level
        self.limit = limit
    }
}
