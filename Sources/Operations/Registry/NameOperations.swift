internal import Casework
internal import Exchange
public import MatchCore
public import Wire

/// Finds the record that a person means by an id, an external id, a name, or the words of a wish or offer.
public enum NameOperations {
    public static let find = Operation<NameInput, NameFinding>(
        OperationFacts(
            .namesFind, .get, "/v1/names/{kind}",
            "Finds the record that a name means, among those that you may see.", zhHans: "在您可见的记录中按名称查找。",
            weight: .heavy)
    ) { input, context in
        guard let kind = RecordKind(rawValue: input.kind) else { throw Problem.notFound }
        return try NameSearch(context.store, kind, by: context).find(input.text)
    }

    static let all: [AnyOperation] = [AnyOperation(find)]
}

/// A name, and the kind of record that it should mean.
public struct NameInput: Described {
    public var kind: String
    public var text: String

    public init(kind: String, text: String) {
        self.kind = kind
        self.text = text
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .required("kind", .choice(["party", "offer", "wish"]), "What it is the name of.", "记录类型。"),
            .required("text", .text(1...200), "An id, an external id, a name or words.", "编号、外部编号、名称或文字。"),
        ])
    public static let sample = NameInput(kind: "wish", text: "W-12")
}

/// What a name means.
public struct NameFinding: OpenAnswer, AnyList {
    /// Names that are shown.
    var count: Int { max(1, several.count + near.count) }

    /// The record; left out where none or several fit.
    public let id: RecordID?
    /// Names of those that fit equally well.
    public let several: [String]
    /// Where none fits, what comes closest.
    public let near: [String]

    init(id: RecordID? = nil, several: [String] = [], near: [String] = []) {
        self.id = id
        self.several = several
        self.near = near
    }

    public static let schema = JSONSchema.object(
        "NameFinding",
        [
            .optional("id", .id, "The record; left out where none or several fit.", "记录编号；无匹配或多个匹配时没有此项。"),
            .required(
                "several", .list(of: .text(0...4_000), 0...100_000), "Names of those that fit alike.", "同样匹配的名称。"),
            .required(
                "near", .list(of: .text(0...4_000), 0...20), "Where none fits, what comes closest.", "无匹配时的近似名称。"),
        ])
    public static let sample = NameFinding(id: .sample(3))
}
