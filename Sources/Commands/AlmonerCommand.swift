import ArgumentParser
import Exchange
import MatchCore

/// `almoner`, with everything below it.
struct AlmonerCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "almoner", .root, discussion: .rootDiscussion,
            subcommands: [
                InitCommand.self, DemoCommand.self, ImportCommand.self, MatchCommand.self, ExplainCommand.self,
                RecomputeCommand.self, AllocateCommand.self, WishCommand.self, OfferCommand.self, PartyCommand.self,
                ScorerCommand.self,
                ProfileCommand.self, AreaCommand.self, CategoryCommand.self, ExportCommand.self, DoctorCommand.self,
                BenchCommand.self, ClaimCommand.self, CaseCommand.self, ApprovalCommand.self, ClockCommand.self,
                InboxCommand.self, HouseholdCommand.self, DuplicateCommand.self, FundCommand.self, CalendarCommand.self,
                FiguresCommand.self, AuditCommand.self, SimulateCommand.self, TuneCommand.self, KeyCommand.self,
                AccountCommand.self, SignInCommand.self, SignOutCommand.self,
                AccessGroupCommand.self, OpeningCommand.self, KeyFileCommand.self, PersonCommand.self,
                BackupCommand.self,
                RestoreCommand.self,
                ChangesCommand.self, OpenAPICommand.self, ServeCommand.self, DbCommand.self, VersionCommand.self,
            ])
    }
}

/// The whole program, from its arguments to the status it ends with.
public enum AlmonerProgram {
    /// The release, by semantic versioning.
    public static let version = "0.1.0"

    /// The command that a misspelt one was meant to be, as a sentence; nil where the command is known.
    private static func adviceOnCommand(_ arguments: [String]) -> String? {
        guard let given = arguments.first, !given.hasPrefix("-") else { return nil }
        let known = AlmonerCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !known.contains(given) else { return nil }
        return NameList.didYouMean(Suggestion(known).closest(to: given))?[HelpText.language]
    }

    /// Runs the command that the arguments name (the program's own name is not among them).
    public static func run(_ arguments: [String]) async -> ExitStatus {
        do {
            var command = try await AlmonerCommand.asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .success
        } catch {
            if let code = error as? ExitCode { return ExitStatus(rawValue: code.rawValue) ?? .failure }
            let message = AlmonerCommand.fullMessage(for: error)
            // Requests for help or a completion script come as errors too, with the status 0.
            if AlmonerCommand.exitCode(for: error) == .success {
                StandardStreams.write(message + "\n")
                return .success
            }
            StandardStreams.writeError(message + "\n")
            if let advice = adviceOnCommand(arguments) { StandardStreams.writeError(advice + "\n") }
            return .usage
        }
    }
}
