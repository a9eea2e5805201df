internal import Casework
internal import MatchCore
public import Wire

/// What to export.
public struct ExportInput: Described {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case parties, offers, wishes, matches, claims, cases
    }

    public var kind: Kind

    public init(kind: Kind) { self.kind = kind }

    public static let schema = JSONSchema.object(
        nil, [.required("kind", .choice(Kind.self), "What is exported.", "导出的内容。")])
    public static let sample = ExportInput(kind: .offers)
}

/// A row of an export: the cells by the names of their columns, without the empty ones.
public struct ExportRow: OpenAnswer {
    public let cells: [String: String]

    public init(cells: [String: String]) { self.cells = cells }

    public static let schema = JSONSchema(.map(.text(0...40_000), most: 64)).about(
        "Cells by the names of their columns, without the empty ones.", zhHans: "按列名给出的单元格，空者从略。")
    public static let sample = ExportRow(cells: ["externalID": "O-3", "party": "P-7", "kind": "goods", "line": "1"])

    public init(from decoder: any Decoder) throws {
        cells = try decoder.singleValueContainer().decode([String: String].self)
    }

    private struct Column: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// In the order of the names, so that the same row is the same bytes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Column.self)
        for (name, cell) in cells.sorted(by: { $0.key < $1.key }) {
            try container.encode(cell, forKey: Column(stringValue: name))
        }
    }
}

/// What can be exported.
public enum ExportOperations {
    static let facts = OperationFacts(
        .exportsRun, .get, "/v1/exports/{kind}",
        "Exports records as NDJSON, or as CSV with 'Accept: text/csv'.",
        zhHans: "导出记录：NDJSON，或以 Accept: text/csv 得到 CSV。",
        details: LocalizedText(
            zhHans:
                "各部分读取时的内容即为导出的内容；parties、offers、wishes 可原样再导入，source 列说明来源，回到原处仍是同一记录。"
                + "matches 为已保存的建议，被改动或损坏的仅列心愿，altered 列为 yes，由 /v1/matches/verification 指出问题。CSV 中可能被当作公式的单元格前加撇号，导入时去掉。",
            en:
                "Each part is as it was when it was read. Parties, offers and wishes can be imported again as they are: by "
                + "the column 'source' each is the record that it was. Of matches, the stored suggestions, one that was altered "
                + "or damaged has its wish and 'yes' in the column 'altered', and nothing else; /v1/matches/verification "
                + "says what is wrong with it. Cells of "
                + "CSV that a spreadsheet could take for a formula begin with an apostrophe, which an import takes off."
        ),
        weight: .sweeping)

    static let all: [AnyOperation] = [
        AnyOperation(
            facts, input: ExportInput.schema, example: ExportInput.sample, record: ExportRow.schema,
            sample: ExportRow.sample,
            stream: .rows { json, context in
                try facts.admit(context.viewer)
                return Exporting(try WireDecoder().decode(ExportInput.self, from: json).kind)
            })
    ]
}
