internal import MatchCore

/// The words from which a classification is proposed, declared in `Data/intake/words.yaml`.
public struct IntakeWords: Hashable, Sendable, Decodable {
    /// Raised with every change; the history says by which one a proposal was made.
    public let version: Int
    /// Words after which an item is asked for.
    public let wanting: [String]
    /// Words after which an item is there already, or not asked for.
    public let having: [String]
    public let measures: Measures
    /// Words that say that a number counted somebody, and not the thing that follows.
    public let people: [String]
    public let lanes: [LaneRule]
    public let urgencies: [UrgencyRule]
    public let groups: [GroupRule]

    /// What stands between a number and the thing it counts.
    public struct Measures: Hashable, Sendable, Decodable {
        public let piece: [String]
        /// With how many minutes one is.
        public let minute: [String: Int64]
        /// With how many fen one is.
        public let fen: [String: Int64]
    }

    public struct LaneRule: Hashable, Sendable, Decodable {
        /// `microWish` or `microProject`.
        public let lane: String
        /// A category in one of these groups of the catalogue gives the lane.
        public let categories: [String]?
        public let words: [String]?
    }

    public struct UrgencyRule: Hashable, Sendable, Decodable {
        /// `normal`, `urgent` or `critical`.
        public let grade: String
        public let words: [String]
    }

    public struct GroupRule: Hashable, Sendable, Decodable {
        public let group: Code
        public let words: [String]
    }

    /// Throws `malformed` for a lane or a grade that there is not, and for a measure that counts nothing.
    public func check() throws {
        for rule in lanes where Lane(code: rule.lane) == nil {
            throw CaseworkError(
                .malformed, "'\(rule.lane.prefix(40))' is no lane: microWish or microProject.",
                zhHans: "“\(rule.lane.prefix(40))”不是有效类别：应为 microWish 或 microProject。")
        }
        for rule in urgencies where UrgencyGrade(code: rule.grade) == nil {
            throw CaseworkError(
                .malformed, "'\(rule.grade.prefix(40))' is no urgency: normal, urgent or critical.",
                zhHans: "“\(rule.grade.prefix(40))”不是有效紧急程度：应为 normal、urgent 或 critical。")
        }
        for (word, times) in measures.minute.merging(measures.fen, uniquingKeysWith: min)
        where !(1...1_000_000).contains(times) {
            throw CaseworkError(
                .malformed, "The measure '\(word.prefix(20))' counts \(times); use 1 to 1,000,000.",
                zhHans: "量词“\(word.prefix(20))”折合 \(times)；应为 1 至 1,000,000。")
        }
    }
}
