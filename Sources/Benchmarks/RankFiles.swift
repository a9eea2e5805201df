internal import Foundation
public import MatchCore

/// Reads `offers.csv` (id, leaf, lat, lon, cap, d0, d1, skills, langs, trust, fatigue, pref, without a header) and
/// `wishes.jsonl` of a generated data set.
public struct RankFiles: Sendable {
    public let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// Throws ``BenchFileError`` for a file that is missing or has a row that the generator would not write.
    public func registry(textual: Bool = false) throws -> Registry {
        var registry = try RankRegistry(textual: textual)
        try forEachOffer { registry.add($0) }
        for wish in try wishes() { registry.add(wish) }
        return registry.build()
    }

    public func forEachOffer(_ body: (RankOffer) -> Void) throws {
        let file = "\(folder)/offers.csv"
        guard let bytes = try? Data(contentsOf: URL(filePath: file), options: .alwaysMapped) else {
            throw BenchFileError(.missing, file: file)
        }
        try bytes.withUnsafeBytes { bytes in
            var start = 0
            var row = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
                row += 1
                guard let offer = RankOffer(line: bytes[start..<end]) else {
                    throw BenchFileError(.badRow, file: file, row: row)
                }
                body(offer)
                start = end + 1
            }
        }
    }

    public func wishes() throws -> [RankWish] {
        let file = "\(folder)/wishes.jsonl"
        guard let bytes = try? Data(contentsOf: URL(filePath: file)) else {
            throw BenchFileError(.missing, file: file)
        }
        return try bytes.split(separator: 10).enumerated().map { index, line in
            guard let wish = try? JSONDecoder().decode(WishLineRecord.self, from: Data(line)) else {
                throw BenchFileError(.badRow, file: file, row: index + 1)
            }
            return wish.wish
        }
    }

    private struct WishLineRecord: Decodable {
        var leaf: Int
        var lat: Double
        var lon: Double
        var qty: Int64
        var d0: Int32
        var d1: Int32
        var skills: [UInt32]
        var langs: UInt32
        var grp: Int

        var wish: RankWish {
            RankWish(
                leaf: leaf, latitude: lat, longitude: lon, wanted: qty, firstDay: d0, lastDay: d1,
                skills: skills.reduce(0) { $0 | 1 << ($1 & 31) }, languages: langs, group: grp)
        }
    }
}

extension RankOffer {
    /// Nil for a line of another shape. Numbers are plain decimals, read byte by byte: a million rows in a second.
    init?(line: Slice<UnsafeRawBufferPointer>) {
        var numbers: (cells: Int, value: Double, scale: Double) = (0, 0, 0)
        var values = Array(repeating: 0.0, count: 12)
        var isNegative = false
        func finished() -> Double {
            let value = numbers.scale > 0 ? numbers.value / numbers.scale : numbers.value
            return isNegative ? -value : value
        }
        for byte in line {
            switch byte {
            case 0x30...0x39:
                numbers.value = numbers.value * 10 + Double(byte - 0x30)
                numbers.scale *= 10
            case UInt8(ascii: "."): numbers.scale = 1
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: ","):
                guard numbers.cells < 11 else { return nil }
                values[numbers.cells] = finished()
                numbers = (numbers.cells + 1, 0, 0)
                isNegative = false
            default: return nil
            }
        }
        guard numbers.cells == 11 else { return nil }
        values[11] = finished()
        guard (0..<96).contains(values[1]), (0...8).contains(values[11]), (0...4_294_967_295).contains(values[7]) else {
            return nil
        }
        self.init(
            id: Int(values[0]), leaf: Int(values[1]), latitude: values[2], longitude: values[3],
            available: Int64(values[4]), firstDay: Int32(values[5]), lastDay: Int32(values[6]),
            skills: UInt32(values[7]), languages: UInt32(values[8]), trust: values[9], fatigue: values[10],
            preference: Int(values[11]))
    }
}
