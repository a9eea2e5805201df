import ArgumentParser
import Casework
import MatchCore
import Operations
import Storage

/// `almoner recompute`: adds every stored explanation up again, and with `--deep` judges the listed facts again.
struct RecomputeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("recompute", .recompute) }

    @Flag(help: ArgumentHelp(.recomputeDeep))
    var deep = false

    @Option(help: ArgumentHelp(ProfileWords.madeUnder, value: "profile"))
    var profile: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var explanations: Int
        var differing: Int
        var isDeep: Bool
        var skipped: [String]
        var differences: [Recomputation.Difference]
    }

    func perform(in session: Session) async throws -> ExitStatus {
        if try session.remoteService() != nil {
            let found = try await session.withService { service in
                try await service.call(MatchOperations.verify, VerificationInput(deep: deep, profile: profile))
            }
            let record = Record(
                explanations: found.explanations, differing: found.differing, isDeep: found.isDeep,
                skipped: found.skipped,
                differences: found.differences.map { Recomputation.Difference(place: $0.place, faults: $0.faults) })
            try show(record, in: session)
            return Self.status(of: record)
        }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        var recomputation = Recomputation()
        try store.cases.blockingRead { transaction in
            recomputation = Recomputation()
            try recomputation.run(
                over: transaction,
                under: try profile.map { try ProfileName($0, at: "--profile").kept(in: transaction, at: "--profile") },
                plan: deep ? { try Self.plan(for: $0, transaction, session) } : nil)
        }
        // Suggestions are judged row by row above.
        for fault in try store.integrityFaults(structure: false) where fault.table != "suggestion" {
            recomputation.add(
                Recomputation.Difference(
                    place: MatchWords.table.filled(["name": fault.table ?? ""])[session.language],
                    faults: [fault.message]))
        }
        let record = Record(
            explanations: recomputation.checked, differing: recomputation.differences.count, isDeep: deep,
            skipped: recomputation.skipped.sorted(), differences: recomputation.differences)
        try show(record, in: session)
        return Self.status(of: record)
    }

    /// What was asked for and could not be done is no clean bill.
    private static func status(of record: Record) -> ExitStatus {
        record.differing == 0 && record.skipped.isEmpty ? .success : .differences
    }

    /// The revision under which an explanation was made.
    private static func plan(
        for reference: String, _ transaction: any CaseTransaction, _ session: Session
    ) throws -> Recomputation.PlanFinding {
        do {
            guard let named = ProfileReference(reference),
                let profile = try transaction.profile(named.name, revision: named.revision),
                let plan = try? ScoringPlan(profile.resolved(under: named.scopes).profile, scorers: session.scorers)
            else { return .missing }
            return .found(plan)
        } catch let error as DatabaseError where error.code == .corrupt || error.code == .wrongType {
            return .damaged(error.message)
        }
    }

    private func show(_ record: Record, in session: Session) throws {
        if session.options.json {
            try session.emit(record)
            return
        }
        let language = session.language
        if !record.differences.isEmpty {
            var table = Table([.name(MatchWords.place[language]), .prose(MatchWords.fault[language], least: 30)])
            for difference in record.differences {
                table.add([Table.Cell(difference.place), Table.Cell(difference.faults.joined(separator: "; "), .poor)])
            }
            session.say(table)
        }
        if !record.skipped.isEmpty {
            session.say(MatchWords.skipped, ["list": record.skipped.joined(separator: ", ")], style: .fair)
        }
        session.say(
            MatchWords.recomputed,
            [
                "count": Numbers.grouped(Int64(record.explanations)),
                "faults": Numbers.grouped(Int64(record.differing)),
            ], style: record.differing > 0 ? .fault : record.skipped.isEmpty ? .good : .fair)
        if !record.skipped.isEmpty { session.say(MatchWords.notAllJudged, style: .fault) }
    }
}
