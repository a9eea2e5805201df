public import Casework

/// Rules for tests that read no files: short leases, the standard clocks, one path.
public enum SampleRules {
    public static func rules(paths: [Code: ApprovalPath] = [:]) throws -> CaseRules {
        let rows = ["2026-02-15", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"]
            .compactMap { CivilDate($0) }.map { WorkingCalendar.Row(date: $0, kind: .holiday) }
        func rule(_ kind: ClockKind, _ allowance: Allowance, warn: [Int] = []) throws -> ClockRule {
            ClockRule(kind: kind, terms: try ClockTerms(allowance: allowance, warnHours: warn))
        }
        return CaseRules(
            calendar: try WorkingCalendar(zone: .shanghai, rows: rows),
            clocks: ClockPolicy(rules: [
                try rule(.answer, .hours(24), warn: [4]), try rule(.decision, .workingDays(5)),
                try rule(.delivery, .hours(720), warn: [24]), try rule(.callBack, .workingDays(5)),
                try rule(.papers, .workingDays(10)), try rule(.visit, .workingDays(10)),
            ]),
            leases: try LeaseTerms(answerHours: 48, dispatchHours: 72, renewals: 2), paths: paths,
            duplicates: try DuplicateRules(
                points: [.samePhone: 60, .sameStreet: 10, .sameCategory: 20, .nearInTime: 10, .differentName: -20],
                threshold: 60, windowDays: 30, sharedPhoneFrom: 3),
            watch: WatchRules(
                visits: WatchRules.Visits(green: .workingDays(60), orange: .workingDays(20), red: .workingDays(5)),
                rules: []))
    }
}
