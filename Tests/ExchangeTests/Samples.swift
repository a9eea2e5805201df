import Exchange
import Foundation

/// A small generator whose seed a failing test prints.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Reads a whole file into texts; throws its first fault.
func rows(_ source: any ByteSource, _ options: CSVOptions = CSVOptions()) throws -> [[String]] {
    let reader = try CSVReader(source, options: options)
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.texts) }
    return rows
}

/// Reads a whole file, going on after each row that is refused, and returns what was refused.
func faults(_ source: any ByteSource, _ options: CSVOptions = CSVOptions()) -> [CSVError] {
    var faults: [CSVError] = []
    do {
        let reader = try CSVReader(source, options: options)
        while true {
            do {
                guard try reader.next() != nil else { break }
            } catch {
                faults.append(error)
                if !error.isRecoverable { break }
            }
        }
    } catch {
        faults.append(error)
    }
    return faults
}

/// Writes rows and returns the bytes of the file.
func written(_ rows: [[String]], delimiter: UInt8 = UInt8(ascii: ",")) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var writer = CSVWriter(delimiter: delimiter) { bytes += $0 }
    for row in rows { try writer.write(row) }
    try writer.finish()
    return bytes
}

/// Makes the same bytes over and over up to a length, counting how many were asked for.
final class EndlessSource: ByteSource {
    private let length: Int
    private let byte: UInt8
    private let head: [UInt8]
    private(set) var given = 0

    init(head: String, byte: UInt8, length: Int) {
        self.head = Array(head.utf8)
        self.byte = byte
        self.length = length
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        let count = min(buffer.count, length - given)
        for index in 0..<count { buffer[index] = given + index < head.count ? head[given + index] : byte }
        given += count
        return count
    }
}
