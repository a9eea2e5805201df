import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// What is told of a person later adds to the signs by which duplicates are found, and takes none away.
@Suite struct KeptSignsTests {
    private typealias Town = DeskTests.Town

    private static let single = [
        PersonHints(name: "甲某"), PersonHints(phone: "13900000001"), PersonHints(idNumber: "110105194912310021"),
        PersonHints(address: "3栋501"), PersonHints(street: "中山路"), PersonHints(birthYear: 1_949),
    ]

    private func index() throws -> BlindIndex {
        try BlindIndex(secret: Array(repeating: 7, count: 32), program: "p")
    }

    private func traits(of record: RecordID, _ town: Town) throws -> IntakeTraits? {
        try town.store.blockingRead { try $0.traits(of: record) }
    }

    /// Two requests with one phone and one street.
    private func requests(_ town: Town) throws -> [InboxRecord] {
        let index = try index()
        return try (1...2).map { number in
            try town.desk { desk in
                let record = try desk.take("想要轮椅", channel: .phone, externalID: "N\(number)")
                try desk.keep(PersonHints(phone: "13900000001", street: "中山路"), saidIn: record, by: index)
                return record
            }
        }
    }

    /// A wish that is classified: only those for one thing are compared.
    private func chair(_ number: UInt64, _ town: Town) throws -> LineReference {
        let line = LineReference(RecordID(high: 3, low: number))
        let categories = try CategoryTree([
            MatchCore.Category(code: "chair", parent: nil, name: LocalizedText(zhHans: "轮椅", en: "chair"), unit: .piece)
        ])
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: categories), desk: desk
            ).admit(
                Wish(
                    key: RecordKey(source: "t", externalID: "w\(number)", id: line.record),
                    lines: [WishLine(category: "chair", quantity: 1)]))
        }
        return line
    }

    @Test(arguments: 0..<6)
    func aLaterWordErasesNoSign(hint: Int) throws {
        let town = try Town()
        let index = try index()
        let records = try requests(town)
        let before = try #require(try traits(of: records[0].id, town))
        let wishes = [try chair(1, town), try chair(2, town)]
        for (record, wish) in zip(records, wishes) {
            try town.desk { desk in
                try desk.keep(Self.single[hint], saidIn: record, by: index)
                _ = try desk.confirm(record.id, as: wish.record)
            }
        }
        for id in [records[0].id, wishes[0].record] {
            let after = try #require(try traits(of: id, town))
            #expect(after.phone == before.phone && after.street == before.street)
            let told = try #require(
                index.traits(of: Self.single[hint], record: id, receivedAt: before.receivedAt, categories: []))
            #expect(told.name == nil || after.name == told.name)
            #expect(told.identity == nil || after.identity == told.identity)
            #expect(told.address == nil || after.address == told.address)
            #expect(told.birthYear == nil || after.birthYear == told.birthYear)
        }
        let warnings = try town.desk { try $0.duplicates(of: wishes[1].record) }
        #expect(warnings.contains { $0.pair.first == wishes[0].record || $0.pair.second == wishes[0].record })
    }

    @Test func whatATelephoneNumberIsCorrectedToIsKept() throws {
        let town = try Town()
        let index = try index()
        let record = try requests(town)[0]
        let before = try #require(try traits(of: record.id, town))
        try town.desk { try $0.keep(PersonHints(phone: "13900000002"), saidIn: record, by: index) }
        let after = try #require(try traits(of: record.id, town))
        #expect(after.phone != nil && after.phone != before.phone && after.street == before.street)
    }

    @Test func aNumberAmongTheWordsDoesNotReplaceTheOneThatWasTold() throws {
        let town = try Town()
        let index = try index()
        let record = try town.desk { desk in
            let record = try desk.take("请打13900000009", channel: .phone)
            try desk.keep(PersonHints(phone: "13900000001"), saidIn: record, by: index)
            return record
        }
        let before = try #require(try traits(of: record.id, town))
        try town.desk { try $0.keep(PersonHints(name: "甲某"), saidIn: record, by: index) }
        let after = try #require(try traits(of: record.id, town))
        #expect(after.phone == before.phone && after.name != nil)
    }

    @Test func aRequestThatIsLinkedAddsToWhatTheWishHasHad() throws {
        let town = try Town()
        let index = try index()
        let wish = try town.wish(1)
        try town.desk { desk in
            let known = try #require(
                index.traits(
                    of: PersonHints(phone: "13900000001"), record: wish.record, receivedAt: desk.now, categories: []))
            try desk.keep(known)
            let record = try desk.take("想要轮椅", channel: .phone)
            try desk.keep(PersonHints(name: "甲某"), saidIn: record, by: index)
            _ = try desk.confirm(record.id, as: wish.record)
        }
        let after = try #require(try traits(of: wish.record, town))
        #expect(after.phone != nil && after.name != nil)
    }
}
