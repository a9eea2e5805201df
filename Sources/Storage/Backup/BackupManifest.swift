internal import Crypto
internal import Foundation
internal import Sealing

/// What a backup says of itself: readable without a key, and authenticated under it.
public struct BackupManifest: Codable, Sendable, Hashable {
    /// The version of the file's form.
    public var format: Int
    /// How many migrations the database has.
    public var schema: Int
    /// When it was made, in UTC milliseconds.
    public var madeAt: Int64
    /// The length of the database, in bytes.
    public var bytes: Int64
    /// The length of a chunk before encryption; the last may be shorter.
    public var chunkBytes: Int
    /// SHA-256 of each encrypted chunk, in hexadecimal.
    public var chunks: [String]
    /// What the backup's key is derived with, in hexadecimal.
    var salt: String
    /// Tells the wrong key from a damaged file.
    var keyCheck: String

    static let currentFormat = 1
    static let heading = Array("ALMONER BACKUP 1\n".utf8)
    static let ending = Array("ALMONER END\n".utf8)
}

/// The key of one backup, derived from the installation's secret: no key is in the file.
struct BackupKey {
    private let key: SymmetricKey
    let check: String

    init(_ masters: MasterKeys, salt: [UInt8]) {
        key = SymmetricKey(data: masters.derived(for: "almoner.backup.1", salt: salt))
        check = Hexadecimal.text(Array(masters.derived(for: "almoner.backup.check.1", salt: salt).prefix(8)))
    }

    static func newSalt() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    func seal(_ chunk: [UInt8], number: Int, isLast: Bool) throws -> [UInt8] {
        let box = try AES.GCM.seal(chunk, using: key, authenticating: Self.place(number, isLast))
        guard let combined = box.combined else { throw BackupError.altered }
        return [UInt8](combined)
    }

    func open(_ chunk: [UInt8], number: Int, isLast: Bool) throws -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: chunk),
            let bytes = try? AES.GCM.open(box, using: key, authenticating: Self.place(number, isLast))
        else { throw BackupError.altered }
        return [UInt8](bytes)
    }

    func authentication(of manifest: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: manifest, using: key))
    }

    /// Chunks can be neither exchanged nor left out.
    private static func place(_ number: Int, _ isLast: Bool) -> [UInt8] {
        Array("almoner.backup.1/\(number)/\(isLast)".utf8)
    }
}

enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - digits.count % 2, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }

    static func digest(of bytes: [UInt8]) -> String { text(SHA256.hash(data: bytes)) }
}

enum BackupError {
    static var altered: SealError {
        SealError(
            .backup, "The backup is damaged, or was altered. Take another one.", zhHans: "备份文件已损坏或被改动。请改用其他备份。")
    }

    static var none: SealError {
        SealError(
            .backup, "This file is no backup, or is not whole. Name one that `almoner backup` wrote.",
            zhHans: "该文件不是备份或不完整。请指定由 almoner backup 生成的文件。")
    }

    static var wrongKey: SealError {
        SealError(
            .wrongKey, "The backup was made with another key file. Name that one with --key-file.",
            zhHans: "该备份用另一密钥文件生成。请用 --key-file 指定。")
    }

    static func failed(_ path: String, _ error: any Error) -> SealError {
        SealError(
            .backup, "\(path) cannot be read or written: \(error.localizedDescription)",
            zhHans: "\(path) 无法读写：\(error.localizedDescription)")
    }
}
