/// Who is on which duty, as a store keeps it.
public protocol DutyStoring {
    /// Nil where nobody ever was.
    func dutyLease(_ duty: Duty) throws -> DutyLease?
    /// Puts a lease in the place of the one that was read; false where somebody else was quicker. From here to the end of
    /// the transaction nobody else can replace it.
    func replace(_ standing: DutyLease?, with lease: DutyLease) throws -> Bool
}
