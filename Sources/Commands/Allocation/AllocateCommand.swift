import ArgumentParser
import Foundation
import MatchCore

/// `almoner allocate`: all open wishes against all offers at once, with a proof that no plan is better.
struct AllocateCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "allocate", .allocate, discussion: .allocateDiscussion, subcommands: [AllocateRunCommand.self],
            defaultSubcommand: AllocateRunCommand.self)
    }
}

struct AllocateRunCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("run", .allocateRun) }

    @Option(help: ArgumentHelp(.allocateInstance, value: "file"), completion: .file())
    var instance: String?

    @Option(help: ArgumentHelp(.allocateMode, value: "mode"))
    var mode: String?

    @Option(help: ArgumentHelp(.allocateOut, value: "file"), completion: .file())
    var out: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        guard let instance else {
            throw CommandError(.usage, AllocateWords.modeNeedsInstance.text)
        }
        try InstanceRun(session: session, file: instance, mode: try chosenMode(), out: out).run()
        return .success
    }

    private func chosenMode() throws -> AllocationMode {
        guard let mode else { return .bypass }
        guard let known = AllocationMode(rawValue: mode) else {
            throw CommandError(
                .usage, AllocateWords.unknownMode.filled(["name": mode]),
                advice: AllocateWords.unknownModeAdvice.filled([
                    "list": AllocationMode.allCases.map(\.rawValue).joined(separator: ", ")
                ]))
        }
        return known
    }
}
