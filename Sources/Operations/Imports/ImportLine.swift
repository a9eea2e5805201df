public import MatchCore
public import Wire

/// One line of an import's answer: what became of a row, or at the end the sum.
public struct ImportLine: OpenAnswer {
    public let row: Int?
    public let outcome: Outcome?
    public let ids: [RecordID]?
    public let faults: [String]?
    public let warnings: [String]?
    public let summary: ImportSummary?

    public enum Outcome: String, Sendable, Codable, CaseIterable {
        case created, changed, unchanged, skipped, refused
        /// Nothing is wrong with the row, and it was not stored because others of an atomic import are at fault.
        case notStored
    }

    public static let schema = JSONSchema.object(
        "ImportLine",
        [
            .optional(
                "row", .integer(1...Int64(Int32.max)),
                "The row, as a spreadsheet counts: a CSV file's header is row 1.",
                "行号；CSV 的表头为第 1 行。"),
            .optional(
                "outcome", .choice(Outcome.self),
                "What became of it; 'notStored' where only other rows of an atomic import are at fault.",
                "结果；notStored 表示此行无误，但整批因其他行有误而未写入。"),
            .optional("ids", .list(of: .id, 0...1_000), "The records that it states.", "所涉记录的编号。"),
            .optional("faults", .list(of: .text(1...4_000), 0...1_000), "Why it was refused.", "拒绝的原因。"),
            .optional("warnings", .list(of: .text(1...4_000), 0...1_000), "What is doubtful.", "存疑之处。"),
            .optional("summary", ImportSummary.schema, "In the last line, alone: the sum.", "末行的汇总。"),
        ])
    public static let sample = ImportLine(
        row: 2, outcome: .created, ids: [.sample(2)], faults: ["Row 2: …"], warnings: ["Row 2: …"], summary: .sample)

    /// What is said of the row where the import was refused whole: nothing was stored, and no record has the ids.
    var unkept: ImportLine {
        let isKept = [.created, .changed, .unchanged].contains(outcome)
        return ImportLine(
            row: row, outcome: isKept ? .notStored : outcome, ids: nil, faults: faults, warnings: warnings,
            summary: summary)
    }

    init(
        row: Int?, outcome: Outcome?, ids: [RecordID]?, faults: [String]?, warnings: [String]?, summary: ImportSummary?
    ) {
        self.row = row
        self.outcome = outcome
        self.ids = ids
        self.faults = faults
        self.warnings = warnings
        self.summary = summary
    }

    public init(_ summary: ImportSummary) {
        self.init(row: nil, outcome: nil, ids: nil, faults: nil, warnings: nil, summary: summary)
    }
}

/// The sum of an import.
public struct ImportSummary: Described, Hashable {
    public var rows = 0
    public var created = 0
    public var changed = 0
    public var unchanged = 0
    public var skipped = 0
    public var refused = 0
    public var warnings = 0
    /// Whether what the counts say was stored.
    public var isStored = true

    public init() {}

    private static let count = JSONSchema.integer(0...Int64(Int32.max))

    public static let schema = JSONSchema.object(
        "ImportSummary",
        [
            .required("rows", count, "Rows read.", "读入的行数。"),
            .required("created", count, "Records made; 0 where nothing was stored.", "新增的记录；未写入时为 0。"),
            .required("changed", count, "Records changed.", "更新的记录。"),
            .required("unchanged", count, "Records that said the same.", "未变的记录。"),
            .required("skipped", count, "Rows passed over.", "跳过的行数。"),
            .required("refused", count, "Rows at fault.", "有误的行数。"),
            .required("warnings", count, "Doubts.", "存疑之处。"),
            .required(
                "isStored", .flag,
                "False where faults kept an atomic import out, and where every row was refused.",
                "整批因有误而未写入，或各行均被拒绝时为 false。"),
        ])
    public static let sample = ImportSummary()
}
