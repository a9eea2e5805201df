import Exchange
import Testing

@Suite struct CSVWriterTests {
    @Test(arguments: ["=1+1", "+86 769", "-5", "@cmd", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "'=1", "''+1"])
    func noCellStartsAFormula(_ cell: String) throws {
        let text = String(decoding: try written([[cell, "b"]]), as: UTF8.self)
        let start = text.hasPrefix("\"") ? text.dropFirst() : Substring(text)
        #expect(start.hasPrefix("'" + cell.prefix(1)))
        #expect(FormulaGuard.unguarded(FormulaGuard.guarded(cell)) == cell)
    }

    @Test(arguments: ["'tis", "'", "''", "abc", "1-5", "", "'x=1"])
    func otherCellsAreLeftAlone(_ cell: String) {
        #expect(FormulaGuard.guarded(cell) == cell)
        #expect(FormulaGuard.unguarded(cell) == cell)
    }

    /// Export, import, export: every text comes back, and the second file is the first to the byte.
    @Test(arguments: [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09])
    func everythingComesBack(_ delimiter: UInt8) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let alphabet = Array("''''=+-@\t\r\n＝＋－＠\"\";,ab 中é".unicodeScalars)
        for _ in 0..<400 {
            let width = Int.random(in: 1...4, using: &random)
            let table = (0..<3).map { _ in
                (0..<width).map { _ in
                    var cell = String.UnicodeScalarView()
                    for _ in 0..<Int.random(in: 0..<6, using: &random) {
                        cell.append(alphabet.randomElement(using: &random)!)
                    }
                    return String(cell)
                }
            }
            let file = try written(table, delimiter: delimiter)
            let options = CSVOptions(
                encoding: .utf8, delimiter: delimiter, header: .names((0..<width).map { "c\($0)" }))
            let back = try rows(BytesSource(file, piece: 5), options)
            #expect(back.map { $0.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } }, "seed \(seed)")
            #expect(try written(back, delimiter: delimiter) == file, "seed \(seed)")
        }
    }

    @Test func aMarkLetsExcelSeeUTF8() throws {
        var bytes: [UInt8] = []
        var writer = CSVWriter(byteOrderMark: true) { bytes += $0 }
        try writer.write(["中"])
        try writer.finish()
        #expect(bytes == [0xEF, 0xBB, 0xBF, 0xE4, 0xB8, 0xAD, 0x0D, 0x0A])
    }
}
