public import MatchCore

/// The roles of the design, one list everywhere; a volunteer is a carrier, a fitter or both.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case guest, recipient, donor, carrier, fitter, intake, coordinator, approver, auditor, admin, integration

    /// The role at the beginning of an English sentence: `A donor`, `An admin`.
    public var withArticle: String { ("aeiou".contains(rawValue.prefix(1)) ? "An " : "A ") + rawValue }

    /// What people call the role; the English name is the code.
    public var name: LocalizedText {
        let chinese =
            switch self {
            case .guest: "访客"
            case .recipient: "申请人"
            case .donor: "捐赠方"
            case .carrier: "承运人"
            case .fitter: "安装人"
            case .intake: "受理员"
            case .coordinator: "协调员"
            case .approver: "审批人"
            case .auditor: "审计员"
            case .admin: "管理员"
            case .integration: "对接系统"
            }
        return LocalizedText(zhHans: chinese, en: rawValue)
    }
}

extension Collection where Element == Role {
    /// The roles as a sentence lists them.
    public var names: LocalizedText {
        let sorted = sorted { $0.rawValue < $1.rawValue }.map(\.name)
        return LocalizedText(
            zhHans: sorted.map(\.zhHans).joined(separator: "、"), en: sorted.map(\.en).joined(separator: ", "))
    }
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
