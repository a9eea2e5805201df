import Casework
import Exchange
import MatchCore

extension Session {
    /// The rules of casework: the calendar that was loaded into the store, else that of the data directory.
    func caseRules(_ loaded: WorkingCalendar? = nil) throws -> CaseRules { try dataDirectory().caseRules(loaded) }
}

extension DataDirectory {
    /// The rules of casework, with the calendar that was loaded into the store, else the directory's own.
    func caseRules(_ loaded: WorkingCalendar?) throws -> CaseRules {
        let zone = ProgramTimeZone.shanghai
        let rows = try calendar().map { day in
            WorkingCalendar.Row(
                date: CivilDate(dayNumber: Int(day.day.number)), kind: day.kind == .holiday ? .holiday : .workday)
        }
        var paths: [Code: ApprovalPath] = [:]
        for name in ruleNames(in: "paths") {
            let path = try rules(ApprovalPath.self, in: "paths/\(name).yaml")
            try path.check()
            paths[path.id] = path
        }
        let watch = try rules(WatchRules.self, in: "watch/standard.yaml")
        try watch.check()
        return CaseRules(
            calendar: try loaded ?? WorkingCalendar(zone: zone, rows: rows),
            clocks: try rules(ClockPolicy.self, in: "clocks/standard.yaml"),
            leases: try rules(LeaseTerms.self, in: "leases/standard.yaml"), paths: paths,
            duplicates: try rules(DuplicateRules.self, in: "households/duplicates.yaml"), watch: watch)
    }
}
