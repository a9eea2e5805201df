public import MatchCore

/// The roles of the design, one list everywhere; a volunteer is a carrier, a fitter or both.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case guest, recipient, donor, carrier, fitter, intake, coordinator, approver, auditor, admin, integration

    /// The role at the beginning of an English sentence: `A donor`, `An intake worker`.
    public var withArticle: String {
        let name = name.en
        return ("aeiou".contains(name.prefix(1)) ? "An " : "A ") + name
    }

    /// What people call the role.
    public var name: LocalizedText {
        switch self {
        case .guest: LocalizedText(zhHans: "访客", en: "guest")
        case .recipient: LocalizedText(zhHans: "申请人", en: "recipient")
        case .donor: LocalizedText(zhHans: "捐赠方", en: "donor")
        case .carrier: LocalizedText(zhHans: "承运人", en: "carrier")
        case .fitter: LocalizedText(zhHans: "安装人", en: "fitter")
        case .intake: LocalizedText(zhHans: "受理员", en: "intake worker")
        case .coordinator: LocalizedText(zhHans: "协调员", en: "coordinator")
        case .approver: LocalizedText(zhHans: "审批人", en: "approver")
        case .auditor: LocalizedText(zhHans: "审计员", en: "auditor")
        case .admin: LocalizedText(zhHans: "管理员", en: "admin")
        case .integration: LocalizedText(zhHans: "对接系统", en: "connected system")
        }
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
