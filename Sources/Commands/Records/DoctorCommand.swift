import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner doctor`: looks at everything a matching rests on, and says what is wrong and what to do.
struct DoctorCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("doctor", .doctor) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Check: Encodable {
        var name: String
        var isFine: Bool
        var detail: String
    }

    func perform(in session: Session) throws -> ExitStatus {
        let checks = data(session) + database(session)
        if session.options.json {
            for check in checks { try session.emitLine(check) }
        } else {
            for check in checks {
                let mark = check.isFine ? session.styled("✓", .good) : session.styled("✗", .fault)
                session.say("\(mark) \(check.name)  \(PrintableText.clean(check.detail))")
            }
        }
        return checks.allSatisfy(\.isFine) ? .success : .differences
    }

    private func check(_ words: DoctorWords, _ session: Session, _ work: () throws -> LocalizedText) -> Check {
        let language = session.language
        do {
            return Check(name: words[language], isFine: true, detail: try work()[language])
        } catch {
            let fault = CommandError(presenting: error)
            let parts = [fault.message[language], fault.place, fault.advice?[language]].compactMap { $0 }
            return Check(name: words[language], isFine: false, detail: parts.joined(separator: " "))
        }
    }

    private func data(_ session: Session) -> [Check] {
        [
            check(.areas, session) {
                let directory = try session.dataDirectory()
                return DoctorWords.areasDetail.filled([
                    "path": directory.path, "count": Numbers.grouped(Int64(try directory.areas().tree.count)),
                ])
            },
            check(.categories, session) {
                let count = try session.dataDirectory().categories().tree.count
                return DoctorWords.categoriesDetail.filled(["count": Numbers.grouped(Int64(count))])
            },
            check(.calendar, session) {
                let days = try session.dataDirectory().calendar()
                guard let last = days.last?.day else { throw CommandError(.refused, DoctorWords.noCalendar.text) }
                let today = session.now.day(utcOffsetSeconds: 28_800)
                // A year's file ends with its last holiday, which is in autumn.
                guard last.parts.year >= today.parts.year else {
                    throw CommandError(.refused, DoctorWords.calendarEnds.filled(["day": "\(last)"]))
                }
                return DoctorWords.calendarDetail.filled(["count": "\(days.count)", "day": "\(last)"])
            },
            check(.profile, session) {
                let plan = try ScoringPlan(try session.profile(named: "default"), scorers: session.scorers)
                return DoctorWords.profileDetail.filled(["count": "\(plan.steps.count)"])
            },
        ]
    }

    private func database(_ session: Session) -> [Check] {
        var checks: [Check] = []
        var opened: Store?
        checks.append(
            check(.database, session) {
                let store = try Store.open(session, forWriting: false)
                opened = store
                return LocalizedText(same: session.databaseURL)
            })
        guard let store = opened else { return checks }
        defer { store.close() }
        checks.append(
            check(.records, session) {
                try store.cases.blockingRead { transaction in
                    let counts = try RecordKind.allCases.map { Numbers.grouped(Int64(try transaction.count(of: $0))) }
                    return DoctorWords.recordsDetail.filled([
                        "parties": counts[0], "offers": counts[1], "wishes": counts[2],
                    ])
                }
            })
        checks.append(
            check(.explanations, session) {
                var count: Int64 = 0
                var faults: [String] = []
                try store.cases.blockingRead { transaction in
                    try RegistryReader(transaction).forEachStored(
                        damaged: { place, _ in
                            count += 1
                            faults.append(place)
                        }
                    ) { _, explanation in
                        count += 1
                        if !explanation.arithmeticFaults().isEmpty { faults.append(explanation.wish.handle) }
                    }
                }
                guard faults.isEmpty else {
                    throw CommandError(
                        .differences, DoctorWords.explanationsDiffer.filled(["count": "\(faults.count)"]))
                }
                return DoctorWords.explanationsDetail.filled(["count": Numbers.grouped(count)])
            })
        return checks
    }
}
