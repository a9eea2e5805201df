import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner profile`: how much each scorer counts, from a draft to a published revision and back.
struct ProfileCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "profile", .profile,
            subcommands: [
                ProfileListCommand.self, ProfileShowCommand.self, ProfileResolveCommand.self, ProfileLogCommand.self,
                ProfileDraftCommand.self, ProfileSetCommand.self, ProfileEditCommand.self, ProfileDiffCommand.self,
                ProfileValidateCommand.self, ProfilePublishCommand.self, ProfileRollbackCommand.self,
                ProfilePeopleCommand.self, ProfilePreviewCommand.self,
            ])
    }
}

/// What a person means by a profile: `default`, `default@2` or `default:draft`.
enum ProfileName {
    case newest(String)
    case revision(String, Int)
    case draft(DraftKey)

    init(_ text: String) throws {
        if let at = text.lastIndex(of: "@"), let revision = Int(text[text.index(after: at)...]) {
            self = .revision(String(text[..<at]), revision)
        } else if let colon = text.lastIndex(of: ":") {
            guard let draft = Code(String(text[text.index(after: colon)...])) else {
                throw CommandError(.usage, ProfileWords.badReference.filled(["name": text]))
            }
            self = .draft(DraftKey(String(text[..<colon]), draft))
        } else {
            self = .newest(text)
        }
    }

    func profile(in transaction: any CaseTransaction) throws -> ScoringProfile {
        let (found, name): (ScoringProfile?, String) =
            switch self {
            case .newest(let name): (try transaction.profile(name), name)
            case .revision(let name, let number):
                (try transaction.profile(name, revision: number), "\(name)@\(number)")
            case .draft(let key): (try transaction.draft(key)?.profile, "\(key.profile):\(key.draft)")
            }
        if let found { return found }
        let known = try transaction.profileNames()
        throw CommandError(
            .notFound, DataWords.noProfile.filled(["name": name]),
            advice: NameList.didYouMean(Suggestion(known).closest(to: name)))
    }
}

extension Session {
    /// What profiles are checked against: the scorers that are built in, and the trees of the data directory.
    func profileCheck() throws -> ProfileCheck {
        let directory = try dataDirectory()
        return ProfileCheck(
            scorers: scorers, areas: try directory.areas().tree, categories: try directory.categories().tree)
    }

    func profileDocument(_ file: String) throws -> ScoringProfile {
        let bytes: [UInt8]
        if file == "-" {
            bytes = [UInt8](FileHandle.standardInput.readDataToEndOfFile())
        } else {
            // A pipe has a path too, so the file is read as a stream; one byte past what is taken shows that it is too long.
            guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: 1 << 20 + 1)
            else { throw CommandError(.notFound, ProfileWords.unreadable.filled(["file": file])) }
            bytes = [UInt8](data)
        }
        return try ProfileDocument.profile(in: bytes, place: file, descriptors: scorers.map { $0.descriptor })
    }
}

/// The draft that a command works on.
struct DraftOptions: ParsableArguments {
    @Option(help: ArgumentHelp(ProfileWords.draftName, value: "draft")) var draft = DraftKey.usual.text

    func key(_ profile: String) throws -> DraftKey {
        guard let code = Code(draft) else { throw CommandError(.usage, CaseWords.noCode.filled(["code": draft])) }
        return DraftKey(profile, code)
    }
}

extension CaseOptions {
    /// Runs one step at a desk for profiles.
    func performOnProfiles<Result>(in session: Session, _ body: (ProfileDesk, Reason?) throws -> Result) throws
        -> Result
    {
        let check = try session.profileCheck()
        return try perform(in: session) { desk, reason in
            try body(ProfileDesk(store: desk.store, actor: desk.actor, now: desk.now, check: check), reason)
        }
    }
}

/// A draft, as `--json` prints it.
struct DraftRecord: Encodable {
    var profile: String
    var draft: String
    var version: Int
    var basedOn: Int?
    var changedAt: Int64
    var changedBy: String
    var proposedBy: String?
    var content: ProfileRecord?

    init(_ draft: ProfileDraft, withContent: Bool = true, language: Language) {
        profile = draft.key.profile
        self.draft = draft.key.draft.text
        version = draft.version
        basedOn = draft.basedOn
        changedAt = draft.changedAt.milliseconds
        changedBy = "\(draft.changedBy)"
        proposedBy = draft.proposal.map { "\($0.by)" }
        content = withContent ? ProfileRecord(draft.profile, language: language) : nil
    }
}

extension Session {
    func show(_ draft: ProfileDraft) throws {
        if options.json { return try emit(DraftRecord(draft, language: language)) }
        say(
            ProfileWords.draftReady,
            ["profile": draft.key.profile, "draft": draft.key.draft.text, "version": "\(draft.version)"])
    }
}
