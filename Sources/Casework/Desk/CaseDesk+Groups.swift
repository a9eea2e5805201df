internal import MatchCore

extension CaseDesk {
    /// Keeps the groups that follow from a household's file as it stands; where they are those that are kept, nothing is
    /// written. They are matched by beside what a wish states.
    func derive(groupsOf household: Household) throws {
        guard let book = rules.groups else { return }
        // Also where the step was made days before it is entered: matching is of today.
        let groups = book.derived(from: household, asOf: max(now, clock), zone: rules.calendar.zone)
        guard try store.derivedGroups(of: household.id) != groups else { return }
        try store.save(groups, of: household.id)
    }

    /// Derives the groups of the files for which a year has turned, or that were derived by another list, each once; returns
    /// how many files were looked at.
    func deriveGroups(limit: Int) throws -> Int {
        guard let book = rules.groups else { return 0 }
        let due = try store.householdsToDerive(by: book.fingerprint, at: now, limit: limit)
        for id in due {
            guard let (household, _) = try store.household(id) else { continue }
            try derive(groupsOf: household)
        }
        return due.count
    }
}
