public import MatchCore

/// How large a generated city is, and which one it is.
public struct CityOptions: Sendable, Hashable {
    /// The same seed gives the same files, byte for byte. With more records of a kind the first ones stay as they are,
    /// except that offers spread over all parties.
    public var seed: UInt64
    /// 0 or more.
    public var wishes: Int
    /// 0 or more; at least 1 where there are offers.
    public var parties: Int
    /// 0 or more.
    public var offers: Int
    /// The day that counts as today: requests and offers lie before it, windows around it.
    public var today: Day

    /// - Parameters:
    ///   - offers: nil stands for five offers for every three parties.
    ///   - today: nil stands for 2026-11-01. The wall clock has no say.
    public init(seed: UInt64, wishes: Int, parties: Int, offers: Int? = nil, today: Day? = nil) {
        self.seed = seed
        self.wishes = wishes
        self.parties = parties
        self.offers = offers ?? (parties * 5 + 2) / 3
        self.today = today ?? Day(number: 20_758)
    }
}
