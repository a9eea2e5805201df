import MatchCore
import Sealing
import Testing

@Suite struct SealingTests {
    let holder = KeyHolder(program: "p", id: RecordID(high: 1, low: 2))
    let place = SealedPlace("note", "words", row: "7")

    @Test func whatIsSealedOpensInItsPlaceAndNowhereElse() throws {
        let key = PersonKey(new: holder)
        let sealed = try key.seal("示例大宝，13800001111", for: place)
        #expect(try key.open(sealed, at: place) == "示例大宝，13800001111")
        for other in [
            SealedPlace("note", "words", row: "8"), SealedPlace("note", "other", row: "7"),
            SealedPlace("inbox", "words", row: "7"),
        ] {
            let error = #expect(throws: SealError.self) { try key.open(sealed, at: other) }
            #expect(error?.code == .altered)
        }
        #expect(throws: SealError.self) { try PersonKey(new: holder).open(sealed, at: place) }
    }

    @Test func aColumnSaysWhoseItIsAndNothingElse() throws {
        let key = PersonKey(new: holder)
        let column = try key.seal("canary", for: place).column
        #expect(SealedText.isSealed(column) && column.hasPrefix(SealedText.prefix))
        #expect(!SealedText.isSealed("canary") && SealedText(column: "canary") == nil)
        #expect(SealedText(column: column)?.holder == holder.id)
        #expect(try key.seal("canary", for: place).column != column, "The same text twice must not look the same.")
        for place in column.indices.dropFirst(2) where column[place] != "=" {
            var altered = column
            altered.replaceSubrange(place...place, with: column[place] == "A" ? "B" : "A")
            guard let read = SealedText(column: altered) else { continue }
            #expect(throws: SealError.self) { try key.open(read, at: self.place) }
        }
    }

    @Test func aWrappedKeyOpensUnderItsVersionAlone() throws {
        var masters = MasterKeys(newAt: 0)
        let key = PersonKey(new: holder)
        let sealed = try key.seal("x", for: place)
        let first = try masters.wrap(key)
        masters.rotate(at: 1)
        #expect(try masters.unwrap(first).open(sealed, at: place) == "x")
        let second = try masters.wrap(try masters.unwrap(first))
        #expect(second.master == 2)
        masters.dropOld()
        #expect(try masters.unwrap(second).open(sealed, at: place) == "x")
        let error = #expect(throws: SealError.self) { try masters.unwrap(first) }
        #expect(error?.code == .wrongKey)
        // A row that was given to another person, or another version's number, opens nothing.
        let stolen = WrappedKey(
            holder: KeyHolder(program: "p", id: RecordID(high: 9, low: 9)), version: second.version, master: 2,
            bytes: second.bytes)
        #expect(throws: SealError.self) { try masters.unwrap(stolen) }
    }

    @Test func aKeyFileReadsBackWhole() throws {
        var masters = MasterKeys(newAt: 5)
        masters.rotate(at: 6)
        let read = try MasterKeys(text: masters.text)
        #expect(read.text == masters.text && read.current == 2 && read.secret == masters.secret)
        let key = PersonKey(new: holder)
        #expect(try read.unwrap(try masters.wrap(key)).holder == holder)
        let lines = masters.text.split(separator: "\n").map(String.init)
        for text in [
            "", "almoner keys 2\n", lines.dropLast(2).joined(separator: "\n"), masters.text + "more\n",
            masters.text.replacing("secret", with: "secrets"), String(masters.text.dropLast(4)),
        ] {
            #expect(throws: SealError.self, "\(text.count)") { try MasterKeys(text: text) }
        }
    }

    @Test func queuesAreByWeek() {
        let week: Int64 = 7 * 86_400_000
        let now = 2_900 * week + 5
        #expect(KeyHolder.queue(at: now) == KeyHolder.queue(at: now + 1))
        #expect(KeyHolder.queue(at: now) != KeyHolder.queue(at: now + week))
        #expect(KeyHolder.queues(before: now).contains(KeyHolder.queue(at: now - week)))
        #expect(!KeyHolder.queues(before: now).contains(KeyHolder.queue(at: now)))
    }
}
