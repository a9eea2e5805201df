import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

struct ProfileDraftCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("draft", ProfileWords.draft) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.fromHelp, value: "profile")) var from: String?
    @Option(help: ArgumentHelp(ProfileWords.fileHelp, value: "file")) var file: String?
    @Flag(help: ArgumentHelp(ProfileWords.discardHelp)) var discard = false
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let key = try target.key(name)
        let content = try file.map { try session.profileDocument($0) }
        let source = try from.map { try ProfileName($0) }
        let draft = try options.performOnProfiles(in: session) { desk, _ -> ProfileDraft? in
            if discard {
                try desk.discard(key)
                return nil
            }
            return try desk.begin(key, with: content ?? source?.profile(in: desk.store))
        }
        if let draft {
            try session.show(draft)
        } else if !session.options.json {
            session.say(ProfileWords.draftGone, ["profile": name, "draft": key.draft.text])
        }
        return .success
    }
}

struct ProfileSetCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("set", ProfileWords.set) }

    @Argument(help: ArgumentHelp(ProfileWords.changes, value: "change")) var changes: [String]
    @Option(name: .customLong("profile"), help: ArgumentHelp(.profileName, value: "name")) var name = "default"
    @Option(help: ArgumentHelp(ProfileWords.laneHelp, value: "code")) var lane: String?
    @Option(help: ArgumentHelp(ProfileWords.categoryHelp, value: "code")) var category: String?
    @Option(help: ArgumentHelp(ProfileWords.areaHelp, value: "code")) var area: String?
    @Option(help: ArgumentHelp(ProfileWords.versionHelp, value: "version")) var ifVersion: Int?
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let key = try target.key(name)
        let scopes =
            [lane.map { ProfileScope(.lane, $0) }, category.map { ProfileScope(.category, $0) }]
            + [area.map { ProfileScope(.area, $0) }]
        let named = scopes.compactMap { $0 }
        guard named.count <= 1 else { throw CommandError(.usage, ProfileWords.oneScope.text) }
        let descriptors = session.scorers.map { $0.descriptor }
        let edits = try changes.map { try ProfileEdit($0, scope: named.first, descriptors: descriptors) }
        let draft = try options.performOnProfiles(in: session) { desk, _ in
            try desk.change(key, version: ifVersion) { profile in for edit in edits { try profile.apply(edit) } }
        }
        try session.show(draft)
        return .success
    }
}

struct ProfileEditCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("edit", ProfileWords.edit) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.fileHelp, value: "file")) var file: String?
    @Option(help: ArgumentHelp(ProfileWords.versionHelp, value: "version")) var ifVersion: Int?
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let key = try target.key(name)
        var version = ifVersion
        let profile: ScoringProfile
        if let file {
            profile = try session.profileDocument(file)
        } else {
            // The store is not held open while a person thinks: the version says whether somebody else was quicker.
            let draft = try options.performOnProfiles(in: session) { desk, _ in
                try desk.store.draft(key) ?? desk.begin(key)
            }
            version = version ?? draft.version
            profile = try edited(draft.profile, session)
        }
        let draft = try options.performOnProfiles(in: session) { desk, _ in
            try desk.change(key, version: version) { $0 = profile }
        }
        try session.show(draft)
        return .success
    }

    private func edited(_ profile: ScoringProfile, _ session: Session) throws -> ScoringProfile {
        guard let editor = session.environment["VISUAL"] ?? session.environment["EDITOR"], !editor.isEmpty else {
            throw CommandError(.usage, ProfileWords.noEditor.text)
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "almoner-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(ProfileDocument.yaml(of: profile).utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw CommandError(.failure, ProfileWords.unreadable.filled(["file": path])) }
        let process = Process()
        // An editor may come with arguments, as in `code --wait`.
        let words = editor.split(separator: " ").map(String.init)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words + [path]
        do {
            try process.run()
        } catch {
            throw CommandError(.failure, ProfileWords.editorFailed.text)
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CommandError(.failure, ProfileWords.editorFailed.text) }
        return try session.profileDocument(path)
    }
}

struct ProfileValidateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("validate", ProfileWords.validate) }

    @Argument(help: ArgumentHelp(ProfileWords.reference, value: "name")) var name: String = "default:draft"
    @Option(help: ArgumentHelp(ProfileWords.fileHelp, value: "file")) var file: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var isValid: Bool
        var faults: [String]
    }

    func perform(in session: Session) throws -> ExitStatus {
        let profile: ScoringProfile
        if let file {
            profile = try session.profileDocument(file)
        } else {
            let store = try Store.open(session, forWriting: false)
            defer { store.close() }
            profile = try store.cases.blockingRead { try ProfileName(name).profile(in: $0) }
        }
        let faults = try session.profileCheck().faults(of: profile).map { $0.text[session.language] }
        if session.options.json {
            try session.emit(Record(isValid: faults.isEmpty, faults: faults))
        } else {
            for fault in faults { session.sayProse(fault, style: .fault) }
            if faults.isEmpty { session.say(ProfileWords.isValid, style: .good) }
        }
        return faults.isEmpty ? .success : .differences
    }
}

struct ProfileDiffCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("diff", ProfileWords.diff) }

    @Argument(help: ArgumentHelp(ProfileWords.leftHelp, value: "profile")) var left: String = "default"
    @Argument(help: ArgumentHelp(ProfileWords.rightHelp, value: "profile")) var right: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var layer: String?
        var scorer: String?
        var name: String
        var before: JSONAny?
        var after: JSONAny?
    }

    func perform(in session: Session) throws -> ExitStatus {
        let first = try ProfileName(left)
        let second: ProfileName
        if let right {
            second = try ProfileName(right)
        } else if case .newest(let name) = first {
            second = .draft(DraftKey(name))
        } else {
            throw CommandError(.usage, ProfileWords.rightHelp.text)
        }
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let differences = try store.cases.blockingRead { transaction in
            ProfileDifference.all(from: try first.profile(in: transaction), to: try second.profile(in: transaction))
        }
        if session.options.json {
            for difference in differences {
                try session.emitLine(
                    Record(
                        layer: difference.scope?.description,
                        scorer: difference.scorer.isEmpty ? nil : difference.scorer,
                        name: difference.name, before: difference.before.map { JSONAny($0) },
                        after: difference.after.map { JSONAny($0) }))
            }
        } else {
            show(differences, in: session)
        }
        return differences.isEmpty ? .success : .differences
    }

    private func show(_ differences: [ProfileDifference], in session: Session) {
        let language = session.language
        guard !differences.isEmpty else { return session.say(ProfileWords.noDifference) }
        var table = Table([
            .name(ProfileWords.layer[language]), .name(DataWords.scorerID[language]),
            .name(DataWords.parameter[language]),
            .prose(ProfileWords.before[language], least: 12), .prose(ProfileWords.after[language], least: 12),
        ])
        for difference in differences {
            let missing = difference.scope == nil ? ProfileWords.byDefault[language] : ProfileWords.inherited[language]
            table.add([
                Table.Cell(difference.scope?.description ?? ProfileWords.wholeProgram[language]),
                Table.Cell(difference.scorer, .heading), Table.Cell(difference.name),
                Table.Cell(difference.before.map(ParameterText.value) ?? missing, .faint),
                Table.Cell(difference.after.map(ParameterText.value) ?? missing),
            ])
        }
        session.say(table)
    }
}
