/// Which scorers count, how much, and with which parameters: one immutable revision.
public struct ScoringProfile: Sendable, Hashable {
    public var name: String
    /// From 1; 0 for a draft.
    public var revision: Int
    public var title: LocalizedText
    public var entries: [Entry]
    /// The goals and terms of allocating.
    public var allocation: AllocationRules

    public struct Entry: Sendable, Hashable {
        /// The id of a scorer's descriptor.
        public var scorer: String
        /// 0…10,000. A scorer of weight 0 adds nothing but its vetoes hold.
        public var weight: Int32
        /// The value that counts where the scorer does not know, 0…1,000,000.
        public var neutral: Int32
        /// Parameters that differ from their defaults.
        public var parameters: [String: ParameterValue]

        public static let defaultNeutral: Int32 = 500_000

        public init(
            scorer: String, weight: Int32, neutral: Int32 = Entry.defaultNeutral,
            parameters: [String: ParameterValue] = [:]
        ) {
            self.scorer = scorer
            self.weight = weight
            self.neutral = neutral
            self.parameters = parameters
        }
    }

    public init(
        name: String, revision: Int, title: LocalizedText, entries: [Entry],
        allocation: AllocationRules = AllocationRules()
    ) {
        self.allocation = allocation
        self.name = name
        self.revision = revision
        self.title = title
        self.entries = entries
    }

    /// What stored explanations name: `default@1`.
    public var reference: String { "\(name)@\(revision)" }
}
