/// One generated offer: bits of skills (31) and languages (7 in use), trust and fatigue 0…1, `preference` 0…8 (8: any).
public struct RankOffer: Sendable {
    public var id: Int
    /// 0…95; the top group is leaf ÷ 8.
    public var leaf: Int
    public var latitude: Double
    public var longitude: Double
    public var available: Int64
    public var firstDay: Int32
    public var lastDay: Int32
    public var skills: UInt32
    public var languages: UInt32
    public var trust: Double
    public var fatigue: Double
    public var preference: Int
}

/// One generated wish.
public struct RankWish: Sendable {
    public var leaf: Int
    public var latitude: Double
    public var longitude: Double
    public var wanted: Int64
    public var firstDay: Int32
    public var lastDay: Int32
    public var skills: UInt32
    public var languages: UInt32
    /// 0…7.
    public var group: Int
}
