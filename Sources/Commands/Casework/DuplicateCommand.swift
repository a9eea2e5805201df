import ArgumentParser
import Casework
import Exchange
import MatchCore
import Storage

/// `almoner duplicate`: requests that may be one. They are warned of, and nothing is blocked.
struct DuplicateCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "duplicate", CaseWords.duplicate,
            subcommands: [
                DuplicateListCommand.self, DuplicateShowCommand.self, DuplicateJoinCommand.self,
                DuplicateApartCommand.self, DuplicateJudgeCommand.self,
            ])
    }
}

/// Clusters and pairs, for people and for scripts.
private struct ClusterPage {
    let session: Session
    let categories: CategoryTree
    /// What people call each wish.
    let handles: [RecordID: String]

    struct Pair: Encodable {
        var first: String
        var second: String
        var points: Int
        var why: String
    }

    struct Cluster: Encodable {
        var members: [Member]
        var isConfirmed: Bool
        var pairs: [Pair]

        struct Member: Encodable {
            var id: String
            var name: String
        }
    }

    init(_ session: Session, _ transaction: any CaseTransaction, _ wishes: [RecordID]) throws {
        self.session = session
        categories = try session.dataDirectory().categories()
        let reader = RegistryReader(transaction)
        var handles: [RecordID: String] = [:]
        for wish in Set(wishes) { handles[wish] = try reader.wish(wish)?.key.handle }
        self.handles = handles
    }

    func pair(_ found: DuplicatePair) -> Pair {
        Pair(
            first: "\(found.pair.first)", second: "\(found.pair.second)", points: found.points,
            why: found.explanation { categories[$0.text]?.name }[session.language])
    }

    func name(_ id: RecordID) -> String { handles[id] ?? "\(id)" }

    func show(_ cluster: DuplicateCluster) throws {
        if session.options.json {
            return try session.emitLine(
                Cluster(
                    members: cluster.members.map { Cluster.Member(id: "\($0)", name: name($0)) },
                    isConfirmed: cluster.isConfirmed, pairs: cluster.pairs.map(pair)))
        }
        let words = cluster.isConfirmed ? OfficeWords.confirmedCluster : .cluster
        session.say(
            "\(cluster.members.map(name).joined(separator: ", "))  "
                + words.filled(["count": "\(cluster.members.count)"])[session.language])
        cluster.pairs.forEach(show)
    }

    func show(_ found: DuplicatePair) {
        let pair = pair(found)
        session.sayProse(
            "\(pair.points)  \(name(found.pair.first)) – \(name(found.pair.second)): \(pair.why)", indent: 2)
    }
}

struct DuplicateListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.duplicateList) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String?
    @Option(help: ArgumentHelp(OfficeWords.fromHelp, value: "time")) var from: String?
    @Option(help: ArgumentHelp(OfficeWords.untilHelp, value: "time")) var until: String?
    @Option(help: ArgumentHelp(.limit, value: "count")) var limit = 100
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    /// More requests than this are compared in stretches of time.
    private static let greatestComparison = 500_000

    func perform(in session: Session) throws -> ExitStatus {
        let rules = try session.caseRules()
        let window = try CaseTime.window(from, until)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        try store.cases.blockingRead { transaction in
            let desk = session.readingDesk(transaction, rules)
            guard let wish else { return try clusters(desk, window, session) }
            let pairs = try desk.duplicates(of: RecordNames(transaction: transaction, kind: .wish).id(named: wish))
            let page = try ClusterPage(session, transaction, pairs.flatMap { [$0.pair.first, $0.pair.second] })
            for pair in pairs {
                if session.options.json { try session.emitLine(page.pair(pair)) } else { page.show(pair) }
            }
            if pairs.isEmpty { session.note(OfficeWords.alone.text) }
        }
        return .success
    }

    private func clusters(_ desk: CaseDesk, _ window: ClosedRange<Moment>, _ session: Session) throws {
        let found = try desk.clusters(receivedIn: window, limit: Self.greatestComparison)
        // The surest first, so that a short list shows what matters most.
        let sorted = found.sorted {
            ($1.pairs.first?.points ?? 0, $0.members[0]) < ($0.pairs.first?.points ?? 0, $1.members[0])
        }.prefix(limit == 0 ? Int.max : limit)
        let page = try ClusterPage(session, desk.store, sorted.flatMap(\.members))
        for cluster in sorted { try page.show(cluster) }
        session.note(found.isEmpty ? OfficeWords.noClusters.text : CaseWords.found.filled(["count": "\(found.count)"]))
    }
}

struct DuplicateShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", OfficeWords.duplicateShow) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let rules = try session.caseRules()
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        try store.cases.blockingRead { transaction in
            let id = try RecordNames(transaction: transaction, kind: .wish).id(named: wish)
            guard let cluster = try session.readingDesk(transaction, rules).cluster(of: id) else {
                return session.note(OfficeWords.alone.text)
            }
            try ClusterPage(session, transaction, cluster.members).show(cluster)
        }
        return .success
    }
}

/// A judgement on requests, pair by pair.
private protocol DuplicateVerdictCommand: SessionCommand {
    var wish: String { get }
    var others: [String] { get }
    var options: CaseOptions { get }
    static var verdict: DuplicateBook.Verdict { get }
}

extension DuplicateVerdictCommand {
    func perform(in session: Session) throws -> ExitStatus {
        let count = try options.perform(in: session) { desk, reason in
            guard let reason else { throw CommandError(.usage, OfficeWords.needReason.text) }
            let names = RecordNames(transaction: desk.store, kind: .wish)
            let ids = try ([wish] + others).map { try names.id(named: $0) }
            var count = 0
            for (place, one) in ids.enumerated() {
                for other in ids[(place + 1)...] {
                    try desk.judge(RecordPair(one, other), Self.verdict, reason: reason)
                    count += 1
                }
            }
            return count
        }
        session.note(OfficeWords.judged.filled(["count": "\(count)"]))
        return .success
    }
}

struct DuplicateJoinCommand: DuplicateVerdictCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("join", OfficeWords.duplicateJoin) }
    static var verdict: DuplicateBook.Verdict { .same }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(OfficeWords.othersHelp, value: "others")) var others: [String]
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
}

struct DuplicateApartCommand: DuplicateVerdictCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("apart", OfficeWords.duplicateApart) }
    static var verdict: DuplicateBook.Verdict { .different }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(OfficeWords.othersHelp, value: "others")) var others: [String]
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
}

struct DuplicateJudgeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("judge", CaseWords.duplicateJudge) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(.wishName, value: "other")) var other: String
    @Argument(help: ArgumentHelp(CaseWords.verdictHelp, value: "verdict")) var verdict: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        guard let verdict = DuplicateBook.Verdict(rawValue: verdict) else {
            throw CommandError(.usage, CaseWords.verdictHelp.text)
        }
        try options.perform(in: session) { desk, reason in
            let names = RecordNames(transaction: desk.store, kind: .wish)
            try desk.judge(
                RecordPair(names.id(named: wish), names.id(named: other)), verdict, reason: reason)
        }
        return .success
    }
}
