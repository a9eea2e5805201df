public import MatchCore

/// One sign for or against two requests being one, with the points it brought.
public struct DuplicateEvidence: Hashable, Sendable {
    public enum Sign: String, Hashable, Sendable, CaseIterable {
        case sameIdentity, samePhone, sharedPhone, sameName, sameAddress, sameStreet, sameBirthYear, sameCategory
        case nearInTime
        case differentIdentity, differentName, differentBirthYear

        /// Signs that they are two people after all: siblings behind one door, neighbours with one phone.
        var speaksAgainst: Bool {
            switch self {
            case .differentIdentity, .differentName, .differentBirthYear, .sharedPhone: true
            default: false
            }
        }
    }

    public let sign: Sign
    public let points: Int
    /// The category both ask for, for `sameCategory`.
    public let category: Code?
    /// Whole days between them, for `nearInTime`.
    public let days: Int?

    /// The sign in words.
    ///
    /// - Parameter categoryName: what a category is called; its code when left out.
    public func text(categoryName: (Code) -> LocalizedText? = { _ in nil }) -> LocalizedText {
        let named = category.map { categoryName($0) ?? LocalizedText(zhHans: $0.text, en: $0.text) }
        let days = days ?? 0
        switch sign {
        case .sameIdentity: return LocalizedText(zhHans: "同一身份证件", en: "same identity number")
        case .samePhone: return LocalizedText(zhHans: "同一电话", en: "same phone")
        case .sharedPhone: return LocalizedText(zhHans: "电话为多人共用", en: "the phone is shared by several people")
        case .sameName: return LocalizedText(zhHans: "姓名相同", en: "same name")
        case .sameAddress: return LocalizedText(zhHans: "同一住址", en: "same address")
        case .sameStreet: return LocalizedText(zhHans: "同一街道", en: "same street")
        case .sameBirthYear: return LocalizedText(zhHans: "出生年份相同", en: "same year of birth")
        case .sameCategory:
            return LocalizedText(zhHans: "都申请“\(named?.zhHans ?? "")”", en: "both ask for \(named?.en ?? "the same")")
        case .nearInTime where days == 0: return LocalizedText(zhHans: "相隔不到一天", en: "within a day")
        case .nearInTime:
            return LocalizedText(zhHans: "相隔 \(days) 天", en: days == 1 ? "within 1 day" : "within \(days) days")
        case .differentIdentity: return LocalizedText(zhHans: "身份证件不同", en: "different identity numbers")
        case .differentName: return LocalizedText(zhHans: "姓名不同", en: "different names")
        case .differentBirthYear: return LocalizedText(zhHans: "出生年份不同", en: "different years of birth")
        }
    }
}
