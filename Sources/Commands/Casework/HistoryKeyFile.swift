import Casework
import Sealing
import Storage

/// The installation's secret as the history and the blind indexes use it: the key file's, which no rotation changes.
struct HistoryKeyFile {
    private let file: KeyFile

    init(_ file: KeyFile) { self.file = file }

    var path: String { file.path }
    var isThere: Bool { file.isThere }

    func read() throws -> HistoryKey { try HistoryKey(seed: secret()) }

    /// 32 bytes. Throws where the file is missing, or others may read it.
    func secret() throws -> [UInt8] { try file.read().secret }
}

extension Session {
    func keyFile() throws -> HistoryKeyFile { HistoryKeyFile(try sealingKeyFile()) }

    /// The blind index of the program; nil where the database has no key file.
    func blindIndex() throws -> BlindIndex? {
        let file = try keyFile()
        guard file.isThere, let program = Code(try programCode()) else { return nil }
        return try BlindIndex(secret: file.secret(), program: program)
    }
}
