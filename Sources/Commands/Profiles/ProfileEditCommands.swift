import APIClient
import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Operations
import Wire

struct ProfileEditCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("edit", ProfileWords.edit) }

    @Argument(help: ArgumentHelp(.profileName, value: "name")) var name: String = "default"
    @Option(help: ArgumentHelp(ProfileWords.fileHelp, value: "file")) var file: String?
    @Option(help: ArgumentHelp(ProfileWords.versionHelp, value: "version")) var ifVersion: Int?
    @OptionGroup var target: DraftOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let draft = try target.name()
        var version = ifVersion
        if let file {
            try await replace(by: session.profileDocument(file), version, draft, session)
        } else {
            // The store is not held open while a person thinks: the version says whether somebody else was quicker.
            let before = try await session.withService(options, changing: true, byToken: true) { service in
                try await service.draft(DraftInput(profile: name, draft: draft))
            }
            version = version ?? before.state.version
            let path = try edited(try before.content.profile(named: name), session)
            do {
                try await replace(by: session.profileDocument(path), version, draft, session)
            } catch {
                // What somebody typed is not thrown away for a fault in it.
                session.note(ProfileWords.editKept.filled(["file": path]), isWarning: true)
                throw error
            }
            try? FileManager.default.removeItem(atPath: path)
        }
        return .success
    }

    private func replace(by profile: ScoringProfile, _ version: Int?, _ draft: String, _ session: Session)
        async throws
    {
        let input = DraftReplacement(
            profile: name, draft: draft, version: version, content: ProfileContent(profile))
        let view = try await session.withService(options, changing: true, byToken: true) { service in
            try await service.onDraft(profile: name, draft: draft, version == nil) {
                try await $0.call(ProfileOperations.replace, input)
            }
        }
        try session.show(view)
    }

    /// The file in which somebody edited the profile.
    private func edited(_ profile: ScoringProfile, _ session: Session) throws -> String {
        guard let editor = session.environment["VISUAL"] ?? session.environment["EDITOR"], !editor.isEmpty else {
            throw CommandError(.usage, ProfileWords.noEditor.text)
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "almoner-\(UUID().uuidString).yaml").path
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
        guard process.terminationStatus == 0 else {
            session.note(ProfileWords.editKept.filled(["file": path]), isWarning: true)
            throw CommandError(.failure, ProfileWords.editorFailed.text)
        }
        return path
    }
}

extension OperationCalling {
    /// The draft, begun from what is published where there is none.
    fileprivate func draft(_ input: DraftInput) async throws -> DraftView {
        let beginning = DraftBeginning(profile: input.profile, draft: input.draft)
        do {
            return try await call(ProfileOperations.draft, input)
        } catch let problem as Problem where problem.kind == .notFound {
            return try await call(ProfileOperations.begin, beginning)
        } catch let error as ClientError where error.problem?.status == 404 {
            return try await call(ProfileOperations.begin, beginning)
        }
    }
}

struct ProfileValidateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("validate", ProfileWords.validate) }

    @Argument(help: ArgumentHelp(ProfileWords.checkedHelp, value: "name")) var name: String?
    @Option(help: ArgumentHelp(ProfileWords.fileHelp, value: "file")) var file: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        if let name {
            try CommandError.refuse("'\(name)'", if: file != nil, because: ProfileWords.fileIsChecked)
        }
        let view: ProfileCheckView
        if let file, try session.remoteService() == nil {
            // A file needs no program: the scorers that are built in and the data directory say what is right.
            let profile = try session.profileDocument(file)
            let check = try session.profileCheck()
            // Whether the profiles that its voices speak by are published, a program knows.
            let unchecked = profile.vote?.voices.map { "\($0.name) (\($0.profile))" } ?? []
            let warning = ProfileWords.voicesUnchecked.filled([
                "voices": unchecked.joined(separator: GeneralWords.listSeparator[session.language])
            ])
            view = ProfileCheckView(
                faults: check.faults(of: profile).map { $0.text[session.language] },
                warnings: unchecked.isEmpty ? [] : [warning[session.language]])
        } else {
            let source = try session.profileSource(file ?? name ?? "default:\(DraftKey.usual)")
            view = try await session.withService {
                try await $0.call(ProfileOperations.validate, ProfileChecking(profile: source))
            }
        }
        if session.options.json {
            try session.emit(answer: view)
        } else {
            for fault in view.faults { session.sayProse(fault, style: .fault) }
            if view.isValid { session.say(ProfileWords.isValid, style: .good) }
            for warning in view.warnings { session.note(LocalizedText(same: warning), isWarning: true) }
        }
        return view.isValid ? .success : .differences
    }
}
