/// A text that a person reads, in both languages of the product.
public struct LocalizedText: Hashable, Sendable, Codable {
    public let zhHans: String
    public let en: String

    public init(zhHans: String, en: String) {
        self.zhHans = zhHans
        self.en = en
    }

    private enum CodingKeys: String, CodingKey {
        case zhHans = "zh-Hans"
        case en
    }
}
