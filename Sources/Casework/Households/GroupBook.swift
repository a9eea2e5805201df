internal import Crypto
public import MatchCore

/// The groups of people that a program knows, declared in `Data/casework/groups.yaml`: the one list of their codes and names,
/// and which of them follow from a household's file.
///
/// A group that follows is what matching sees of a personal field: that a child under six lives there, never when it was born.
public struct GroupBook: Hashable, Sendable, Codable {
    public struct Group: Hashable, Sendable, Codable {
        public let code: Code
        public let name: LocalizedText
        /// One that holds is enough; nil for a group that is only ever stated.
        public let derived: [Rule]?
    }

    /// All tests have to hold.
    public struct Rule: Hashable, Sendable, Codable {
        public let when: [WatchRules.Test]
    }

    /// In the order in which people are shown them.
    public let groups: [Group]

    /// The facts that only something noted in the file, or a new year, changes.
    static let facts: [Code] = ["members", "children", "elders", "eldersAlone", "hardships", "benefits"]

    public var codes: [Code] { groups.map(\.code) }

    /// The groups whose rules hold, in the order of the list.
    public func groups(of facts: HouseholdFacts) -> [Code] {
        groups.filter { group in
            group.derived?.contains { $0.when.allSatisfy { $0.holds(facts) } } ?? false
        }.map(\.code)
    }

    /// Tells two lists apart that derive by other rules; the same for the same rules on every machine.
    public var fingerprint: String {
        let rules = groups.flatMap { group in
            (group.derived ?? []).map { rule in
                let tests = rule.when.map { test in
                    "\(test.fact) \(test.atLeast.map { "\($0)" } ?? "-") \(test.atMost.map { "\($0)" } ?? "-")"
                }
                return "\(group.code): \(tests.joined(separator: ", "))"
            }
        }
        let digest = SHA256.hash(data: Array(rules.joined(separator: "\n").utf8))
        let letters = Array("0123456789abcdef")
        return String(digest.prefix(8).flatMap { [letters[Int($0 >> 4)], letters[Int($0 & 15)]] })
    }
}

extension GroupBook {
    /// Throws `malformed` for the first group that cannot be used, and says which it is and what to do.
    ///
    /// - Parameter circumstances: what there is of hardships and benefits; nil where any code will do.
    public func check(against circumstances: CircumstanceBook?) throws {
        guard !groups.isEmpty else {
            throw Self.fault("groups.yaml lists no group. List at least one.", "groups.yaml 未列出人群，请至少列出一项。")
        }
        var seen: Set<Code> = []
        for (index, group) in groups.enumerated() {
            func refuse(_ en: String, _ zhHans: String) -> CaseworkError {
                Self.fault(
                    "groups.yaml, group \(index + 1) '\(group.code)': \(en)",
                    "groups.yaml 第 \(index + 1) 项“\(group.code)”：\(zhHans)")
            }
            guard seen.insert(group.code).inserted else {
                throw refuse("the code stands twice. Leave one out.", "代码重复，请删去一项。")
            }
            for language in Language.allCases where !(1...80).contains(group.name[language].unicodeScalars.count) {
                throw refuse("each name has 1 to 80 characters.", "名称须为 1 至 80 字。")
            }
            guard let rules = group.derived else { continue }
            guard !rules.isEmpty, rules.allSatisfy({ !$0.when.isEmpty }) else {
                throw refuse(
                    "'derived' needs a rule with a test. Leave 'derived' out where the group is only stated.",
                    "“derived”下须有含条件的规则；只由人填写的人群请删去“derived”。")
            }
            for test in rules.flatMap(\.when) {
                if let advice = Self.advice(for: test, circumstances) { throw refuse(advice.en, advice.zhHans) }
            }
        }
    }

    private static func fault(_ en: String, _ zhHans: String) -> CaseworkError {
        CaseworkError(.malformed, en, zhHans: zhHans)
    }

    /// What is wrong with a test, and what to do; nil where it can be used.
    private static func advice(for test: WatchRules.Test, _ circumstances: CircumstanceBook?) -> LocalizedText? {
        guard test.atLeast != nil || test.atMost != nil, test.atLeast ?? .min <= test.atMost ?? .max else {
            return LocalizedText(
                zhHans: "条件“\(test.fact)”须有 atLeast 或 atMost，且前者不大于后者。",
                en: "the test of '\(test.fact)' needs atLeast or atMost, the one not above the other.")
        }
        let text = test.fact.text
        for (prefix, list) in [("hardship/", circumstances?.hardships), ("benefit/", circumstances?.benefits)]
        where text.hasPrefix(prefix) {
            guard let list, let code = Code(String(text.dropFirst(prefix.utf8.count))) else { return nil }
            guard !list.contains(code) else { return nil }
            let advice = CodeList.advice(for: code, among: list.codes)
            return LocalizedText(
                zhHans: "circumstances.yaml 中没有“\(text)”。\(advice.zhHans)",
                en: "circumstances.yaml has no '\(text)'. \(advice.en)")
        }
        guard !facts.contains(test.fact), HouseholdFacts.ages(in: test.fact) == nil else { return nil }
        let known = facts.map(\.text)
        return LocalizedText(
            zhHans: "“\(text)”不能用于推定人群；可用：\(known.joined(separator: "、"))、ages/起-止（如 ages/0-5，0 至 150 岁）、hardship/代码、"
                + "benefit/代码。",
            en:
                "no group follows from '\(text)'. There are: \(known.joined(separator: ", ")), ages/FROM-TO (such as ages/0-5, "
                + "within 0 and 150), hardship/CODE, benefit/CODE.")
    }
}

extension GroupBook.Group {
    private enum Key: String, CodingKey, CaseIterable { case code, name, derived }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }

    /// Refuses a key that there is not: a rule whose name is mistyped would be silently left out.
    public init(from decoder: any Decoder) throws {
        let all = try decoder.container(keyedBy: AnyKey.self)
        if let key = all.allKeys.first(where: { Key(rawValue: $0.stringValue) == nil }) {
            let known = Key.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                forKey: key, in: all,
                debugDescription: "there is no '\(key.stringValue)' in a group; there are: \(known)")
        }
        let container = try decoder.container(keyedBy: Key.self)
        code = try container.decode(Code.self, forKey: .code)
        name = try container.decode(LocalizedText.self, forKey: .name)
        derived = try container.decodeIfPresent([GroupBook.Rule].self, forKey: .derived)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(code, forKey: .code)
        try container.encode(name, forKey: .name)
        try container.encodeIfPresent(derived, forKey: .derived)
    }
}
