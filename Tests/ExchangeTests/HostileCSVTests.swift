import Exchange
import InputGate
import Testing

@Suite struct HostileCSVTests {
    @Test func raggedRowsAreNamedAndTheRestIsRead() throws {
        let found = faults(BytesSource("类别,数量\n轮椅,1\n拐杖\n床,1,2\n灯,3\n"))
        #expect(found.map(\.code) == [.raggedRow, .raggedRow])
        #expect(found.map(\.row) == [3, 4])
        #expect(
            found[0].message
                == "Row 3: The row has 1 cells, the header has 2. Look for a missing quote or delimiter.")
        #expect(found[0].wording.chinese.hasPrefix("第 3 行：本行有 1 个单元格"))
    }

    @Test func aRefusedRowCanBeWrittenOut() throws {
        let reader = try CSVReader(BytesSource("a,b\n1,2,3\n4,5\n"))
        #expect(throws: CSVError.self) { try reader.next() }
        #expect(reader.lastRow.texts == ["1", "2", "3"])
        #expect(try reader.next()?.texts == ["4", "5"])
    }

    @Test func nulIsRefusedWithItsPlace() {
        let found = faults(BytesSource("类别,数量\n轮椅,1\0\n床,2\n"))
        #expect(found.map(\.code) == [.nulCharacter])
        #expect(found[0].message == "Row 2, column 2 '数量': The cell holds the character U+0000. Remove it.")
    }

    @Test func controlsAndStrayQuotesAreRefusedWithTheirPlace() {
        let found = faults(BytesSource("a,b\nx\u{1B}[2J,1\n2,5\" screen\n\"x\"y,3\n\u{85},1\nok,1\n"))
        #expect(found.map(\.code) == [.controlCharacter, .strayQuote, .strayQuote, .controlCharacter])
        #expect(found.map(\.row) == [2, 3, 4, 5])
        #expect(found.map(\.column) == [1, 2, 1, 1])
        #expect(found.map(\.columnName) == ["a", "b", "a", "a"])
    }

    @Test func halfAMillionCombiningMarksAreRefusedQuickly() {
        let text = "a,b\n1,e" + String(repeating: "\u{301}", count: 500_000) + "\n2,ok\n"
        let time = ContinuousClock().measure {
            let found = faults(BytesSource(text), CSVOptions(maximumRowBytes: 2 << 20))
            #expect(found.map(\.code) == [.tooManyCombiningMarks])
            #expect(found.first?.row == 2 && found.first?.column == 2)
            #expect(faults(BytesSource(text)).map(\.code) == [.tooManyCombiningMarks])
        }
        #expect(time < .seconds(2))
    }

    @Test func marksOfTwoCellsAreNotOneRun() throws {
        let marks = "e" + String(repeating: "\u{301}", count: 20)
        #expect(try rows(BytesSource("a,b\n\(marks),\(marks.dropFirst(0))\n")).count == 1)
    }

    @Test(arguments: ["", "\""])
    func aLineOf100MBIsRefusedAtOnce(_ quote: String) {
        let source = EndlessSource(head: "a,b\n1,2\n" + quote, byte: UInt8(ascii: "x"), length: 100_000_000)
        let found = faults(source)
        #expect(found.map(\.code) == [.rowTooLong])
        #expect(found[0].row == 3)
        #expect(source.given < 2_000_000)
    }

    @Test func aLineOf100MBOfCommasIsRefusedAtOnce() {
        let source = EndlessSource(head: "a,b\n", byte: UInt8(ascii: ","), length: 100_000_000)
        #expect(faults(source).map(\.code) == [.tooManyColumns])
        #expect(source.given < 1_000_000)
    }

    @Test func aHeaderOf100MBIsRefusedAtOnce() {
        let source = EndlessSource(head: "", byte: UInt8(ascii: "x"), length: 100_000_000)
        #expect(faults(source).map(\.code) == [.rowTooLong])
        #expect(source.given < 2_000_000)
    }

    @Test func wrongEncodingIsRefusedWithTheRowAndARemedy() {
        let gb = convertedToGB18030("类别,数量\n轮椅,1\n")
        let asUTF8 = faults(BytesSource(gb), CSVOptions(encoding: .utf8))
        #expect(asUTF8.map(\.code) == [.invalidBytes])
        #expect(asUTF8[0].message.contains("encoding: gb18030"))
        let late = Array(("n\n" + String(repeating: "abcdefg\n", count: 20_000)).utf8) + gb
        let found = faults(BytesSource(late))
        #expect(found.map(\.code) == [.invalidBytes])
        #expect(found[0].row == 20_002)
        #expect(faults(BytesSource([0x61, 0xFF, 0xFF, 0x0A])).map(\.code) == [.unknownEncoding])
    }

    @Test func aFaultInConvertedBytesComesAfterTheRowsBeforeIt() throws {
        let bytes = convertedToGB18030("类别\n轮椅\n") + [0xFF, 0x0A]
        let reader = try CSVReader(BytesSource(bytes), options: CSVOptions(encoding: .gb18030))
        #expect(try reader.next()?.texts == ["轮椅"])
        let error = #expect(throws: CSVError.self) { try reader.next() }
        #expect(error?.code == .invalidBytes && error?.row == 3)
        let cut = Array(encoded("名\n轮椅", .utf16LittleEndian).dropLast())
        #expect(faults(BytesSource(cut), CSVOptions(encoding: .utf16LittleEndian)).map(\.code) == [.invalidBytes])
        let lone: [UInt8] = encoded("n\n", .utf16LittleEndian) + [0x00, 0xD8, 0x41, 0x00]
        #expect(faults(BytesSource(lone), CSVOptions(encoding: .utf16LittleEndian)).map(\.code) == [.invalidBytes])
    }

    @Test func anOpenQuoteIsNamedByTheRowWhereItOpens() {
        let found = faults(BytesSource("a,b\n1,\"open\nmore\nmore\n"))
        #expect(found.map(\.code) == [.unclosedQuote])
        #expect(found[0].row == 2 && found[0].column == 2)
    }

    @Test func emptyAndMissingFilesAreRefused() {
        #expect(faults(BytesSource("")).map(\.code) == [.noHeader])
        #expect(faults(BytesSource("\n\r\n")).map(\.code) == [.noHeader])
        let error = #expect(throws: CSVError.self) { try FileSource(path: "/nowhere/at/all.csv") }
        #expect(error?.code == .unreadable)
    }

    @Test func anyBytesEndInRowsOrFaults() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        for _ in 0..<400 {
            let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : [0x2C, 0x22, 0x0A, 0x0D, 0x00].randomElement(using: &random)!
            }
            for encoding in CSVEncoding.allCases.map(Optional.some) + [nil] {
                _ = faults(BytesSource(bytes, piece: 9), CSVOptions(encoding: encoding))
            }
        }
    }
}
