/// For how long a claim may hold its quantity before something happens.
public struct LeaseTerms: Hashable, Sendable, Codable {
    /// Hours a proposal waits for its answer.
    public let answerHours: Int
    /// Hours from the acceptance until the goods set off.
    public let dispatchHours: Int
    /// How often one lease can be renewed.
    public let renewals: Int

    /// Throws `malformed` when a duration is not 1 to 8,760 hours or the renewals are not 0 to 20.
    public init(answerHours: Int, dispatchHours: Int, renewals: Int) throws {
        guard (1...8_760).contains(answerHours), (1...8_760).contains(dispatchHours), (0...20).contains(renewals)
        else {
            throw CaseworkError(
                .malformed, "A lease takes 1 to 8,760 hours and 0 to 20 renewals.",
                zhHans: "租期应为 1 至 8760 小时，续期次数应为 0 至 20。")
        }
        self.answerHours = answerHours
        self.dispatchHours = dispatchHours
        self.renewals = renewals
    }
}

/// The right of a claim to its quantity, until a moment.
///
/// At `end` it is over, whether or not the runner has come by: no one can accept, renew or dispatch on it any more.
public struct Lease: Hashable, Sendable, Codable {
    public let end: Moment
    /// How often it has been renewed.
    public let renewals: Int

    public init(end: Moment, renewals: Int = 0) {
        self.end = end
        self.renewals = renewals
    }

    public func isOver(at moment: Moment) -> Bool { moment >= end }
}
