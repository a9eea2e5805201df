/// Holds one sentence for people, in both languages of the product.
public struct Wording: Sendable, Hashable {
    /// The sentence in English.
    public let english: String
    /// The sentence in simplified Chinese.
    public let chinese: String

    public init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// Returns the sentence for a language tag: Chinese for `zh` and all that begin with it, otherwise English.
    public func text(in language: String) -> String {
        language.utf8.starts(with: "zh".utf8) ? chinese : english
    }
}
