public import MatchCore

/// What a program takes for satisfied, of 1 to 5 stars: declared in `Data/casework/satisfaction.yaml` and used wherever
/// ratings are looked at.
public struct SatisfactionRule: Hashable, Sendable, Codable {
    /// What a rating says.
    public typealias Verdict = Satisfaction

    /// The fewest stars of somebody who is satisfied.
    public let satisfiedFrom: Int
    /// The most stars of somebody who is not, and has the wish opened again.
    public let unsatisfiedUpTo: Int

    /// Throws `malformed` unless 1 ≤ unsatisfiedUpTo < satisfiedFrom ≤ 5.
    public init(satisfiedFrom: Int, unsatisfiedUpTo: Int) throws {
        guard unsatisfiedUpTo >= 1, unsatisfiedUpTo < satisfiedFrom, satisfiedFrom <= 5 else {
            throw CaseworkError(
                .malformed,
                "Satisfied from \(satisfiedFrom) stars and unsatisfied up to \(unsatisfiedUpTo) do not fit 1 to 5. "
                    + "Correct satisfaction.yaml.",
                zhHans: "满意自 \(satisfiedFrom) 分起、不满意至 \(unsatisfiedUpTo) 分止，与 1 至 5 分不符。请修改 satisfaction.yaml。")
        }
        self.init(from: satisfiedFrom, upTo: unsatisfiedUpTo)
    }

    private init(from satisfied: Int, upTo unsatisfied: Int) {
        satisfiedFrom = satisfied
        unsatisfiedUpTo = unsatisfied
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            satisfiedFrom: try container.decode(Int.self, forKey: .satisfiedFrom),
            unsatisfiedUpTo: try container.decode(Int.self, forKey: .unsatisfiedUpTo))
    }

    /// 4 and 5 are satisfied, 1 and 2 are not.
    public static let standard = SatisfactionRule(from: 4, upTo: 2)

    public func verdict(_ stars: Int) -> Verdict {
        stars >= satisfiedFrom ? .satisfied : stars <= unsatisfiedUpTo ? .unsatisfied : .undecided
    }

    /// What a rating says where the person says it in words as well: that decides where the stars do not.
    ///
    /// Throws `malformed` where the stars say the opposite.
    func verdict(_ stars: Int, isSatisfied: Bool?) throws -> Verdict {
        let verdict = verdict(stars)
        guard let isSatisfied else { return verdict }
        let said: Verdict = isSatisfied ? .satisfied : .unsatisfied
        guard verdict == .undecided || verdict == said else {
            throw CaseworkError(
                .malformed,
                "\(stars) stars mean \(verdict.rawValue), and the opposite is said beside them. Ask the person again.",
                zhHans: "评分 \(stars) 与所填的是否满意相矛盾。请再向申请人核实。")
        }
        return said
    }
}
