public import Casework
public import MatchCore
public import Wire

/// How it stands with what is kept for a time only.
public struct RetentionView: Projection {
    public let kinds: [Kind]

    /// One kind.
    public struct Kind: Described {
        public let kind: RetentionKind
        public let days: Int?
        public let kept: Int
        public let oldest: Timestamp?
        public let removed: Int
        public let lastRemoved: Timestamp?

        public static let schema = JSONSchema.object(
            "RetentionOfKind",
            [
                .required("kind", .choice(RetentionKind.self), "What is kept.", "种类。"),
                .optional(
                    "days", .integer(1...36_500), "For how many days; nothing where it is kept without an end.",
                    "保存天数；不限则无。"),
                .required("kept", .integer(0...1_000_000_000), "How many are kept now.", "现存数。"),
                .optional("oldest", .moment, "Since when the oldest is.", "最早一件的时间。"),
                .required("removed", .integer(0...1_000_000_000), "How many were taken away so far.", "已删除数。"),
                .optional("lastRemoved", .moment, "When last.", "最近一次删除。"),
            ])
        public static let sample = Kind(
            kind: .inbox, days: 90, kept: 4, oldest: .sample, removed: 12, lastRemoved: .sample)
    }

    public static let schema = JSONSchema.object(
        "Retention", [.required("kinds", .list(of: Kind.schema, 0...16), "Each kind.", "各种类。")])
    public static let sample = RetentionView(kinds: [.sample])

    public static func projecting(_ states: [RetentionState], in context: OperationContext) throws -> RetentionView? {
        guard context.sees(.retention) else { return nil }
        return RetentionView(
            kinds: states.map {
                Kind(
                    kind: $0.kind, days: $0.days, kept: $0.kept, oldest: $0.oldest.map { Timestamp($0) },
                    removed: $0.removed, lastRemoved: $0.lastRemoved.map { Timestamp($0) })
            })
    }
}

/// Nothing is asked beside the question itself.
public struct RetentionInput: Described {
    public init() {}

    public static let schema = JSONSchema.object(nil, [])
    public static let sample = RetentionInput()
}

/// Retention periods, as they are carried out.
public enum RetentionOperations {
    public static let show = Operation<RetentionInput, RetentionView>(
        OperationFacts(
            .retentionShow, .get, "/v1/retention",
            "Shows for how long what is kept, how much there is, and how much was taken away.",
            zhHans: "查看各类内容的保存期限、现存数和已删除数。")
    ) { _, context in try context.desk().retention() }

    static let all: [AnyOperation] = [AnyOperation(show)]
}
