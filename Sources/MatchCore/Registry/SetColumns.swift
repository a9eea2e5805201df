/// A set of words per row, as bits: word n of the vocabulary is bit n % 32 of plane n / 32.
///
/// There are as many planes as the vocabulary needs, so that no word is ever lost; with up to 32 words a row costs
/// four bytes and a test is one AND.
public final class SetColumns: Sendable {
    public let planes: [Column<UInt32>]

    init(_ sets: SetColumnsBuilder, vocabularyCount: Int, order: [Int32]) {
        let planeCount = max(1, (vocabularyCount + 31) / 32)
        planes = (0..<planeCount).map { plane in
            let words = sets.table.map { set in
                set.reduce(UInt32(0)) { bits, word in
                    Int(word) / 32 == plane ? bits | 1 << UInt32(Int(word) % 32) : bits
                }
            }
            return Column(sets.rows.map { words[Int($0)] }, order: order)
        }
    }

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

    mutating func append(_ words: [String], in vocabulary: inout Vocabulary) {
        guard !words.isEmpty else {
            rows.append(0)
            return
        }
        let set = Set(words.map { vocabulary.intern($0) }).sorted()
        if let number = numbers[set] {
            rows.append(number)
        } else {
            numbers[set] = Int32(table.count)
            rows.append(Int32(table.count))
            table.append(set)
        }
    }
}
