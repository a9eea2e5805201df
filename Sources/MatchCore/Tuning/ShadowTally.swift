/// Counts what a draft in the shadow would have shown otherwise than the published profile did.
public struct ShadowTally: Sendable, Hashable {
    public private(set) var lists = 0
    /// Lists whose first candidate is another one.
    public private(set) var otherFirst = 0
    /// Lists whose order differs at all.
    public private(set) var otherOrder = 0
    /// Pairs of candidates that stand the other way round, of all pairs.
    public private(set) var swappedPairs = 0
    public private(set) var pairs = 0
    /// Lists with a choice: how often the chosen stands higher, and lower, in the shadow.
    public private(set) var chosenHigher = 0
    public private(set) var chosenLower = 0

    public init() {}

    /// Adds one list: the candidates' places under both profiles, best first.
    public mutating func add(_ decision: Decision, published: [Int], draft: [Int]) {
        lists += 1
        if published.first != draft.first { otherFirst += 1 }
        if published != draft { otherOrder += 1 }
        var place = Array(repeating: 0, count: draft.count)
        for (index, candidate) in draft.enumerated() { place[candidate] = index }
        var oldPlace = place
        for (index, candidate) in published.enumerated() { oldPlace[candidate] = index }
        for first in published.indices {
            for second in published.indices where second > first {
                pairs += 1
                if place[published[first]] > place[published[second]] { swappedPairs += 1 }
            }
        }
        let chosen = decision.candidates.indices.filter { decision.candidates[$0].fate.wasChosen }
        guard let old = chosen.map({ oldPlace[$0] }).min(), let new = chosen.map({ place[$0] }).min() else { return }
        if new < old { chosenHigher += 1 }
        if new > old { chosenLower += 1 }
    }
}
