import Casework
import Foundation
import MatchCore
import Sealing
import Storage

extension Session {
    /// The key file: `--key-file`, else ALMONER_KEY_FILE, else NAME.key beside the database.
    func sealingKeyFile() throws -> KeyFile { sealingKeyFile(of: try databaseAddress()) }

    /// The same beside another database.
    func sealingKeyFile(of database: DatabaseAddress) -> KeyFile {
        if let given = options.keyFile { return KeyFile(path: given) }
        if let given = environment["ALMONER_KEY_FILE"], !given.isEmpty { return KeyFile(path: given) }
        return KeyFile(path: database.stem + ".key")
    }

    /// The key store: `--keys` or `--key-store`, else ALMONER_KEYS or ALMONER_KEY_STORE, else NAME.keys beside the database.
    func keyStore() throws -> KeyStoreAddress {
        try keyStore(of: try databaseAddress())
    }

    /// The same beside another database.
    func keyStore(of database: DatabaseAddress) throws -> KeyStoreAddress {
        try keyStore(named: keyStoreText(of: database))
    }

    /// Throws `usage` for an address that is not understood.
    func keyStore(named text: String) throws -> KeyStoreAddress {
        do { return try KeyStoreAddress(text) } catch let error as Storage.DatabaseError {
            throw CommandError(.usage, LocalizedText(same: error.message))
        }
    }

    private func keyStoreText(of database: DatabaseAddress) -> String {
        let given = [options.keys, environment["ALMONER_KEYS"], environment["ALMONER_KEY_STORE"]]
        return given.compactMap { $0 }.first { !$0.isEmpty } ?? database.stem + ".keys"
    }

    /// Opens the keys of persons. Makes the key file where there is none and nothing was sealed yet, and says so.
    func vault() throws -> Vault {
        let (file, store) = (try sealingKeyFile(), try keyStore())
        if !file.isThere, try !store.isInUse() {
            try file.create(at: now.milliseconds)
            note(SealingWords.made.filled(["file": file.path]))
        }
        return try Vault(
            file: file, keys: keyStoreText(of: try databaseAddress()), clock: { HostClock.now().milliseconds })
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
