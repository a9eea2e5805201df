import ArgumentParser
import Casework
import Foundation
import MatchCore

/// `almoner allocate seed`: draws a seed, keeps it in a file, and commits to it before anything is planned with it.
struct AllocateSeedCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("seed", .allocateSeedNew) }

    @Argument(help: ArgumentHelp(.allocateSeedFile, value: "file"), completion: .file())
    var file: String

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var commitment: String
    }

    func perform(in session: Session) throws -> ExitStatus {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CommandError(.refused, AllocateWords.seedExists.filled(["file": file]))
        }
        var random = SystemRandomNumberGenerator()
        let seed = AllocationSeed(using: &random)
        // Nobody else may read it before it is shown.
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data((seed.text + "\n").utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandError(.failure, AllocateWords.cannotWrite.filled(["file": file])) }
        do {
            try options.perform(in: session) { desk, _ in try desk.commit(to: seed) }
        } catch {
            try? FileManager.default.removeItem(atPath: file)
            throw error
        }
        if session.options.json {
            try session.emit(Record(commitment: seed.commitment))
        } else {
            session.say(AllocateWords.committed, ["commitment": seed.commitment, "file": file])
        }
        return .success
    }
}
