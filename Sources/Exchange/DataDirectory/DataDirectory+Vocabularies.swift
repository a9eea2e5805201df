public import MatchCore

/// A code with its names: a group of people, a skill, a language.
public struct NamedCode: Sendable, Hashable {
    public var code: String
    public var name: LocalizedText
}

extension DataDirectory {
    /// The lists of codes that wishes and offers use beside areas and categories.
    public enum Vocabulary: String, Sendable, CaseIterable {
        case groups
        case skills
        case languages
    }

    /// A list of codes with their names, in the order of the file; empty where the directory has none.
    public func codes(of vocabulary: Vocabulary) throws(DataFault) -> [NamedCode] {
        let name = "\(vocabulary.rawValue).csv"
        guard files(in: "demo/phrases", suffix: ".csv").contains(name) else { return [] }
        let table = try DataTable(path: path(of: "demo/phrases/\(name)"), columns: ["code", "nameZh", "nameEn"])
        var codes: [NamedCode] = []
        for row in table.rows {
            codes.append(
                NamedCode(
                    code: try row.required("code"),
                    name: LocalizedText(zhHans: try row.required("nameZh"), en: try row.required("nameEn"))))
        }
        return codes
    }
}
