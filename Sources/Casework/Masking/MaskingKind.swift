public import MatchCore

/// What a wording may tell of a person that is none of the readers' business.
public enum MaskingKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The number of an identity card, of 18 places or of the old 15.
    case idNumber
    case bankCard
    case mobile, landline
    case email
    /// A number at a messenger.
    case account
    /// Where somebody lives: a road with a number, a building with a room, a village within its town.
    case address
    /// The name of somebody in the file, or of somebody who works for the program.
    case name

    /// What nobody may publish, whatever the reason.
    public static let never: Set<MaskingKind> = [.idNumber, .bankCard]

    /// What people call it.
    public var title: LocalizedText {
        switch self {
        case .idNumber: LocalizedText(zhHans: "身份证号", en: "identity number")
        case .bankCard: LocalizedText(zhHans: "银行卡号", en: "bank card")
        case .mobile: LocalizedText(zhHans: "手机号", en: "mobile telephone")
        case .landline: LocalizedText(zhHans: "固定电话", en: "telephone")
        case .email: LocalizedText(zhHans: "电子邮箱", en: "e-mail address")
        case .account: LocalizedText(zhHans: "社交账号", en: "messenger account")
        case .address: LocalizedText(zhHans: "详细地址", en: "address")
        case .name: LocalizedText(zhHans: "姓名", en: "name")
        }
    }

    /// What may stand in its place, in the language of the wording. It holds nothing that would be found again.
    func replacement(isChinese: Bool) -> String {
        switch self {
        case .idNumber: isChinese ? "（证件号已隐去）" : "(identity number removed)"
        case .bankCard: isChinese ? "（卡号已隐去）" : "(card number removed)"
        case .mobile, .landline: isChinese ? "（号码已隐去）" : "(number removed)"
        case .email: isChinese ? "（邮箱已隐去）" : "(e-mail removed)"
        case .account: isChinese ? "（账号已隐去）" : "(account removed)"
        case .address: isChinese ? "（地址已隐去）" : "(address removed)"
        case .name: isChinese ? "某某" : "N."
        }
    }
}

/// One thing in a wording that is not to be published as it stands.
public struct MaskingFinding: Hashable, Sendable {
    public let kind: MaskingKind
    /// Where it stands: Unicode scalars from the beginning.
    public let place: Range<Int>
    /// What may stand there instead.
    public let replacement: String

    public init(_ kind: MaskingKind, at place: Range<Int>, replacement: String) {
        self.kind = kind
        self.place = place
        self.replacement = replacement
    }
}
