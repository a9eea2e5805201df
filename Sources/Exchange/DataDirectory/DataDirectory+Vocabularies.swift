public import MatchCore

/// A code with its names: a group of people, a skill, a language.
public struct NamedCode: Sendable, Hashable {
    public var code: String
    public var name: LocalizedText

    public init(code: String, name: LocalizedText) {
        self.code = code
        self.name = name
    }
}

extension DataDirectory {
    /// The lists of codes that wishes and offers use beside areas and categories.
    public enum Vocabulary: String, Sendable, CaseIterable {
        case groups
        case skills
        case languages
    }

    /// A list of codes with their names, in the order of the file; empty where the directory has none.
    ///
    /// Groups are declared with the rules of casework, since some of them follow from household files.
    public func codes(of vocabulary: Vocabulary) throws(DataFault) -> [NamedCode] {
        switch vocabulary {
        case .groups:
            guard ruleNames(in: "casework").contains("groups") else { return [] }
            return try rules(DeclaredGroups.self, in: "casework/groups.yaml").groups.map {
                NamedCode(code: $0.code, name: $0.name)
            }
        case .skills, .languages: return try phrases("\(vocabulary.rawValue).csv")
        }
    }

    private func phrases(_ name: String) throws(DataFault) -> [NamedCode] {
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

/// What of `casework/groups.yaml` is a vocabulary; from what the groups follow is for casework to read.
private struct DeclaredGroups: Decodable {
    struct Group: Decodable {
        var code: String
        var name: LocalizedText
    }

    var groups: [Group]
}
