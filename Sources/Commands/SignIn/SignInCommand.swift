import APIClient
import ArgumentParser
import Casework
import Foundation
import MatchCore
import Operations
import Wire

/// `almoner sign-in`: from now on the commands of this account of the machine act as whoever signed in.
struct SignInCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("sign-in", AccountWords.signIn) }

    @Argument(help: ArgumentHelp(AccountWords.ownName, value: "name")) var name: String?
    @Option(help: ArgumentHelp(AccountWords.grantOption, value: "grant")) var grant: String?
    @Flag(help: ArgumentHelp(AccountWords.directory)) var directory = false
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (remote, file) = try session.signInServer()
        let under = try grant.map { text in
            guard let id = RecordID(text) else { throw CommandError(.usage, CaseWords.noID.filled(["id": text])) }
            return id
        }
        guard !directory else {
            return try await goThroughDirectory(in: session, remote, file, under)
        }
        let name = try name ?? session.ask(.askName, isSecret: false)
        let password = try session.ask(.askPassword)
        var input = SigningIn(name: name, password: password, grant: under)
        let made = try await session.withCode {
            input.code = $0
            return try await remote.call(SessionOperations.create, input)
        }
        try file.keep(made.token)
        try say(made.signedIn, in: session)
        return .success
    }

    /// Shows where to go, and takes the address that the browser comes back with.
    private func goThroughDirectory(
        in session: Session, _ remote: RemoteService, _ file: SessionFile, _ under: RecordID?
    ) async throws -> ExitStatus {
        let way = try await remote.call(DirectoryOperations.begin, OwnSession())
        session.say(AccountWords.openAddress)
        session.say(way.address)
        let back = try session.ask(.askAddress, isSecret: false)
        let items = URLComponents(string: back)?.queryItems ?? []
        func item(_ name: String) throws -> String {
            guard let value = items.first(where: { $0.name == name })?.value, !value.isEmpty else {
                throw CommandError(.usage, AccountWords.noReturn.text)
            }
            return value
        }
        let came = try await remote.call(
            DirectoryOperations.finish,
            DirectoryReturn(
                handle: way.handle, state: try item("state"), code: try item("code"),
                secondFactor: session.askPerhaps(.askCodePerhaps), grant: under))
        guard let token = came.token, let signedIn = came.signedIn else {
            throw CommandError(
                .refused, AccountWords.notLinked.filled(["id": came.identity.map { "\($0)" } ?? ""]))
        }
        try file.keep(token)
        try say(signedIn, in: session)
        return .success
    }

    private func say(_ signedIn: SignedInView, in session: Session) throws {
        if session.options.json {
            try session.emit(answer: signedIn)
        } else {
            session.say(
                AccountWords.signedIn,
                [
                    "name": signedIn.name,
                    "role": CodeWords.text(.role, signedIn.role.rawValue)?[session.language] ?? signedIn.role.rawValue,
                    "until": CaseTime.text(signedIn.session.ends),
                ])
        }
    }
}

/// `almoner sign-out`.
struct SignOutCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("sign-out", AccountWords.signOut) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (_, file) = try session.signInServer()
        guard try file.token() != nil, let remote = try session.remoteService() else {
            throw CommandError(.notFound, AccountWords.notSignedIn.filled(["server": file.path]))
        }
        do {
            _ = try await remote.call(SessionOperations.end, OwnSession())
        } catch let error as ClientError where error.problem?.status == 401 {
            // It had ended already.
        }
        file.remove()
        session.say(AccountWords.signedOut)
        return .success
    }
}

extension ServerProblem {
    /// Whether nothing is missing but the code of a second factor.
    var asksForCode: Bool { status == 401 && errors?.contains { $0.pointer == "/code" } == true }
}

extension Session {
    /// The server to sign in at, asked without a token, and the file of the session. Throws `usage` without a server.
    func signInServer() throws -> (RemoteService, SessionFile) {
        guard let remote = try remoteService(withToken: false), let file = sessionFile() else {
            throw CommandError(.usage, AccountWords.needsServer.text)
        }
        return (remote, file)
    }
}
