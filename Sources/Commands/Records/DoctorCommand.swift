import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner doctor`: looks at everything a matching rests on, and says what is wrong and what to do.
struct DoctorCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("doctor", .doctor, isLocal: true) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Check: Encodable {
        var name: String
        var isFine: Bool
        var detail: String
    }

    func perform(in session: Session) throws -> ExitStatus {
        var opened: Store?
        let databaseCheck = check(.database, session) {
            opened = try Store.open(session, forWriting: false)
            return LocalizedText(same: session.databaseName)
        }
        defer { opened?.close() }
        // The day it is for the program; without a database, for a new one.
        let offset = opened?.program.utcOffsetSeconds ?? Programs.Program.defaultUTCOffsetSeconds
        let today = session.now.day(utcOffsetSeconds: offset)
        let checks = data(session, today: today) + [databaseCheck] + (opened.map { database(session, $0) } ?? [])
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

    private func data(_ session: Session, today: Day) -> [Check] {
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

    /// How far a host's clock may be from the database's, in milliseconds.
    private static let clockTolerance: Int64 = 2_000

    private func server(_ session: Session, _ database: PostgreSQLDatabase) -> Check {
        check(.server, session) {
            let advice = try database.advice()
            let distance = try ServiceTime().distance(from: database)
            let values = [
                "version": "\(advice.version / 10_000).\(advice.version % 10_000)", "places": "\(advice.places)",
                "ours": "\(advice.ours)", "nodes": "\(advice.nodes)", "needed": "\(advice.needed)",
                "milliseconds": "\(distance.milliseconds)", "error": "\(distance.error)",
                "standbys": advice.synchronousStandbys.map { "\($0)" } ?? "–",
            ]
            var faults = advice.findings.map { finding -> DoctorWords in
                switch finding {
                case .noFsync: .noFsync
                case .noFullPageWrites: .noFullPageWrites
                case .asynchronousReplication: .asynchronousReplication
                case .noSynchronousStandby: .noSynchronousStandby
                case .replicationUnseen: .replicationUnseen
                case .fewConnections: .fewConnections
                case .oldLibrary: .oldLibrary
                }
            }
            // What a slow line may have added is no fault of a clock.
            if abs(distance.milliseconds) - distance.error > Self.clockTolerance { faults.append(.clockApart) }
            guard faults.isEmpty else {
                let texts = faults.map { $0.filled(values) }
                throw CommandError(
                    .differences,
                    LocalizedText(
                        zhHans: texts.map(\.zhHans).joined(separator: " "), en: texts.map(\.en).joined(separator: " ")))
            }
            return DoctorWords.serverDetail.filled(values)
        }
    }

    /// How many sealed fields are opened at most: some seconds of work.
    private static let mostSealedFields = 20_000

    /// Opens what is sealed: a field that was carried over from another row, or changed, says so by that alone.
    private func sealedFields(_ session: Session, _ store: Store) -> Check {
        check(.sealedFields, session) {
            let seed = UInt64(bitPattern: session.now.milliseconds)
            let found = try SealedFields(
                database: store.database, store: store.cases, program: store.program.code
            ).look(most: Self.mostSealedFields, seed: seed)
            var values = [
                "count": Numbers.grouped(Int64(found.opened)), "all": Numbers.grouped(Int64(found.all)),
                "seed": "\(seed)", "faults": Numbers.grouped(Int64(found.faults)),
            ]
            if let first = found.first {
                values["column"] = first.column
                values["row"] = first.row
                let text = DoctorWords.sealedFaults.filled(values)
                throw CommandError(
                    .differences,
                    LocalizedText(
                        zhHans: text.zhHans.filled(["text": first.text.zhHans]),
                        en: text.en.filled(["text": first.text.en])))
            }
            return (found.opened < found.all ? DoctorWords.sealedSample : .sealedFine).filled(values)
        }
    }

    private func database(_ session: Session, _ store: Store) -> [Check] {
        var checks: [Check] = []
        checks.append(
            check(.records, session) {
                try store.cases.blockingRead { transaction in
                    let counts = try RecordKind.allCases.map { Numbers.grouped(Int64(try transaction.count(of: $0))) }
                    return DoctorWords.recordsDetail.filled([
                        "parties": counts[0], "offers": counts[1], "wishes": counts[2],
                    ])
                }
            })
        if let server = store.database as? PostgreSQLDatabase { checks.append(self.server(session, server)) }
        checks.append(
            check(.keyStore, session) {
                let address = try session.keyStore()
                let count = try store.cases.vault.counts().values.reduce(0, +)
                var words = DoctorWords.keyStoreDetail
                if case .file = address, store.database is PostgreSQLDatabase { words = .keyStoreOneMachine }
                return words.filled(["store": address.description, "count": Numbers.grouped(Int64(count))])
            })
        checks.append(sealedFields(session, store))
        checks.append(
            check(.integrity, session) {
                let faults = try store.integrityFaults(structure: true)
                guard faults.isEmpty else {
                    let list = faults.map { fault in (fault.table.map { "\($0): " } ?? "") + fault.message }
                    throw CommandError(
                        .differences, DoctorWords.integrityFaults.filled(["list": list.joined(separator: "; ")]))
                }
                return DoctorWords.integrityFine.text
            })
        checks.append(
            check(.history, session) {
                try store.cases.blockingRead { transaction in
                    var told = ToldStates()
                    if let fault = try Audit.verify(transaction, reading: { told.take($0) }) {
                        throw CommandError(.differences, CaseWords.broken.filled(["fault": fault.text.en]))
                    }
                    if let first = try told.differences(in: transaction, limit: 1).first {
                        throw CommandError(.differences, first.text)
                    }
                    return DoctorWords.historyDetail.filled([
                        "count": Numbers.grouped(try transaction.chainHead().number)
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
