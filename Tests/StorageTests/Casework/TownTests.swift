import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

@Suite struct TownTests {
    /// Plays some weeks; `fault` is planted on the tenth day.
    private func town(
        seed: UInt64, days: Int = 20, breaking fault: PlantedFault? = nil, rules: CaseRules? = nil,
        eachDay: (_ day: Int, SQLCaseStore) throws -> Void = { _, _ in },
        spoiling: (_ day: Int, any Database) throws -> Void = { _, _ in }
    ) throws -> (TownReport, SQLCaseStore) {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        let program = Programs.Program(
            code: "town", name: LocalizedText(zhHans: "镇", en: "town"), utcOffsetSeconds: 28_800)
        _ = try Programs(database: database).create(program, at: Timestamp(milliseconds: 0))
        let store = SQLCaseStore(database: database, program: "town", vault: try TestDatabase.vault(for: database))
        let start = try #require(CivilDate(2026, 1, 5))
        var town = TownSimulation(
            plan: TownPlan(days: days, seed: seed, start: start, wishesPerDay: 2, late: 30),
            rules: try rules ?? SampleRules.rules(), store: store)
        let report = try town.run { day in
            try eachDay(day, store)
            try spoiling(day, database)
            guard day == 9, let fault else { return }
            let isPlanted = try fault.plant(in: database, program: "town")
            #expect(isPlanted)
        }
        return (report, store)
    }

    @Test func aTownKeepsEveryRule() throws {
        let (report, store) = try town(seed: 3, days: 45)
        #expect(report.violations == 0, "\(report.firstViolations)")
        #expect(report.wishes > 20 && report.delivered > 5 && report.declined > 0 && report.lapses > 0)
        for rate in [report.replyRate, report.satisfaction, report.onTime] {
            let rate = try #require(rate)
            #expect((0...1).contains(rate))
        }
        try figuresComeFromTheHistory(store)
    }

    /// Wishes that become more urgent, clocks that are paused and given more time, days off that are announced, families that
    /// are visited: whatever happens, every clock, approval and grade is what the rules give.
    @Test func aTownLivesByItsRulesWhateverChanges() throws {
        let seed: UInt64 = 1
        let (report, store) = try town(seed: seed, days: 24, rules: LivingRules.rules())
        #expect(report.violations == 0, "seed \(seed): \(report.firstViolations)")
        var actions: [Code: Int] = [:]
        try store.blockingRead { transaction in
            try transaction.forEachSealed(after: 0) { _, sealed in
                if let sealed { actions[sealed.entry.action, default: 0] += 1 }
                return true
            }
        }
        let lived: [Code] = [
            "wish/reclassify", "clock/redeal", "approval/reread", "approval/recompute", "clock/recompute",
            "household/grade", "household/visitDue", "clock/pause", "clock/grantExtension", "approval/takeDownNotice",
        ]
        for action in lived { #expect(actions[action, default: 0] > 0, "seed \(seed): \(action) never happened") }
    }

    /// The sums stay what they were: what they are of is another thing than what was approved.
    @Test(arguments: ["wish_line", "offer_line"]) func whatWasNotApprovedIsFound(table: String) throws {
        let (report, _) = try town(
            seed: 3, days: 12, rules: LivingRules.rules(),
            spoiling: { day, database in
                guard day == 10 else { return }
                try database.blockingWrite {
                    _ = try $0.run("UPDATE \(table) SET unit = 'minute' WHERE unit = 'piece'", [])
                }
            })
        #expect(report.violations > 0)
        #expect(
            report.firstViolations.contains { $0.rule == "approval" && $0.detail.contains("approved") },
            "\(report.firstViolations)")
    }

    @Test(arguments: [
        ("UPDATE wish SET urgency = 'critical' WHERE urgency <> 'critical'", "case"),
        ("UPDATE household SET grade = 'red'", "watch"), ("UPDATE household SET visit_due = visit_due + 1", "watch"),
    ])
    func whatNoLongerFollowsTheRulesIsFound(change: String, rule: String) throws {
        let (report, _) = try town(
            seed: 3, days: 12, rules: LivingRules.rules(),
            spoiling: { day, database in
                guard day == 10 else { return }
                try database.blockingWrite { _ = try $0.run(change, []) }
            })
        #expect(report.firstViolations.contains { $0.rule == rule }, "\(report.firstViolations)")
    }

    /// The figures that SQL computes are those of the plain tally over every entry, at any moment.
    private func figuresComeFromTheHistory(_ store: SQLCaseStore) throws {
        try store.blockingRead { transaction in
            var facts: [CaseFact] = []
            try transaction.forEachSealed(after: 0) { _, sealed in
                if let sealed { facts += CaseFact.facts(in: sealed.entry) }
                return true
            }
            let first = try #require(facts.first?.at)
            let last = try #require(facts.last?.at)
            for share in 0...10 {
                let moment = Moment(
                    milliseconds: first.milliseconds + last.milliseconds(since: first) / 10 * Int64(share) + 1)
                var tally = FigureTally(asOf: moment)
                for fact in facts { tally.take(fact) }
                var found: [FigureGroup: Figures] = [:]
                for kind in FigureKind.allCases {
                    found.merge(try transaction.figures(by: kind, asOf: moment, satisfaction: .standard)) { first, _ in
                        first
                    }
                }
                #expect(found == tally.figures(), "as of \(share)/10")
            }
        }
    }

    /// What a server keeps in memory follows what transactions do, and tells the same as the store, of any moment.
    @Test func figuresKeptInMemoryAreThoseOfTheStore() throws {
        let served = ServedFigures()
        var compared = 0
        let (report, store) = try town(seed: 11, days: 40) { day, store in
            guard day % 3 == 0 else { return }
            try store.blockingRead { transaction in
                // A store that does not know what transactions touch would be asked each time, and this would show nothing.
                #expect(transaction.registryVersion != nil)
                let start = ProgramTimeZone.shanghai.moment(on: try #require(CivilDate(2026, 1, 5)))
                for kind in FigureKind.allCases {
                    for back in [0, 2, day / 2] {
                        let moment = start.adding(milliseconds: Int64(day - back) * Moment.day)
                        let kept = try served.figures(
                            by: kind, asOf: moment, satisfaction: .standard, in: transaction)
                        #expect(
                            try kept == transaction.figures(by: kind, asOf: moment, satisfaction: .standard),
                            "\(kind) on day \(day), \(back) days back")
                        compared += kept.count
                    }
                }
            }
        }
        #expect(report.violations == 0 && compared > 100)
        // A second pair of eyes, which reads all at once, agrees with the one that followed.
        try store.blockingRead { transaction in
            let end = Moment(milliseconds: .max / 2)
            for kind in FigureKind.allCases {
                let followed = try served.figures(by: kind, asOf: end, satisfaction: .standard, in: transaction)
                let fresh = try ServedFigures().figures(by: kind, asOf: end, satisfaction: .standard, in: transaction)
                #expect(followed == fresh)
            }
        }
    }

    @Test func theSameSeedGivesTheSameTown() throws {
        let once = try town(seed: 5).0
        #expect(try town(seed: 5).0 == once)
        #expect(try town(seed: 6).0 != once)
    }

    @Test(arguments: PlantedFault.allCases)
    func aPlantedFaultShows(_ fault: PlantedFault) throws {
        let (report, _) = try town(seed: 3, breaking: fault)
        #expect(report.violations > 0)
        #expect(report.firstViolations.contains { $0.rule == fault.rawValue })
    }
}
