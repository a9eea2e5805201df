import Casework
import MatchCore
import Testing

struct DuplicateTests {
    private func search() throws -> DuplicateSearch {
        DuplicateSearch(rules: try dataFile("households/duplicates.yaml"))
    }

    private func request(
        _ number: Int, on day: String = "2026-03-02", phone: UInt128? = nil, name: UInt128? = nil,
        identity: UInt128? = nil, address: UInt128? = nil, street: Code? = nil, born: Int? = nil,
        wants category: Code = "wheelchair"
    ) -> IntakeTraits {
        var traits = IntakeTraits(record: rid(number), receivedAt: at(day), categories: [category])
        traits.phone = phone.map { BlindKey($0) }
        traits.name = name.map { BlindKey($0) }
        traits.identity = identity.map { BlindKey($0) }
        traits.address = address.map { BlindKey($0) }
        traits.street = street
        traits.birthYear = born
        return traits
    }

    @Test func twoRequestsFromOnePhoneAndStreetAreExplained() throws {
        let pairs = try search().pairs(in: [
            request(1, phone: 5, street: "hengli"), request(2, on: "2026-03-11", phone: 5, street: "hengli"),
        ])
        #expect(pairs.map(\.pair) == [RecordPair(rid(1), rid(2))])
        let text = try #require(pairs.first).explanation { _ in LocalizedText(zhHans: "轮椅", en: "a wheelchair") }
        #expect(text.en == "same phone, same street, both ask for a wheelchair, within 9 days")
        #expect(text.zhHans == "同一电话，同一街道，都申请“轮椅”，相隔 9 天")
    }

    @Test func siblingsBehindOneDoorAreNotOnePerson() throws {
        let pairs = try search().pairs(in: [
            request(1, phone: 5, name: 1, address: 9, street: "hengli", born: 2012, wants: "schoolbag"),
            request(2, phone: 5, name: 2, address: 9, street: "hengli", born: 2014, wants: "schoolbag"),
        ])
        #expect(pairs.isEmpty)
    }

    @Test func whatSpeaksAgainstIsSaid() throws {
        let pair = try search().compare(
            request(1, phone: 5, name: 1, address: 9), request(2, phone: 5, name: 2, address: 9))
        #expect(pair.points == 75)
        #expect(pair.explanation().en.hasSuffix("; but different names"))
    }

    @Test func anOfficesPhoneJoinsNobody() throws {
        let requests = (1...6).map { request($0, phone: 5, name: UInt128($0), street: "hengli") }
        #expect(try search().pairs(in: requests).isEmpty)
        // Two of them without the others: the phone is theirs alone, but the names differ.
        #expect(try search().pairs(in: Array(requests.prefix(2))).isEmpty)
    }

    @Test func otherNeedsAndOldRequestsAreNoDuplicates() throws {
        let first = request(1, phone: 5, name: 1, identity: 3)
        #expect(try search().pairs(in: [first, request(2, phone: 5, name: 1, identity: 3, wants: "bed")]).isEmpty)
        #expect(
            try search().pairs(in: [first, request(2, on: "2026-10-02", phone: 5, name: 1, identity: 3)]).isEmpty)
        #expect(
            try search().pairs(in: [first, request(2, on: "2026-08-02", phone: 5, name: 1, identity: 3)]).count == 1)
    }

    @Test func notKnownIsNeverTheSame() throws {
        #expect(try search().pairs(in: [request(1), request(2)]).isEmpty)
        #expect(try search().compare(request(1), request(2)).evidence.map(\.sign) == [.sameCategory, .nearInTime])
    }

    @Test func theOrderOfRequestsNeverMatters() throws {
        var random = SeededRandom(seed: 11)
        var requests = (0..<300).map { number in
            request(
                number, on: CivilDate(2026, 1, 1)!.adding(days: Int.random(in: 0..<200, using: &random)).description,
                phone: UInt128.random(in: 0..<120, using: &random), name: UInt128.random(in: 0..<150, using: &random),
                street: ["hengli", "dongkeng", "qishi"].randomElement(using: &random))
        }
        let search = try search()
        let found = search.pairs(in: requests)
        #expect(found.count > 10)
        var book = DuplicateBook()
        for pair in found.prefix(5) {
            try book.judge(pair.pair, .different, by: .coordinator, at: at("2026-09-01"), reason: Reason("checked"))
        }
        let clusters = book.clusters(of: found)
        for _ in 0..<5 {
            requests.shuffle(using: &random)
            #expect(search.pairs(in: requests) == found, "seed 11")
            #expect(book.clusters(of: found.shuffled(using: &random)) == clusters, "seed 11")
        }
    }

    @Test func whatPeopleToldApartNeverMeetsAgainThroughAThird() throws {
        let search = try search()
        let pairs = search.pairs(in: (1...3).map { request($0, phone: 5, name: 1) })
        var book = DuplicateBook()
        #expect(book.clusters(of: pairs).map(\.members) == [[rid(1), rid(2), rid(3)]])
        let apart = RecordPair(rid(1), rid(3))
        try book.judge(apart, .different, by: .coordinator, at: at("2026-03-05"), reason: Reason("visited"))
        for cluster in book.clusters(of: pairs) {
            #expect(!(cluster.members.contains(rid(1)) && cluster.members.contains(rid(3))))
        }
        // Reversible: taken back, the group is as it was, and the judgements are all kept.
        try book.judge(apart, .open, by: .coordinator, at: at("2026-03-06"), reason: Reason("mistake"))
        #expect(book.clusters(of: pairs).map(\.members) == [[rid(1), rid(2), rid(3)]])
        #expect(book.judgements.count == 2)
    }

    @Test func peopleJoinWhatNoSignFound() throws {
        var book = DuplicateBook()
        try book.judge(
            RecordPair(rid(8), rid(9)), .same, by: .intake, at: at("2026-03-05"), reason: Reason("samePerson"))
        let clusters = book.clusters(of: [])
        #expect(clusters.map(\.members) == [[rid(8), rid(9)]])
        #expect(clusters.first?.isConfirmed == true)
        #expect(
            refusal {
                try book.judge(RecordPair(rid(1), rid(2)), .same, by: .intake, at: at("2026-03-05"), reason: nil)
            }
                == .reasonRequired)
        #expect(
            refusal {
                try book.judge(
                    RecordPair(rid(1), rid(2)), .same, by: .owner, at: at("2026-03-05"), reason: Reason("x"))
            } == .roleNotAllowed)
    }
}
