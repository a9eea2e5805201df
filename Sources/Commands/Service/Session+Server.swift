import APIClient
import Foundation
import MatchCore

extension Session {
    /// The server that the command works through: `--server`, else ALMONER_SERVER; nil for a database of this machine.
    func remoteService() throws -> RemoteService? {
        let given = options.server ?? environment["ALMONER_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
        guard let given else { return nil }
        guard options.database == nil else {
            throw CommandError(.usage, ServeWords.serverOrDatabase.text)
        }
        let address = try ServerAddress(given)
        return RemoteService(
            client: APIClient(
                address: address, token: try token(), language: language,
                wait: { Thread.sleep(forTimeInterval: $0) }),
            newKey: { UUID().uuidString })
    }

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
