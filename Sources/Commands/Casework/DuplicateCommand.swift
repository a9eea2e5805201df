import ArgumentParser
import Casework
import MatchCore
import Operations

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
    /// What people call each wish.
    let handles: [RecordID: String]

    init(_ session: Session, _ clusters: [DuplicateClusterView]) {
        self.session = session
        let members = clusters.flatMap(\.members).compactMap { member in member.handle.map { (member.wish, $0) } }
        handles = Dictionary(members, uniquingKeysWith: { first, _ in first })
    }

    func name(_ id: RecordID) -> String { handles[id] ?? "\(id)" }

    func show(_ cluster: DuplicateClusterView) throws {
        if session.options.json { return try session.emit(answer: cluster) }
        let words = cluster.isConfirmed ? OfficeWords.confirmedCluster : .cluster
        session.say(
            "\(cluster.members.map { name($0.wish) }.joined(separator: ", "))  "
                + words.filled(["count": "\(cluster.members.count)"])[session.language])
        cluster.pairs.forEach(show)
    }

    func show(_ pair: DuplicatePairView) {
        session.sayProse("\(pair.points)  \(name(pair.first)) – \(name(pair.second)): \(pair.why)", indent: 2)
    }
}

struct DuplicateListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", CaseWords.duplicateList) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String?
    @Option(help: ArgumentHelp(OfficeWords.fromHelp, value: "time")) var from: String?
    @Option(help: ArgumentHelp(OfficeWords.untilHelp, value: "time")) var until: String?
    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        if let wish { return try await pairs(of: wish, session) }
        let window = try CaseTime.window(from, until)
        func time(_ text: String?, _ moment: Moment) -> Timestamp? {
            text.map { _ in Timestamp(milliseconds: moment.milliseconds) }
        }
        let (first, last) = (time(from, window.lowerBound), time(until, window.upperBound))
        let listing = try await session.withService { service in
            try await service.list(DuplicateOperations.list, list) {
                DuplicateListInput(from: first, until: last, limit: $0, cursor: $1)
            }
        }
        let page = ClusterPage(session, listing.items)
        for cluster in listing.items { try page.show(cluster) }
        if listing.items.isEmpty && listing.next == nil {
            session.note(OfficeWords.noClusters.text)
        } else {
            try session.noteEnd(of: listing)
        }
        return .success
    }

    private func pairs(of wish: String, _ session: Session) async throws -> ExitStatus {
        let view = try await session.duplicates(of: wish)
        let page = ClusterPage(session, view.cluster.map { [$0] } ?? [])
        for pair in view.pairs {
            if session.options.json { try session.emit(answer: pair) } else { page.show(pair) }
        }
        if view.pairs.isEmpty { session.note(OfficeWords.alone.text) }
        return .success
    }
}

extension Session {
    fileprivate func duplicates(of wish: String) async throws -> WishDuplicatesView {
        try await withService { service in
            try await service.call(
                DuplicateOperations.show, WishInput(wish: try await service.id(of: .wish, named: wish)))
        }
    }
}

struct DuplicateShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", OfficeWords.duplicateShow) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let cluster = try await session.duplicates(of: wish).cluster else {
            session.note(OfficeWords.alone.text)
            return .success
        }
        try ClusterPage(session, [cluster]).show(cluster)
        return .success
    }
}

/// A judgement on wishes, pair by pair.
private struct Judgement {
    let names: [String]
    let verdict: DuplicateBook.Verdict

    func make(_ options: CaseOptions, in session: Session) async throws -> ExitStatus {
        guard let reason = try options.reasonCode() ?? (options.note == nil ? nil : "note") else {
            throw CommandError(.usage, OfficeWords.needReason.text)
        }
        let operation =
            switch verdict {
            case .same: DuplicateOperations.join
            case .different: DuplicateOperations.apart
            case .open: DuplicateOperations.reopen
            }
        let view = try await session.withService(options, changing: true) { service in
            var wishes: [RecordID] = []
            for name in names { wishes.append(try await service.id(of: .wish, named: name)) }
            return try await service.call(
                operation, DuplicateJudging(wishes: wishes, reason: reason, note: options.note))
        }
        if session.options.json { try session.emit(answer: view) }
        session.note(OfficeWords.judged.filled(["count": "\(names.count * (names.count - 1) / 2)"]))
        return .success
    }
}

struct DuplicateJoinCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("join", OfficeWords.duplicateJoin) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(OfficeWords.othersHelp, value: "others")) var others: [String]
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try await Judgement(names: [wish] + others, verdict: .same).make(options, in: session)
    }
}

struct DuplicateApartCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("apart", OfficeWords.duplicateApart) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(OfficeWords.othersHelp, value: "others")) var others: [String]
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try await Judgement(names: [wish] + others, verdict: .different).make(options, in: session)
    }
}

struct DuplicateJudgeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("judge", CaseWords.duplicateJudge) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @Argument(help: ArgumentHelp(.wishName, value: "other")) var other: String
    @Argument(help: ArgumentHelp(CaseWords.verdictHelp, value: "verdict")) var verdict: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let verdict = DuplicateBook.Verdict(rawValue: verdict) else {
            throw CommandError(.usage, CaseFaultWords.noVerdict.filled(["value": verdict]))
        }
        return try await Judgement(names: [wish, other], verdict: verdict).make(options, in: session)
    }
}
