internal import Casework
internal import MatchCore
public import Wire

/// What to import, and how.
public struct ImportInput: Described {
    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// All rows, or none.
        case atomic
        /// The rows that can be taken.
        case partial
    }

    public var kind: ImportInput.Kind
    public var mode: Mode?

    /// What can be imported through the service; areas are a matter of the data directory.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case parties, offers, wishes, distances, inbox, people
    }

    public init(kind: Kind, mode: Mode? = nil) {
        self.kind = kind
        self.mode = mode
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .required("kind", .choice(Kind.self), "What is imported.", "导入的内容。"),
            .optional(
                "mode", .choice(Mode.self),
                "'atomic' (the default): all rows or none; 'partial': those that can be taken.",
                "atomic（默认）为全部或全不；partial 为能收的都收。"),
        ])
    public static let sample = ImportInput(kind: .offers, mode: .partial)
}

/// What can be imported.
public enum ImportOperations {
    /// What the service needs to know of the operation; the work is ``Importing``.
    static let facts = OperationFacts(
        .importsRun, .post, "/v1/imports/{kind}",
        "Imports records: NDJSON, CSV, or CSV with its map.", zhHans: "导入记录：NDJSON、CSV 或附映射的 CSV。",
        details: LocalizedText(
            zhHans: "NDJSON 每行一个对象，成员名与导出的列名相同；CSV 用同样的列（可省去非必填的列，不能有别的列），"
                + "或以 multipart/form-data 附上映射（map，JSON）与文件（file）。"
                + "答复为 NDJSON：每行一个结果，末行为汇总。整批方式有误时状态为 422，什么也没有写入，其余各行为 notStored；"
                + "行数超过服务的 --atomic-rows（默认 20000；wishes、inbox、people 为其十分之一）时为 413，请用 mode=partial。外部编号处也可填本项目已有记录的编号。",
            en:
                "NDJSON has one object a line, its members named like the columns of exports; CSV has the same columns "
                + "and no others, without those that need not be filled if it likes, or comes as multipart/form-data with its map ('map', JSON) and then the file ('file'). The answer is NDJSON: "
                + "a result for each row, and the sum in the last line. Where rows of an atomic import are at fault the "
                + "status is 422, nothing was stored, and each of the other rows says 'notStored'; with more rows than "
                + "the service's --atomic-rows (20,000 by default, a tenth of them for wishes, inbox and people) it is 413: use mode=partial. In place of an external id the id of a record that is here means that record."
        ),
        weight: .sweeping)

    static let all: [AnyOperation] = [
        AnyOperation(
            facts, input: ImportInput.schema, example: ImportInput.sample, record: ImportLine.schema,
            sample: ImportLine.sample,
            stream: .intake { json, context in
                try facts.admit(context.viewer)
                return try Importing(WireDecoder().decode(ImportInput.self, from: json), in: context)
            })
    ]
}
