import MatchCore

/// The texts of one area of the command line, each in both languages.
///
/// A catalogue is an enum, so that the compiler asks for every text and a test can go through them all. `{name}`
/// stands for what is filled in, `{name:line|lines}` for the first word where `name` is 1 and else for the second.
protocol Words: CaseIterable, RawRepresentable<String>, Sendable {
    var text: LocalizedText { get }
}

extension Words {
    subscript(language: Language) -> String { text[language] }

    /// The text with its places filled in, in both languages.
    func filled(_ values: [String: String]) -> LocalizedText { text.filled(values) }
}

extension LocalizedText {
    func filled(_ values: [String: String]) -> LocalizedText {
        LocalizedText(zhHans: zhHans.filled(values), en: en.filled(values))
    }

    /// The same words in both languages: names, codes, and messages that a lower layer wrote.
    init(same text: String) { self.init(zhHans: text, en: text) }
}

extension String {
    /// Puts values in the place of `{name}`; a place that has no value stays as it is.
    func filled(_ values: [String: String]) -> String {
        guard contains("{") else { return self }
        var result = ""
        var rest = self[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            result += values[name] ?? Self.counted(name, values) ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// One of the two words of `name:one|many`; nil for anything else.
    private static func counted(_ place: String, _ values: [String: String]) -> String? {
        guard let colon = place.firstIndex(of: ":"), let value = values[String(place[..<colon])] else { return nil }
        let words = place[place.index(after: colon)...].split(separator: "|")
        return words.count == 2 ? String(value == "1" ? words[0] : words[1]) : nil
    }
}

/// A text in both languages, Chinese first.
func both(_ zhHans: String, _ en: String) -> LocalizedText { LocalizedText(zhHans: zhHans, en: en) }
