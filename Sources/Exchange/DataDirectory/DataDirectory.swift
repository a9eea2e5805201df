import Foundation
import MatchCore

/// The folder of what a program is set up with: areas, categories, calendar, scoring profiles, words for the demo.
///
/// It is given to what needs it and never looked up. Files are read when asked for; every fault names file, row and
/// column.
public struct DataDirectory: Sendable {
    public let path: String

    /// Throws where the folder is not there or holds neither areas nor categories.
    public init(path: String) throws(DataFault) {
        self.path = path
        for folder in ["areas", "categories"] where !FileManager.default.fileExists(atPath: "\(path)/\(folder)") {
            throw DataFault(
                .missing,
                LocalizedText(
                    zhHans: "这不是数据目录：缺少“\(folder)”文件夹。请用 --data 或环境变量 ALMONER_DATA 指定。",
                    en: "This is no data directory: it has no folder '\(folder)'. Name one with --data or ALMONER_DATA."
                ),
                file: path)
        }
    }

    /// The path of a file or folder in the directory.
    public func path(of name: String) -> String { "\(path)/\(name)" }

    /// The names of the files in a folder that end in `suffix`, in the order of their bytes; none where the folder is
    /// not there.
    func files(in folder: String, suffix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path(of: folder))) ?? []
        return names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The bytes of an operator's file of at most 1 MiB.
    func bytes(of file: String) throws(DataFault) -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw DataFault(
                .missing, LocalizedText(zhHans: "找不到文件，或无权读取。", en: "The file is not there or cannot be read."),
                file: file)
        }
        defer { try? handle.close() }
        // One byte more than is taken, so that a file that is too large shows without being read whole.
        return [UInt8]((try? handle.read(upToCount: MappingNode.maximumBytes + 1)) ?? Data())
    }
}
