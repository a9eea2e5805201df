internal import MatchCore
public import Wire

/// Which page of a list without filters.
public struct PageInput: Described {
    public var limit: Int?
    public var cursor: String?

    public init(limit: Int? = nil, cursor: String? = nil) {
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(nil, PageRequest.properties)
    public static let sample = PageInput(limit: 50)
}

/// What a scorer says of itself.
public struct ScorerView: OpenAnswer {
    public let id: String
    public let version: Int
    public let title: NameView
    public let summary: NameView
    public let parameters: [Parameter]
    public let vetoes: [Veto]
    public let reasons: [String]

    /// A parameter that a profile can set.
    public struct Parameter: Described {
        public let name: String
        public let kind: String
        public let title: NameView
        public let help: NameView
        public let unit: String
        public let `default`: String
        public let least: Int64?
        public let greatest: Int64?
        public let choices: [String]?
        public let columns: [String]?

        public static let schema = JSONSchema.object(
            "ScorerParameter",
            [
                .required("name", .text(1...64), "Its name.", "名称。"),
                .required("kind", .choice(["integer", "flag", "choice", "table"]), "What its value is.", "取值类型。"),
                .required("title", NameView.schema, "In words.", "标题。"),
                .required("help", NameView.schema, "What it does.", "说明。"),
                .required("unit", .text(0...64), "The unit of a number; empty for none.", "单位；无则为空。"),
                .required("default", .text(0...10_000), "Its value where a profile says nothing.", "默认值。"),
                .optional("least", .integer(.min ... .max), "The least number.", "最小值。"),
                .optional(
                    "greatest", .integer(.min ... .max), "The greatest number, or of a table the most rows.",
                    "最大值；表格为最多行数。"),
                .optional("choices", .list(of: .text(1...64), 0...100), "The words of a choice.", "可选值。"),
                .optional("columns", .list(of: .text(1...64), 0...100), "The columns of a table.", "表格的列。"),
            ])
        public static let sample = Parameter(
            name: "decay", kind: "integer", title: .sample, help: .sample, unit: "metre", default: "5000", least: 100,
            greatest: 100_000, choices: ["near"], columns: ["category"])
    }

    /// Why a pair can be impossible.
    public struct Veto: Described {
        public let reason: String
        public let title: NameView

        public static let schema = JSONSchema.object(
            "ScorerVeto",
            [
                .required("reason", .text(1...64), "Its code.", "代码。"),
                .required("title", NameView.schema, "In words.", "说明。"),
            ])
        public static let sample = Veto(reason: "tooFar", title: .sample)
    }

    public static let schema = JSONSchema.object(
        "Scorer",
        [
            .required("id", .text(1...64), "Its id.", "标识。"),
            .required("version", .integer(1...Int64(Int32.max)), "Raised when its scores change.", "版本，评分改变时递增。"),
            .required("title", NameView.schema, "In words.", "标题。"),
            .required("summary", NameView.schema, "What it measures.", "衡量什么。"),
            .required("parameters", .list(of: Parameter.schema, 0...100), "What a profile can set.", "可设参数。"),
            .required("vetoes", .list(of: Veto.schema, 0...100), "Why a pair can be impossible.", "否决的原因。"),
            .required("reasons", .list(of: .text(1...64), 0...1_000), "Every reason that it gives.", "全部理由代码。"),
        ])

    public static let sample = ScorerView(
        id: "Proximity", version: 1, title: .sample, summary: .sample, parameters: [.sample], vetoes: [.sample],
        reasons: ["near"])
}

extension ScorerView {
    init(_ descriptor: ScorerDescriptor) {
        self.init(
            id: descriptor.id, version: descriptor.version, title: NameView(descriptor.title),
            summary: NameView(descriptor.summary), parameters: descriptor.parameters.map { Parameter($0) },
            vetoes: descriptor.vetoes.map { Veto(reason: $0.reason, title: NameView($0.title)) },
            reasons: descriptor.reasons)
    }
}

extension ScorerView.Parameter {
    init(_ parameter: ParameterDescriptor) {
        var (least, greatest): (Int64?, Int64?)
        var (choices, columns): ([String]?, [String]?)
        let kind: String
        switch parameter.kind {
        case .integer(let range, _): (kind, least, greatest) = ("integer", range.lowerBound, range.upperBound)
        case .flag: kind = "flag"
        case .choice(let words, _): (kind, choices) = ("choice", words)
        case .table(let heads, let most): (kind, columns, greatest) = ("table", heads.map(\.name), Int64(most))
        }
        self.init(
            name: parameter.name, kind: kind, title: NameView(parameter.title), help: NameView(parameter.help),
            unit: parameter.unit, default: parameter.defaultValue.written, least: least, greatest: greatest,
            choices: choices, columns: columns)
    }
}

extension ParameterValue {
    /// As a person writes it; a table by rows.
    fileprivate var written: String {
        switch self {
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .text(let text): text
        case .list(let items): items.map(\.written).joined(separator: "; ")
        case .entries(let entries): entries.map { "\($0.name)=\($0.value.written)" }.joined(separator: ", ")
        }
    }
}
