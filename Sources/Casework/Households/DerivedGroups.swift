/// The groups that follow from a household's file, for all its wishes.
public struct DerivedGroups: Hashable, Sendable {
    /// In the order of the declared list.
    public let codes: [Code]
    /// Of the list by which they were derived; see ``GroupBook/fingerprint``.
    public let fingerprint: String
    /// When they are to be derived anew although nothing happens, because a year turns; nil for never.
    public let until: Moment?

    public init(_ codes: [Code], by fingerprint: String, until: Moment?) {
        self.codes = codes
        self.fingerprint = fingerprint
        self.until = until
    }
}

extension GroupBook {
    /// The groups that follow from a file as it stands at a moment.
    ///
    /// Ages go by the year of birth, so that they hold until the next year begins in the program's zone.
    public func derived(from household: Household, asOf moment: Moment, zone: ProgramTimeZone) -> DerivedGroups {
        // No rule looks at clocks or calls.
        let facts = HouseholdFacts(household, asOf: moment, zone: zone, overdueClocks: 0, unansweredCalls: 0)
        let newYear = CivilDate(zone.date(at: moment).year + 1, 1, 1).map { zone.moment(on: $0) }
        return DerivedGroups(groups(of: facts), by: fingerprint, until: facts.ages.isEmpty ? nil : newYear)
    }
}
