import Casework
import Exchange
import MatchCore

extension Session {
    /// The rules of casework: the calendar that was loaded into the store, else that of the data directory.
    func caseRules(_ loaded: WorkingCalendar? = nil) throws -> CaseRules {
        try dataDirectory().caseRules(loaded, program: Code(options.program))
    }
}

extension DataDirectory {
    /// The rules of casework for a program, with the calendar that was loaded into its store, else the directory's own.
    func caseRules(_ loaded: WorkingCalendar?, program: Code?) throws -> CaseRules {
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
        let reasons = try rules(ReasonBook.self, in: "casework/reasons.yaml")
        try reasons.check()
        let circumstances = try rules(CircumstanceBook.self, in: "casework/circumstances.yaml")
        try circumstances.check(against: watch)
        let hasRounds = ruleNames(in: "households").contains("rounds")
        let rounds = hasRounds ? try rules(HouseholdRounds.self, in: "households/rounds.yaml") : nil
        return CaseRules(
            calendar: try loaded ?? WorkingCalendar(zone: zone, rows: rows),
            clocks: try rules(ClockPolicy.self, in: "clocks/standard.yaml"),
            leases: try rules(LeaseTerms.self, in: "leases/standard.yaml"), paths: paths,
            duplicates: try rules(DuplicateRules.self, in: "households/duplicates.yaml"), watch: watch,
            onePerRound: program.map { rounds?.oneOpenWish.contains($0) ?? false } ?? false,
            pledges: ruleNames(in: "pledges").contains("standard")
                ? try rules(PledgeRules.self, in: "pledges/standard.yaml") : .careful,
            reasons: reasons, circumstances: circumstances,
            enterWithinDays: try rules(CaseTiming.self, in: "casework/timing.yaml").enterWithinDays)
    }

    /// Proposes classifications by the catalogue and `Data/intake/words.yaml`.
    func proposer() throws -> WishProposer {
        let words = try rules(IntakeWords.self, in: "intake/words.yaml")
        try words.check()
        return try WishProposer(categories: categories(), words: words)
    }
}

/// `Data/casework/timing.yaml`: how many days ago something may have begun that is entered today.
struct CaseTiming: Decodable {
    var enterWithinDays: Int
}

/// `Data/households/rounds.yaml`: the programs in which a household may have one open wish in a round.
struct HouseholdRounds: Decodable {
    var oneOpenWish: [Code]
}
