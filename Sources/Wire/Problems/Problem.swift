public import MatchCore

/// An error as the service answers it: RFC 9457 problem details.
///
/// The kind is stable and documented; the detail is a sentence that says what is wrong and what to do.
public struct Problem: Error, Sendable, Hashable {
    public let kind: ProblemKind
    public let detail: LocalizedText
    /// What is wrong with single fields; empty where the fault is not in the input.
    public let fields: [FieldFault]
    /// After how many seconds the same request may succeed; nil where waiting does not help.
    public let retryAfterSeconds: Int?

    public init(
        _ kind: ProblemKind, _ detail: LocalizedText, fields: [FieldFault] = [], retryAfterSeconds: Int? = nil
    ) {
        self.kind = kind
        self.detail = detail
        self.fields = fields
        self.retryAfterSeconds = retryAfterSeconds
    }

    public init(_ kind: ProblemKind, _ en: String, zhHans: String, retryAfterSeconds: Int? = nil) {
        self.init(kind, LocalizedText(zhHans: zhHans, en: en), retryAfterSeconds: retryAfterSeconds)
    }
}

/// What is wrong with one field of an input.
public struct FieldFault: Sendable, Hashable {
    /// Where: `/lines/0/quantity` in a body (a JSON pointer, RFC 6901), `?limit` in a query, `{wish}` in a path.
    public let place: String
    public let message: LocalizedText

    public init(_ place: String, _ message: LocalizedText) {
        self.place = place
        self.message = message
    }
}
