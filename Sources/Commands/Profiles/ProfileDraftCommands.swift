import APIClient
import ArgumentParser
import Casework
import Exchange
import MatchCore
import Operations
import Wire

struct ProfileDraftCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("draft", ProfileWords.draft) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.fromHelp, value: "profile")) var from: String?
    @Option(help: ArgumentHelp(ProfileWords.fileHelp, value: "file")) var file: String?
    @Flag(help: ArgumentHelp(ProfileWords.discardHelp)) var discard = false
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let draft = try target.name()
        for (option, isGiven) in [("--from", from != nil), ("--file", file != nil)] {
            try CommandError.refuse(option, if: discard && isGiven, because: ProfileWords.discardOnly)
        }
        try CommandError.refuse("--from", if: from != nil && file != nil, because: ProfileWords.fileIsContent)
        let content = try file.map { ProfileContent(try session.profileDocument($0)) }
        let view = try await session.withService(options, changing: true, byToken: true) { service in
            if discard {
                return try await service.call(
                    ProfileOperations.discard, DraftDiscarding(profile: name, draft: draft))
            }
            return try await service.call(
                ProfileOperations.begin, DraftBeginning(profile: name, draft: draft, from: from, content: content))
        }
        if !discard || session.options.json {
            try session.show(view)
        } else {
            session.say(ProfileWords.draftGone, ["profile": name, "draft": draft])
        }
        return .success
    }
}

struct ProfileSetCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("set", ProfileWords.set) }

    @Argument(help: ArgumentHelp(ProfileWords.changes, value: "change")) var changes: [String]
    @Option(name: .customLong("profile"), help: ArgumentHelp(ProfileWords.setProfileHelp, value: "profile"))
    var profile = "default"
    @Option(help: ArgumentHelp(ProfileWords.laneHelp, value: "code")) var lane: String?
    @Option(help: ArgumentHelp(ProfileWords.categoryHelp, value: "code")) var category: String?
    @Option(help: ArgumentHelp(ProfileWords.areaHelp, value: "code")) var area: String?
    @Option(help: ArgumentHelp(ProfileWords.versionHelp, value: "version")) var ifVersion: Int?
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (name, draft) = try target.draft(of: profile)
        let layers = [
            lane.map { ProfileScope(.lane, $0) }, category.map { ProfileScope(.category, $0) },
            area.map { ProfileScope(.area, $0) },
        ].compactMap { $0?.description }
        guard layers.count <= 1 else { throw CommandError(.usage, ProfileWords.oneScope.text) }
        let changes = try changes.map { try session.withoutFile($0) }
        if try session.remoteService() == nil {
            // What is no change is said before anything is opened, and without its place in a request.
            let descriptors = session.scorers.map { $0.descriptor }
            let scope = layers.first.flatMap { ProfileScope($0) }
            for change in changes {
                _ = try ProfileEdit(change, scope: scope, descriptors: descriptors, table: ParameterValue.table)
            }
        }
        let view = try await session.withService(options, changing: true, byToken: true) { service in
            let input = DraftChange(
                profile: name, draft: draft, version: ifVersion, layer: layers.first, changes: changes)
            return try await service.onDraft(profile: name, draft: draft, ifVersion == nil) {
                try await $0.call(ProfileOperations.change, input)
            }
        }
        try session.show(view)
        return .success
    }
}

extension OperationCalling {
    /// A change of a draft; where a server has no draft of the name yet, one is begun from what is published, and taken
    /// away again where the change is refused. (A local call begins it in the transaction of the change.)
    func onDraft<Answer>(
        profile: String, draft: String, _ mayBegin: Bool, _ change: (any OperationCalling) async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await change(self)
        } catch let error as ClientError where error.problem?.status == 404 && mayBegin {
            _ = try await call(ProfileOperations.begin, DraftBeginning(profile: profile, draft: draft))
            do {
                return try await change(self)
            } catch {
                _ = try? await call(ProfileOperations.discard, DraftDiscarding(profile: profile, draft: draft))
                throw error
            }
        }
    }
}

extension Session {
    func show(_ draft: DraftView) throws {
        if options.json { return try emit(answer: draft) }
        say(
            ProfileWords.draftReady,
            ["profile": draft.profile, "draft": draft.state.draft, "version": "\(draft.state.version)"])
    }
}

struct ProfileDiffCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("diff", ProfileWords.diff) }

    @Argument(help: ArgumentHelp(ProfileWords.leftHelp, value: "profile")) var left: String = "default"
    @Argument(help: ArgumentHelp(ProfileWords.rightHelp, value: "profile")) var right: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let compared = try comparison()
        let differences = try await session.withService {
            try await $0.call(ProfileOperations.diff, compared)
        }.items
        if session.options.json {
            try differences.forEach { try session.emit(answer: $0) }
        } else {
            show(differences, in: session)
        }
        return differences.isEmpty ? .success : .differences
    }

    /// What is named last is the later one; one alone is held against its profile: a draft against what is published, what
    /// is published against the draft, an older revision against the newest.
    private func comparison() throws -> ProfileComparison {
        if let right { return ProfileComparison(before: left, after: right) }
        switch try ProfileName(left, at: "profile") {
        case .newest(let name): return ProfileComparison(before: name, after: "\(name):\(DraftKey.usual)")
        case .revision(let name, _): return ProfileComparison(before: left, after: name)
        case .draft(let key): return ProfileComparison(before: key.profile, after: left)
        }
    }

    private func show(_ differences: [ProfileDifferenceList.Item], in session: Session) {
        let language = session.language
        guard !differences.isEmpty else { return session.say(ProfileWords.noDifference) }
        var table = Table([
            .name(ProfileWords.layer[language]), .name(DataWords.scorerID[language]),
            .name(DataWords.parameter[language]),
            .prose(ProfileWords.before[language], least: 12), .prose(ProfileWords.after[language], least: 12),
        ])
        // What came in or went out has no values on one side, not those by default.
        let turned = Set(differences.filter { $0.layer == nil && $0.name == "state" }.map(\.scorer))
        for difference in differences {
            let missing =
                difference.layer != nil
                ? ProfileWords.inherited[language]
                : turned.contains(difference.scorer) ? "–" : ProfileWords.byDefault[language]
            table.add([
                Table.Cell(difference.layer ?? ProfileWords.wholeProgram[language]),
                Table.Cell(difference.scorer ?? "", .heading), Table.Cell(difference.name),
                Table.Cell(difference.before.map { ParameterText.value($0) } ?? missing, .faint),
                Table.Cell(difference.after.map { ParameterText.value($0) } ?? missing),
            ])
        }
        session.say(table)
    }
}
