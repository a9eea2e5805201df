import Casework
import Exchange
import MatchCore

extension Session {
    /// The rules of casework: the calendar that was loaded into the store, else that of the data directory.
    func caseRules(_ loaded: WorkingCalendar? = nil) throws -> CaseRules {
        let directory = try dataDirectory()
        let zone = ProgramTimeZone.shanghai
        let rows = try directory.calendar().map { day in
            WorkingCalendar.Row(
                date: CivilDate(dayNumber: Int(day.day.number)), kind: day.kind == .holiday ? .holiday : .workday)
        }
        var paths: [Code: ApprovalPath] = [:]
        for name in directory.ruleNames(in: "paths") {
            let path = try directory.rules(ApprovalPath.self, in: "paths/\(name).yaml")
            try path.check()
            paths[path.id] = path
        }
        let watch = try directory.rules(WatchRules.self, in: "watch/standard.yaml")
        try watch.check()
        let hasRounds = directory.ruleNames(in: "households").contains("rounds")
        let rounds = hasRounds ? try directory.rules(HouseholdRounds.self, in: "households/rounds.yaml") : nil
        let program = Code(options.program)
        return CaseRules(
            calendar: try loaded ?? WorkingCalendar(zone: zone, rows: rows),
            clocks: try directory.rules(ClockPolicy.self, in: "clocks/standard.yaml"),
            leases: try directory.rules(LeaseTerms.self, in: "leases/standard.yaml"), paths: paths,
            duplicates: try directory.rules(DuplicateRules.self, in: "households/duplicates.yaml"), watch: watch,
            onePerRound: program.map { rounds?.oneOpenWish.contains($0) ?? false } ?? false)
    }

    /// Proposes classifications by the catalogue and `Data/intake/words.yaml`.
    func proposer() throws -> WishProposer {
        let directory = try dataDirectory()
        let words = try directory.rules(IntakeWords.self, in: "intake/words.yaml")
        try words.check()
        return try WishProposer(categories: directory.categories(), words: words)
    }

    /// A desk that looks and changes nothing.
    func readingDesk(_ transaction: any CaseTransaction, _ rules: CaseRules) -> CaseDesk {
        CaseDesk(
            rules: rules, store: transaction, actor: .system, now: Moment(milliseconds: now.milliseconds),
            newID: { RecordID(high: 0, low: 0) })
    }
}

/// `Data/households/rounds.yaml`: the programs in which a household may have one open wish in a round.
struct HouseholdRounds: Decodable {
    var oneOpenWish: [Code]
}
