public import MatchCore

/// Codes that a program declares in its data, each with its words.
public struct CodeList: Hashable, Sendable, Codable {
    public struct Entry: Hashable, Sendable, Codable {
        public let code: Code
        public let text: LocalizedText

        public init(code: Code, text: LocalizedText) {
            self.code = code
            self.text = text
        }
    }

    /// In the order in which people are shown them.
    public let entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }

    public init(from decoder: any Decoder) throws { entries = try [Entry](from: decoder) }

    public func encode(to encoder: any Encoder) throws { try entries.encode(to: encoder) }

    public func contains(_ code: Code) -> Bool { entries.contains { $0.code == code } }

    /// The words of a code; nil for one that is not declared.
    public func text(of code: Code) -> LocalizedText? { entries.first { $0.code == code }?.text }

    public var codes: [Code] { entries.map(\.code) }

    /// The end of a sentence that refuses a code: what comes closest, or else all there are.
    static func advice(for code: Code, among known: [Code]) -> LocalizedText {
        let near = code.closest(among: known)
        guard near.isEmpty else {
            let names = near.map(\.text)
            return LocalizedText(
                zhHans: "是否指 \(names.joined(separator: "、"))？",
                en: "Did you mean \(names.joined(separator: ", "))?")
        }
        let names = known.map(\.text)
        return LocalizedText(
            zhHans: "可用：\(names.joined(separator: "、"))。", en: "There are: \(names.joined(separator: ", ")).")
    }
}

extension Code {
    /// The known codes that somebody may have meant, the nearest first, at most three.
    func closest(among known: [Code]) -> [Code] {
        let wanted = Array(text.lowercased().utf8)
        return known.compactMap { code -> (distance: Int, code: Code)? in
            let other = Array(code.text.lowercased().utf8)
            let distance = Self.distance(wanted, other)
            let isPart = wanted.count > 2 && (code.text.lowercased().contains(text.lowercased()))
            return isPart || distance <= max(1, min(wanted.count, other.count) / 3) ? (distance, code) : nil
        }.sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }.prefix(3).map(\.code)
    }

    /// How many letters have to be changed, added or left out.
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var row = Array(0...other.count)
        for (index, byte) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for place in other.indices {
                let above = row[place + 1]
                row[place + 1] = min(diagonal + (byte == other[place] ? 0 : 1), above + 1, row[place] + 1)
                diagonal = above
            }
        }
        return row[other.count]
    }
}
