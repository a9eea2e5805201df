import Foundation
import MatchCore

/// A file that a command writes: it appears whole at its path when it is finished, or not at all.
///
/// What stood at the path stays until then, so a command that ends early destroys nothing.
final class OutputFile {
    private let path: String
    private let draft: String
    private let handle: FileHandle
    private var isFinished = false

    /// Opens a draft beside the path.
    ///
    /// - Parameter used: files that the command reads or works on. Throws where the path is one of them by whatever
    ///   name, where something other than a regular file stands there, and where the folder cannot be written.
    init(path: String, apartFrom used: [String]) throws {
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        let place = OutputFile.Place(resolved)
        if used.contains(where: { OutputFile.Place($0).isSame(as: place) }) {
            throw CommandError(.usage, StoreWords.outputInUse.filled(["file": path]))
        }
        if let type = place.type, type != .typeRegular {
            throw CommandError(.usage, StoreWords.outputNoFile.filled(["file": path]))
        }
        let draft = "\(resolved).\(UUID().uuidString).part"
        // Made for this command alone, with the rights that any new file gets.
        guard !FileManager.default.fileExists(atPath: draft),
            FileManager.default.createFile(atPath: draft, contents: nil),
            let handle = FileHandle(forWritingAtPath: draft)
        else { throw CommandError(.failure, ImportWords.cannotWrite.filled(["file": path])) }
        self.path = resolved
        self.draft = draft
        self.handle = handle
    }

    deinit {
        if !isFinished { try? FileManager.default.removeItem(atPath: draft) }
    }

    func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: Data(bytes)) }

    /// Puts the file at its path, in place of one that was there.
    func finish() throws {
        try handle.close()
        guard rename(draft, path) == 0 else {
            throw CommandError(.failure, ImportWords.cannotWrite.filled(["file": path]))
        }
        isFinished = true
    }

    /// What stands at a path.
    private struct Place {
        private let path: String
        private let number: Int?
        private let device: Int?
        let type: FileAttributeType?

        init(_ path: String) {
            self.path = URL(filePath: path).resolvingSymlinksInPath().path
            let attributes = try? FileManager.default.attributesOfItem(atPath: self.path)
            number = (attributes?[.systemFileNumber] as? NSNumber)?.intValue
            device = (attributes?[.systemNumber] as? NSNumber)?.intValue
            type = attributes?[.type] as? FileAttributeType
        }

        /// One file can have several names: the number on the device decides, too.
        func isSame(as other: Place) -> Bool {
            path == other.path || (number != nil && number == other.number && device == other.device)
        }
    }
}
