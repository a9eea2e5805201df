import Foundation
import MatchCore
import Yams

/// A YAML file that the operator wrote: at most 1 MB, no aliases, every key known.
///
/// YAML is for the operator's own files alone, never for what comes over a network.
struct OperatorFile {
    let path: String
    let root: Field

    static let greatestSize = 1 << 20

    /// Throws for a file that is missing, too large, not well-formed, or that uses aliases (which can make a small
    /// file stand for an enormous one).
    init(path: String) throws(DataFault) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DataFault(
                .missing, LocalizedText(zhHans: "找不到文件，或无权读取。", en: "The file is not there or cannot be read."),
                file: path)
        }
        defer { try? handle.close() }
        let data = (try? handle.read(upToCount: OperatorFile.greatestSize + 1)) ?? Data()
        guard data.count <= OperatorFile.greatestSize else {
            throw DataFault(
                .tooLarge, LocalizedText(zhHans: "文件超过 1 MB。", en: "The file is larger than 1 MB."), file: path)
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw DataFault(
                .malformed, LocalizedText(zhHans: "文件不是 UTF-8 编码。", en: "The file is not UTF-8."), file: path)
        }
        try self.init(text: text, path: path)
    }

    init(text: String, path: String) throws(DataFault) {
        self.path = path
        if let line = OperatorFile.lineWithAlias(in: text) {
            throw DataFault(
                .malformed,
                LocalizedText(
                    zhHans: "不接受 YAML 锚点和别名（& 和 *）。请把内容直接写出，或给文字加引号。",
                    en: "Anchors and aliases (& and *) are not taken. Write the content out, or put the text in quotes."
                ),
                file: path, row: line)
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw DataFault(
                    .malformed, LocalizedText(zhHans: "文件是空的。", en: "The file is empty."), file: path)
            }
            root = Field(node: node, file: path, name: nil)
        } catch let error as DataFault {
            throw error
        } catch let error as YamlError {
            throw OperatorFile.fault(error, path: path)
        } catch {
            throw DataFault(.malformed, LocalizedText(zhHans: "\(error)", en: "\(error)"), file: path)
        }
    }

    private static func fault(_ error: YamlError, path: String) -> DataFault {
        func fault(_ problem: String, line: Int?) -> DataFault {
            DataFault(
                .malformed, LocalizedText(zhHans: "不是有效的 YAML：\(problem)。", en: "This is no valid YAML: \(problem)."),
                file: path, row: line)
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return fault(problem, line: mark.line)
        case .reader(let problem, _, _, _): return fault(problem, line: nil)
        case .duplicatedKeysInMapping(let keys, let context):
            return fault("the key stands twice: \(keys.joined(separator: ", "))", line: context.mark.line)
        default: return fault("\(error)", line: nil)
        }
    }

    /// The first line on which a value begins with `&` or `*` outside quotes and comments. It is looked for before
    /// parsing, because the parser resolves aliases while it reads.
    private static func lineWithAlias(in text: String) -> Int? {
        var line = 1
        var quote: UInt8?
        var isComment = false
        // Whether a value may begin here, as after `- `, `: `, `[` or at the start of a line.
        var startsValue = true
        var previous: UInt8 = 0x0A
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n") {
                line += 1
                isComment = false
                if quote == nil { startsValue = true }
                previous = byte
                continue
            }
            defer { previous = byte }
            if isComment { continue }
            if let open = quote {
                if byte == open, !(open == UInt8(ascii: "\"") && previous == UInt8(ascii: "\\")) { quote = nil }
                continue
            }
            let isSpace = byte == 0x20 || byte == 0x09
            if isSpace {
                // `- `, `: ` and `? ` are followed by a value; `-1` and `a:b` are not.
                if [UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "?")].contains(previous) { startsValue = true }
                continue
            }
            if byte == UInt8(ascii: "#"), previous == 0x20 || previous == 0x09 || previous == 0x0A {
                isComment = true
                continue
            }
            if startsValue {
                if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") { return line }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
            }
            startsValue = [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ",")].contains(byte)
        }
        return nil
    }
}
