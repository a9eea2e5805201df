import ArgumentParser
import Foundation
import MatchCore

/// A command that runs in a ``Session``: faults are shown in the reader's language, and the process ends with one of
/// the documented codes.
protocol SessionCommand: AsyncParsableCommand {
    var global: GlobalOptions { get }

    /// Does the work. What it returns is the status the process ends with.
    func perform(in session: Session) async throws -> ExitStatus
}

/// A command that works on this machine alone: what it does has no counterpart over HTTP.
protocol LocalCommand: SessionCommand {}

extension SessionCommand {
    func run() async throws {
        let milliseconds = Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))
        let session = Session(
            options: global, environment: ProcessInfo.processInfo.environment,
            now: Timestamp(milliseconds: milliseconds))
        let status = await outcome(in: session)
        if status != .success { throw ExitCode(status.rawValue) }
    }

    /// Does the work and shows what went wrong.
    func outcome(in session: Session) async -> ExitStatus {
        do {
            if self is any LocalCommand, session.options.server != nil {
                throw CommandError(.usage, ServeWords.localOnly.text, advice: ServeWords.localOnlyAdvice.text)
            }
            return try await perform(in: session)
        } catch {
            let fault = CommandError(presenting: error)
            session.present(fault)
            return fault.status
        }
    }
}
