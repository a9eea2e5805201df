public import MatchCore
public import Wire

/// That something was done, and when: there is nothing else to show.
public struct DoneView: OpenAnswer {
    public let at: Timestamp

    public static let schema = JSONSchema.object("Done", [.required("at", .moment, "When it was done.", "完成时间。")])
    public static let sample = DoneView(at: .sample)
}
