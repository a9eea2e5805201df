/// A set of words per row, as bits: word n of the vocabulary is bit n % 32 of plane n / 32.
///
/// There are as many planes as the vocabulary needs, so that no word is ever lost; with up to 32 words a row costs
/// four bytes and a test is one AND.
public final class SetColumns: Sendable {
    public let planes: [Column<UInt32>]

    init(_ sets: SetColumnsBuilder, vocabularyCount: Int, order: [Int32]) {
        planes = (0..<SetColumns.planeCount(vocabularyCount)).map { plane in
            let words = sets.table.map { set in
                set.reduce(UInt32(0)) { bits, word in
                    Int(word) / 32 == plane ? bits | 1 << UInt32(Int(word) % 32) : bits
                }
            }
            return Column(sets.rows.map { words[Int($0)] }, order: order)
        }
    }

    /// How many planes a vocabulary of so many words takes.
    static func planeCount(_ words: Int) -> Int { max(1, (words + 31) / 32) }

    /// The bits of one row, one number per plane.
    public func bits(of row: Int) -> [UInt32] { planes.map { $0[row] } }

    @inlinable
    public func isEmpty(_ row: Int) -> Bool { planes.allSatisfy { $0[row] == 0 } }

    public var byteCount: Int { planes.reduce(0) { $0 + $1.byteCount } }
}

/// The words of a row's set, by their numbers.
extension Vocabulary {
    public func words(of bits: [UInt32]) -> [String] {
        var result: [String] = []
        for (plane, word) in bits.enumerated() where word != 0 {
            for bit in 0..<32 where word >> UInt32(bit) & 1 == 1 && plane * 32 + bit < count {
                result.append(words[plane * 32 + bit])
            }
        }
        return result
    }
}

/// Gathers sets row by row; equal sets are kept once.
struct SetColumnsBuilder {
    private(set) var table: [[Int32]] = [[]]
    private(set) var rows: [Int32] = []
    private var numbers: [[Int32]: Int32] = [[]: 0]
    /// The same for sets that came as the bits of one plane.
    private var numbersOfBits: [UInt32: Int32] = [0: 0]

    /// Takes the numbers of words, in any order.
    mutating func append(_ words: [Int32]) {
        rows.append(words.isEmpty ? 0 : number(of: Set(words).sorted()))
    }

    /// Takes over a row of another snapshot of the same lexicon.
    mutating func append(_ row: Int, of other: SetColumns) {
        if other.planes.count == 1 {
            let bits = other.planes[0][row]
            if let number = numbersOfBits[bits] { return rows.append(number) }
            let number = number(of: SetColumnsBuilder.words(of: [bits]))
            numbersOfBits[bits] = number
            rows.append(number)
        } else {
            rows.append(number(of: SetColumnsBuilder.words(of: other.bits(of: row))))
        }
    }

    private mutating func number(of set: [Int32]) -> Int32 {
        if let number = numbers[set] { return number }
        let number = Int32(table.count)
        numbers[set] = number
        table.append(set)
        return number
    }

    private static func words(of bits: [UInt32]) -> [Int32] {
        bits.enumerated().flatMap { plane, bits in
            (0..<32).filter { bits >> UInt32($0) & 1 == 1 }.map { Int32(plane * 32 + $0) }
        }
    }
}
