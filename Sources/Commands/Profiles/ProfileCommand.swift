import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Operations
import Wire

/// `almoner profile`: how much each scorer counts, from a draft to a published revision and back.
struct ProfileCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "profile", .profile,
            subcommands: [
                ProfileListCommand.self, ProfileShowCommand.self, ProfileResolveCommand.self, ProfileLogCommand.self,
                ProfileDraftCommand.self, ProfileSetCommand.self, ProfileEditCommand.self, ProfileDiffCommand.self,
                ProfileValidateCommand.self, ProfilePreviewCommand.self, ProfilePublishCommand.self,
                ProfileRollbackCommand.self, ProfilePeopleCommand.self,
            ])
    }
}

extension Session {
    /// `SCORER.TABLE=@FILE` with the file's list, YAML or JSON, in the place of its name; any other change as it is.
    func withoutFile(_ change: String) throws -> String {
        let sides = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, sides[1].hasPrefix("@") else { return change }
        let file = String(sides[1].dropFirst())
        let value = try ProfileDocument.table(in: try bytes(of: file), place: file)
        return "\(sides[0])=\(String(decoding: try WireEncoder().encode(JSONValue(value)), as: UTF8.self))"
    }

    private func bytes(of file: String) throws -> [UInt8] {
        if file == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
        // A pipe has a path too, so the file is read as a stream; one byte past what is taken shows that it is too long.
        guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: 1 << 20 + 1)
        else { throw CommandError(.notFound, ProfileWords.unreadable.filled(["file": file])) }
        return [UInt8](data)
    }

    /// What the codes of a file are held against, with its lines: the data directory of this machine. Through a server it is
    /// the server that knows.
    private func knownCodes() throws -> KnownCodes? {
        try remoteService() == nil ? (try? ReferenceData(try dataDirectory()))?.knownCodes : nil
    }

    /// A profile that a person wrote as YAML; `-` is the standard input.
    func profileDocument(_ file: String) throws -> ScoringProfile {
        try ProfileDocument.profile(
            in: try bytes(of: file), place: file, descriptors: scorers.map { $0.descriptor }, codes: try knownCodes())
    }
}

/// The draft that a command works on.
struct DraftOptions: ParsableArguments {
    @Option(help: ArgumentHelp(ProfileWords.draftName, value: "draft")) var draft = DraftKey.usual.text

    /// The draft that is meant by a profile's name, alone or with the draft's behind a colon. Throws `usage` for a
    /// revision, which never changes, and where two drafts are named.
    func draft(of profile: String) throws -> (profile: String, draft: String) {
        let own = try name()
        switch try ProfileName(profile, at: "--profile") {
        case .newest(let name): return (name, own)
        case .revision(let name, _):
            throw CommandError(.usage, ProfileWords.revisionStays.filled(["revision": profile, "profile": name]))
        case .draft(let key):
            guard own == DraftKey.usual.text || own == key.draft.text else {
                throw CommandError(.usage, ProfileWords.twoDrafts.filled(["profile": profile, "draft": own]))
            }
            return (key.profile, key.draft.text)
        }
    }

    /// Throws `usage` for what is no name.
    func name() throws -> String {
        guard Code(draft) != nil else { throw CommandError(.usage, CaseWords.noCode.filled(["code": draft])) }
        return draft
    }
}
