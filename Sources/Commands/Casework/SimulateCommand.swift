import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner simulate`: a town for a year, in memory.
struct SimulateCommand: LocalCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("simulate", CaseWords.simulate, isLocal: true)
    }

    @Option(help: ArgumentHelp(CaseWords.daysHelp, value: "count"))
    var days = 365

    @Option(help: ArgumentHelp(CaseWords.seedHelp, value: "number"))
    var seed: UInt64 = 1

    @Option(name: .customLong("break"), help: ArgumentHelp(CaseWords.breakHelp, value: "what"))
    var fault: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let planted = try fault.map { name in
            guard let fault = PlantedFault(rawValue: name) else {
                let known = PlantedFault.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError(.usage, OfficeWords.badChoice.filled(["value": name, "known": known]))
            }
            return fault
        }
        guard (1...3_660).contains(days) else {
            throw CommandError(.usage, CaseWords.noDays.filled(["days": "\(days)"]))
        }
        let rules = try session.caseRules()
        let progress = session.progress(CaseWords.simulate, total: Int64(days))
        var isPlanted = false
        let report = try play(days, by: rules) { day, spoil in
            progress.update(Int64(day + 1))
            guard let planted, !isPlanted, day >= min(days / 2, 40) else { return }
            isPlanted = try spoil(planted)
        }
        progress.finish()
        if let planted, !isPlanted {
            let least = try leastDays(for: planted, by: rules)
            throw CommandError(
                .usage,
                CaseWords.nothingToBreak.filled(["days": "\(days)", "what": planted.rawValue, "least": "\(least)"]))
        }
        try show(report, in: session)
        return report.violations == 0 ? .success : .differences
    }

    /// Plays a town of its own.
    ///
    /// - Parameter dayEnded: called after each day, with what plants a fault in the town; false where there is nothing to
    ///   spoil yet.
    private func play(
        _ days: Int, by rules: CaseRules, dayEnded: (Int, (PlantedFault) throws -> Bool) throws -> Void
    ) throws -> TownReport {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        let program = "simulation"
        _ = try Programs(database: database).create(
            Programs.Program(
                code: program, name: LocalizedText(zhHans: "推演", en: "Simulation")),
            at: Timestamp(milliseconds: 0))
        var town = TownSimulation(
            plan: TownPlan(days: days, seed: seed, start: CivilDate(2026, 1, 1) ?? CivilDate(dayNumber: 0)),
            rules: rules,
            store: SQLCaseStore(database: database, program: program))
        return try town.run { day in try dayEnded(day) { try $0.plant(in: database, program: program) } }
    }

    /// After how many days of this town there is something to spoil.
    private func leastDays(for fault: PlantedFault, by rules: CaseRules) throws -> Int {
        struct Found: Error { let days: Int }
        do {
            _ = try play(366, by: rules) { day, spoil in if try spoil(fault) { throw Found(days: day + 1) } }
            return 366
        } catch let found as Found { return found.days }
    }

    private func show(_ report: TownReport, in session: Session) throws {
        if session.options.json { return try session.emit(report) }
        func percent(_ rate: Double?) -> String {
            rate.map { "\((Int(($0 * 1_000).rounded())) / 10).\(Int(($0 * 1_000).rounded()) % 10) %" } ?? "–"
        }
        func days(_ days: Double?) -> String { days.map { "\(($0 * 10).rounded() / 10)" } ?? "–" }
        let isChinese = session.language == .zhHans
        func label(_ zhHans: String, _ en: String) -> String { isChinese ? zhHans : en }
        session.say(
            FactSheet([
                (label("心愿", "wishes"), "\(report.wishes)"), (label("办结", "closed"), "\(report.closed)"),
                (label("终止", "ended"), "\(report.ended)"), (label("重新打开", "opened again"), "\(report.reopened)"),
                (label("认领", "claims"), "\(report.claims)"), (label("婉拒", "declined"), "\(report.declined)"),
                (label("租期届满", "leases ended"), "\(report.expired)"),
                (label("送达确认", "confirmed"), "\(report.delivered)"),
                (label("提醒", "warnings"), "\(report.warnings)"), (label("超时", "lapses"), "\(report.lapses)"),
                (label("升级", "raised"), "\(report.raises)"), (label("公开督办", "listed"), "\(report.listings)"),
                (label("答复率", "reply rate"), percent(report.replyRate)),
                (label("按时答复", "replied on time"), percent(report.repliedOnTime)),
                (label("按时办结", "on time"), percent(report.onTime)),
                (label("满意率", "satisfaction"), percent(report.satisfaction)),
                (label("中位天数", "median days"), days(report.medianDays)),
                (label("95% 天数", "95 % within days"), days(report.days95)),
                (label("步骤", "steps"), "\(report.steps)"),
                (label("历史记录", "history entries"), "\(report.historyEntries)"),
                (label("违反规则", "violations"), "\(report.violations)"),
            ]))
        for violation in report.firstViolations {
            session.say("\(CaseTime.text(violation.at))  \(violation.rule): \(violation.detail)", style: .fault)
        }
    }
}
