import Casework
import Foundation
import MatchCore
import Sealing
import Storage

extension Session {
    /// The key file: `--key-file`, else ALMONER_KEY_FILE, else NAME.key beside the database.
    func sealingKeyFile() throws -> KeyFile {
        if let given = options.keyFile { return KeyFile(path: given) }
        if let given = environment["ALMONER_KEY_FILE"], !given.isEmpty { return KeyFile(path: given) }
        return KeyFile(path: try databaseAddress().stem + ".key")
    }

    /// The key store: `--keys`, else ALMONER_KEYS, else NAME.keys beside the database.
    func keyStorePath() throws -> String {
        if let given = options.keys { return given }
        if let given = environment["ALMONER_KEYS"], !given.isEmpty { return given }
        return try databaseAddress().stem + ".keys"
    }

    /// Opens the keys of persons. Makes the key file where there is none and nothing was sealed yet, and says so.
    func vault() throws -> Vault {
        let (file, path) = (try sealingKeyFile(), try keyStorePath())
        if !file.isThere, !FileManager.default.fileExists(atPath: path) {
            try file.create(at: now.milliseconds)
            note(SealingWords.made.filled(["file": file.path]))
        }
        return try Vault(file: file, keys: path, clock: { HostClock.now().milliseconds })
    }
}

extension CommandError {
    init(_ error: SealError) {
        let status: ExitStatus =
            switch error.code {
            case .keyFile, .keyStore, .wrongKey, .backup: .refused
            case .erased: .refused
            case .altered, .plain, .noKey: .database
            }
        self.init(status, error.text)
    }
}
