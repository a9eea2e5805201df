public import Wire

/// Asks for the draft of a split: what is published, with another profile in a share of the areas.
public struct SplitInput: Described {
    public var draft: ProfileSource
    public var profile: ProfileSource?
    public var share: Int
    public var seed: Int64?
    public var horizon: Int?

    public init(
        draft: ProfileSource, profile: ProfileSource? = nil, share: Int, seed: Int64? = nil, horizon: Int? = nil
    ) {
        (self.draft, self.profile, self.share, self.seed) = (draft, profile, share, seed)
        self.horizon = horizon
    }

    public static let schema = JSONSchema.object(
        "SplitInput",
        [
            .required("draft", ProfileSource.schema, "The profile to try.", "要试行的方案。"),
            .optional(
                "profile", ProfileSource.schema, "The one of the other areas; what is published by default.",
                "其余区划的方案，默认现行。"),
            .required("share", .integer(TuningLimits.share.int64), "Per cent of areas that it serves.", "服务区划的百分比。"),
            .optional("seed", .integer(0...Int64.max), "Decides each area's side; 1 by default.", "决定各区划归属，默认 1。"),
            .optional(
                "horizon", .integer(TuningLimits.horizon.int64),
                "The stop, stated in the draft: ended choices a side at which there is the one look; 200 by default.",
                "写入草案的停止数：每侧满此数即作唯一一次判断，默认 200。"),
        ])
    public static let sample = SplitInput(
        draft: .sample, profile: ProfileSource(name: "default"), share: 20, seed: 7, horizon: 200)
}
