import Exchange
import Foundation
import Testing

@Suite struct CSVReaderTests {
    @Test func readsQuotesNewlinesAndEveryLineEnd() throws {
        let text = "a,b\r\n\"x\"\"y\",\"1\r\n2\n3\"\rplain,\n\n\"\",last"
        for piece in [1, 2, 3, 7, 1000] {
            #expect(
                try rows(BytesSource(text, piece: piece))
                    == [["x\"y", "1\r\n2\n3"], ["plain", ""], ["", "last"]])
        }
    }

    @Test func countsRowsAsASpreadsheetAndLinesAsAnEditor() throws {
        let reader = try CSVReader(BytesSource("a,b\n\"1\n2\r\n3\",x\n\ny,z\r\nu,v"))
        let places = try sequence(first: reader.next()) { _ in try? reader.next() }.prefix(3).map { $0 }
        #expect(places.map { $0?.number } == [2, 4, 5])
        #expect(places.map { $0?.line } == [2, 6, 7])
    }

    @Test(arguments: [(";", "a;b\n1,5;2"), ("\t", "a\tb\n1,5\t2"), (",", "a,b\n1;5,2"), (";", "sep=;\r\na;b\n1,5;2")])
    func findsTheDelimiter(_ delimiter: String, _ text: String) throws {
        let reader = try CSVReader(BytesSource(text))
        #expect(reader.delimiter == delimiter.utf8.first)
        #expect(reader.header == ["a", "b"])
        #expect(try reader.next()?[1] == "2")
    }

    @Test(arguments: CSVEncoding.allCases, [true, false])
    func readsEveryEncodingOfChineseSpreadsheets(_ encoding: CSVEncoding, _ marked: Bool) throws {
        let text = "类别,说明\r\n" + String(repeating: "轮椅,\"一辆，适合老人\n龘𠮷\"\r\n", count: 6_000)
        let bytes = (marked ? encoding.mark : []) + encoded(text, encoding)
        for piece in [1_021, 65_536] {
            let reader = try CSVReader(BytesSource(bytes, piece: piece))
            #expect(reader.encoding == encoding)
            #expect(reader.header == ["类别", "说明"])
            var count = 0
            while let row = try reader.next() {
                if row[0] != "轮椅" || row[1] != "一辆，适合老人\n龘𠮷" { Issue.record("row \(row.number) differs") }
                count += 1
            }
            #expect(count == 6_000)
        }
    }

    @Test func shortGB18030FileIsRecognised() throws {
        #expect(try rows(BytesSource(encoded("名称\n轮椅", .gb18030))) == [["轮椅"]])
        #expect(try rows(BytesSource(encoded("id,n\n1,中", .gb18030))) == [["1", "中"]])
    }

    @Test func aFileWithoutHeaderTakesGivenNames() throws {
        let reader = try CSVReader(BytesSource("1,2\n"), options: CSVOptions(header: .names(["a", "b"])))
        #expect(try reader.next()?.texts == ["1", "2"])
    }

    @Test func formulaApostropheIsTakenOff() throws {
        #expect(
            try rows(BytesSource("a,b,c\n'=1+1,''=x,'tis\n'＋86,-5,'\n")) == [
                ["=1+1", "'=x", "'tis"], ["＋86", "-5", "'"],
            ])
    }

    /// Cutting the input into pieces of any size never changes what is read.
    @Test func piecesNeverMatter() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let alphabet = Array("a中\",\"\n\r;\t' =")
        for _ in 0..<300 {
            let text =
                "a,b\n"
                + String(
                    (0..<Int.random(in: 0..<40, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
            let whole = outcome(BytesSource(text))
            for piece in 1...5 {
                #expect(outcome(BytesSource(text, piece: piece)) == whole, "seed \(seed), \(text.debugDescription)")
            }
        }
    }

    private func outcome(_ source: BytesSource) -> [String] {
        var found = faults(source).map(\.message)
        found += ((try? rows(source)) ?? []).map { $0.joined(separator: "|") }
        return found
    }
}

/// Encodes by Foundation or, for GB18030, by asking iconv the other way round.
func encoded(_ text: String, _ encoding: CSVEncoding) -> [UInt8] {
    switch encoding {
    case .utf8: return Array(text.utf8)
    case .utf16LittleEndian: return text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian: return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .gb18030: return convertedToGB18030(text)
    }
}
