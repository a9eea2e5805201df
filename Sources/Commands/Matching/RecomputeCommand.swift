import ArgumentParser
import Casework
import MatchCore
import Storage

/// `almoner recompute`: adds every stored explanation up again, and with `--deep` judges the listed facts again.
struct RecomputeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("recompute", .recompute) }

    @Flag(help: ArgumentHelp(.recomputeDeep))
    var deep = false

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var explanations: Int
        var differing: Int
        var isDeep: Bool
        var skipped: [String]
        var differences: [Difference]

        struct Difference: Encodable {
            var place: String
            var faults: [String]
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        var record = Record(explanations: 0, differing: 0, isDeep: deep, skipped: [], differences: [])
        var skipped: Set<String> = []
        try store.cases.blockingRead { transaction in
            var plans: [String: ScoringPlan] = [:]
            try RegistryReader(transaction).forEachStored(
                damaged: { place, fault in
                    record.explanations += 1
                    record.differences.append(.init(place: place, faults: [fault]))
                },
                { rank, explanation in
                    record.explanations += 1
                    var faults = explanation.arithmeticFaults()
                    if deep {
                        let plan =
                            try plans[explanation.profile]
                            ?? RecomputeCommand.plan(for: explanation.profile, transaction, session)
                        if let plan {
                            plans[explanation.profile] = plan
                            faults = plan.faults(in: explanation, skipped: &skipped)
                        } else {
                            skipped.insert(explanation.profile)
                        }
                    }
                    if !faults.isEmpty {
                        record.differences.append(
                            .init(
                                place: "\(explanation.wish.handle)/\(explanation.wishLine) #\(rank) "
                                    + "\(explanation.offer.handle)/\(explanation.offerLine)", faults: faults))
                    }
                })
        }
        record.differing = record.differences.count
        record.skipped = skipped.sorted()
        try show(record, in: session)
        return record.differences.isEmpty ? .success : .differences
    }

    /// The revision under which an explanation was made; nil where the store or the program does not have it.
    private static func plan(
        for reference: String, _ transaction: any CaseTransaction, _ session: Session
    ) throws -> ScoringPlan? {
        let parts = reference.split(separator: "@")
        guard parts.count == 2, let revision = Int(parts[1]),
            let profile = try transaction.profile(String(parts[0]), revision: revision)
        else { return nil }
        return try? ScoringPlan(profile, scorers: session.scorers)
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
            ], style: record.differing == 0 ? .good : .fault)
    }
}
