import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore

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
    /// A profile that a person wrote as YAML; `-` is the standard input.
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

    /// Throws `usage` for what is no name.
    func name() throws -> String {
        guard Code(draft) != nil else { throw CommandError(.usage, CaseWords.noCode.filled(["code": draft])) }
        return draft
    }
}
