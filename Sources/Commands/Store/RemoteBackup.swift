import APIClient
import Foundation
import MatchCore
import Storage

/// Fetches a backup from a server: beside its place under another name, and there only when it is whole and checked.
struct RemoteBackup {
    let file: String
    let session: Session
    let service: RemoteService

    /// How long a large database may take to be copied before the first byte comes, in seconds.
    private static let longestSilence = 3_600

    func run() throws -> BackupManifest {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw CommandError(.refused, SealingWords.backupThere.filled(["file": file]))
        }
        let draft = "\(file).\(UUID().uuidString).part"
        // Encrypted as it is, it is for its owner alone, as one that is made here.
        guard
            FileManager.default.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]),
            let output = FileHandle(forWritingAtPath: draft)
        else { throw CommandError(.failure, ImportWords.cannotWrite.filled(["file": file])) }
        defer { try? FileManager.default.removeItem(atPath: draft) }
        try fetch(into: output)
        try output.synchronize()
        try output.close()
        let manifest = try Backup.check(draft)
        // Fails where a file has come to stand there meanwhile.
        guard link(draft, file) == 0 else {
            throw CommandError(.failure, ImportWords.cannotWrite.filled(["file": file]))
        }
        return manifest
    }

    private func fetch(into output: FileHandle) throws {
        let progress = session.progress(ImportWords.fetching, total: nil)
        defer { progress.finish() }
        var request = APIClient.Request(
            method: "POST", path: "/v1/backups",
            headers: [("Accept", "application/octet-stream"), ("Content-Type", "application/json")],
            body: .bytes(Array("{}".utf8)))
        request.totalSeconds = 0
        request.quietSeconds = Self.longestSilence
        _ = try service.client.send(
            request, receive: { try output.write(contentsOf: Data($0)) },
            progress: { _, received in
                progress.update(received)
                return true
            })
    }
}
