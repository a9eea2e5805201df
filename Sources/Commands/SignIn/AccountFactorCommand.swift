import APIClient
import ArgumentParser
import MatchCore
import Operations
import Wire

/// `almoner account totp`: codes of an authenticator app.
struct AccountFactorCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("totp", AccountWords.totp) }

    @Argument(help: ArgumentHelp(AccountWords.ownName, value: "name")) var name: String?
    @Flag(help: ArgumentHelp(AccountWords.remove)) var remove = false
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let name = try name ?? session.ask(.askName, isSecret: false)
        guard !remove else {
            let reason = try options.reasonCode()
            _ = try await session.withService(options, changing: true) { service in
                try await service.call(
                    AccountOperations.removeFactor,
                    AccountStep(account: try await service.account(named: name), reason: reason, note: options.note))
            }
            session.say(AccountWords.factorRemoved, ["name": name])
            return .success
        }
        let password = try session.ask(.askPassword)
        let codes = try await session.withSignIn(options) { service in
            var beginning = FactorBeginning(name: name, password: password)
            let factor = try await session.withCode {
                beginning.code = $0
                return try await service.call(FactorOperations.begin, beginning)
            }
            if session.options.json {
                try session.emit(answer: factor)
            } else {
                session.say(AccountWords.scan)
                session.say(factor.address)
                session.say(AccountWords.secret, ["secret": factor.secret])
            }
            let code = try session.ask(.askCode)
            return try await service.call(
                FactorOperations.confirm, FactorConfirming(name: name, password: password, code: code))
        }
        if session.options.json {
            try session.emit(answer: codes)
        } else {
            session.say(AccountWords.recovery)
            session.say(codes.recoveryCodes)
        }
        return .success
    }
}

extension Session {
    /// Tries without a code of the second factor, and asks for one where it is missing.
    func withCode<Result>(_ body: (_ code: String?) async throws -> Result) async throws -> Result {
        do {
            return try await body(nil)
        } catch let error as ClientError where error.problem?.asksForCode == true {
            return try await body(try ask(.askCode))
        } catch let problem as Problem where problem.kind == .unauthenticated && problem.fields.first?.place == "/code"
        {
            return try await body(try ask(.askCode))
        }
    }
}
