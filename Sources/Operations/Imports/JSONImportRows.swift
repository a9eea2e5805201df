public import Exchange
internal import InputGate
internal import MatchCore
internal import Wire

/// Rows written as one JSON object a line, whose members are named like the columns of the mapping.
///
/// Members are texts; whole numbers, truths and lists of texts are taken as a cell would hold them. A line that cannot be
/// read is a row at fault, and the next one goes on.
public final class JSONImportRows: ImportRows {
    /// The longest line that is read, in bytes.
    public static let longestLine = 256 << 10

    public let header: [String]
    private let engine: MappingEngine
    private var source: any ByteSource
    private var buffer: [UInt8] = []
    private var position = 0
    private var hasEnded = false
    private var number = 0
    private static let limits = GateLimits(maximumBytes: longestLine, maximumDepth: 4, maximumTokens: 2_000)

    public init(_ source: any ByteSource, columns: [String], engine: MappingEngine) {
        self.source = source
        header = columns
        self.engine = engine
    }

    public func next() throws -> ImportRow? {
        while let line = try line() {
            number += 1
            switch line {
            case .tooLong:
                return faulty(
                    .both(
                        "此行超过 \(Self.longestLine >> 10) KB。", "The line has more than \(Self.longestLine >> 10) KB."))
            case .bytes(let bytes):
                // Blank lines are counted, and passed over.
                if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
                return row(of: bytes)
            }
        }
        return nil
    }

    private func faulty(_ text: LocalizedText) -> ImportRow {
        let place = LocalizedText(zhHans: "第 \(number) 行：\(text.zhHans)", en: "row \(number): \(text.en)")
        return ImportRow(CSVRow(texts: [], number: number, line: number), fault: place)
    }

    private func row(of bytes: [UInt8]) -> ImportRow {
        do {
            guard case .object(let object) = try JSONValue(parsing: bytes, limits: Self.limits) else {
                return faulty(.both("应为一个 JSON 对象。", "Write one JSON object a line."))
            }
            var cells = [String](repeating: "", count: header.count)
            for member in object.members {
                guard let column = header.firstIndex(of: member.name) else {
                    let near = Suggestion(header).closest(to: member.name).joined(separator: ", ")
                    return faulty(
                        .both(
                            "没有名为“\(member.name)”的列。" + (near.isEmpty ? "" : "最接近：\(near)。"),
                            "There is no column '\(member.name)'." + (near.isEmpty ? "" : " Closest: \(near).")))
                }
                guard let cell = Self.cell(member.value) else {
                    return faulty(
                        .both(
                            "“\(member.name)”应为文本、数字、真假或文本列表。",
                            "'\(member.name)' takes a text, a number, a truth or a list of texts."))
                }
                cells[column] = cell
            }
            let row = CSVRow(texts: cells, number: number, line: number)
            return ImportRow(row, mapped: engine.map(row))
        } catch {
            return faulty(Problem(presenting: error).detail)
        }
    }

    private static func cell(_ value: JSONValue) -> String? {
        switch value {
        case .null: return ""
        case .flag(let flag): return flag ? "yes" : "no"
        case .integer(let number): return String(number)
        case .decimal(let text), .text(let text): return text
        case .list(let items):
            let texts = items.compactMap { if case .text(let text) = $0 { text } else { nil } }
            return texts.count == items.count ? texts.joined(separator: "|") : nil
        case .object: return nil
        }
    }

    // MARK: Lines

    private enum Line {
        case bytes([UInt8])
        case tooLong
    }

    private func line() throws -> Line? {
        var isTooLong = false
        while true {
            if let end = buffer[position...].firstIndex(of: 0x0A) {
                defer { position = end + 1 }
                return isTooLong || end - position > Self.longestLine
                    ? .tooLong : .bytes(Array(buffer[position..<end]))
            }
            if buffer.count - position > Self.longestLine {
                isTooLong = true
                position = buffer.count
            }
            guard try refill() else {
                guard position < buffer.count else { return isTooLong ? .tooLong : nil }
                defer { position = buffer.count }
                return isTooLong ? .tooLong : .bytes(Array(buffer[position...]))
            }
        }
    }

    /// Reads a piece more behind what is left; false at the end.
    private func refill() throws -> Bool {
        guard !hasEnded else { return false }
        buffer.removeFirst(position)
        position = 0
        let before = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: 64 << 10))
        let count = try buffer.withUnsafeMutableBytes {
            try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[before...]))
        }
        buffer.removeLast((64 << 10) - count)
        hasEnded = count == 0
        return !hasEnded
    }
}
