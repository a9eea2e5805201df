import APIClient
import Foundation
import MatchCore

extension Session {
    /// The server that the command works through: `--server`, else ALMONER_SERVER; nil for a database of this machine.
    ///
    /// - Parameter withToken: whether to say who asks; whoever signs in has yet to.
    func remoteService(withToken: Bool = true) throws -> RemoteService? {
        guard let given = serverName else { return nil }
        guard options.database == nil else {
            throw CommandError(.usage, ServeWords.serverOrDatabase.text)
        }
        let address = try ServerAddress(given)
        return RemoteService(
            client: APIClient(
                address: address, token: withToken ? try token() ?? sessionFile()?.token() : nil, language: language,
                wait: { Thread.sleep(forTimeInterval: $0) }),
            newKey: { UUID().uuidString })
    }

    private var serverName: String? {
        options.server ?? environment["ALMONER_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Where `almoner sign-in` keeps the session with the server; nil without a server.
    func sessionFile() -> SessionFile? { serverName.map { SessionFile(server: $0, environment: environment) } }

    /// The token: the first line of `--token-file`, else ALMONER_TOKEN. Never an option, which others could read in the
    /// list of processes.
    func token() throws -> String? {
        guard let path = options.tokenFile else {
            return environment["ALMONER_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let data = FileManager.default.contents(atPath: path),
            let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else { throw CommandError(.refused, ServeWords.noTokenFile.filled(["path": path])) }
        return line.trimmingCharacters(in: .whitespaces)
    }
}
