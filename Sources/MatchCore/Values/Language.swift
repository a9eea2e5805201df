/// The languages in which every text that a person reads exists.
public enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    case zhHans = "zh-Hans"
    case en
}

/// A text in every language of the product.
public struct LocalizedText: Sendable, Hashable, Codable {
    public var zhHans: String
    public var en: String

    public init(zhHans: String, en: String) {
        self.zhHans = zhHans
        self.en = en
    }

    private enum CodingKeys: String, CodingKey {
        case zhHans = "zh-Hans"
        case en
    }

    public subscript(_ language: Language) -> String {
        switch language {
        case .zhHans: zhHans
        case .en: en
        }
    }
}
