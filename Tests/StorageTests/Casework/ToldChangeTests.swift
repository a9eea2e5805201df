import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// What the history tells of a change: what was before it, in every record that it concerns.
@Suite struct ToldChangeTests {
    private typealias Town = DeskTests.Town

    private func entry(_ action: Code, of id: RecordID, in town: Town) throws -> HistoryEntry {
        try #require(try town.store.blockingRead { try $0.history(of: [id]) }.last { $0.action == action })
    }

    private func change(_ field: Code, in entry: HistoryEntry) throws -> FieldChange {
        try #require(entry.changes.first { $0.field == field }, "\(entry.changes)")
    }

    private func load(_ wish: Wish, in town: Town) throws {
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                opening: .importFile
            ).admit(wish)
        }
    }

    private func load(_ quantity: Int64, of offer: LineReference, text: String = "", in town: Town) throws {
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "o", id: offer.record), party: town.party, text: text,
                    lines: [OfferLine(category: nil, available: quantity)]))
        }
    }

    @Test func aQuantityThatChangedIsToldWithWhatItWas() throws {
        let town = try Town()
        let id = RecordID(high: 3, low: 1)
        var wish = Wish(
            key: RecordKey(source: "t", externalID: "w1", id: id),
            lines: [WishLine(category: nil, quantity: 4), WishLine(number: 2, category: nil, quantity: 7)])
        try load(wish, in: town)
        wish.lines[0].quantity = 3
        try load(wish, in: town)
        let changed = try entry("wish/change", of: id, in: town)
        let first = try change("wanted/1", in: changed)
        #expect(first.before == .integer(4) && first.after == .integer(3))
        #expect(!changed.changes.contains { $0.field == "wanted/2" }, "the second line is what it was")
        // By hand as well, and what is not listed any more is wanted no more.
        wish.lines.removeLast()
        try town.desk { try $0.change(wish, admission: Admission(areas: .empty, categories: .empty)) }
        let last = try change("wanted/2", in: try entry("wish/change", of: id, in: town))
        #expect(last.before == .integer(7) && last.after == .integer(0))
    }

    @Test func whatAnOfferPledgesIsToldWithWhatItPledged() throws {
        let town = try Town()
        for (quantity, before) in [(12, 10), (15, 12)] as [(Int64, Int64)] {
            try load(quantity, of: town.offer, in: town)
            let pledged = try change("pledged/1", in: try entry("offer/change", of: town.offer.record, in: town))
            #expect(pledged.before == .integer(before) && pledged.after == .integer(quantity))
        }
        try load(15, of: town.offer, text: "轮椅", in: town)
        #expect(try entry("offer/change", of: town.offer.record, in: town).changes.isEmpty)
        try town.store.blockingRead { transaction in
            var told = ToldStates()
            let fault = try Audit.verify(transaction, reading: { told.take($0) })
            let differences = try told.differences(in: transaction)
            #expect(fault == nil && differences.isEmpty)
        }
    }

    @Test func bothJoinedWishesTellOfEachOther() throws {
        let town = try Town()
        let (one, other) = (try town.wish(1).record, try town.wish(2).record)
        try town.desk { try $0.judge(RecordPair(one, other), .same, reason: Reason("samePerson")) }
        for (wish, its) in [(one, other), (other, one)] {
            let story = try town.store.blockingRead { try WishStory.entries(of: wish, in: $0) }
            let joined = try #require(story.last { $0.action == "duplicate/same" })
            #expect(joined.subject == wish && joined.reason?.code == "samePerson")
            #expect(try change("other", in: joined).after == .record(its))
        }
        // It is one judgement.
        #expect(try town.store.blockingRead { try $0.duplicateBook().judgements.count } == 1)
    }

    @Test func aWishThatIsMovedTellsBothFilesFromWhereToWhere() throws {
        let town = try Town()
        let (wrong, right) = try (
            town.desk { try $0.openHousehold(area: "town1") }, town.desk { try $0.openHousehold(area: "town1") }
        )
        let wish = try town.wish(1).record
        let other = try town.wish(2).record
        try town.desk { desk in
            try desk.file(wish, under: wrong)
            try desk.file(other, under: wrong, round: 2)
        }
        // The file is named by what is in it.
        let refused = try #require(throws: CaseworkError.self) { try town.desk { try $0.file(wish, under: right) } }
        #expect(refused.text.en.hasPrefix("w1 is in another family's file already, with w2"))
        #expect(refused.text.en.contains("household move \(right) w1"))
        try town.desk { try $0.refile(wish, under: right, reason: Reason("note")) }
        for (household, action) in [(wrong, "household/unfile"), (right, "household/file")] as [(RecordID, Code)] {
            let moved = try change("household", in: try entry(action, of: household, in: town))
            #expect(moved.before == .record(wrong) && moved.after == .record(right))
        }
    }

    @Test func whatWasCancelledIsToldWhereItIsClaimed() throws {
        let town = try Town()
        let wish = try town.wish(1, 5)
        try town.desk { try $0.cancel(5, of: wish, reason: Reason("partlyNoNeed")) }
        let refused = try #require(throws: CaseworkError.self) {
            try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 2) }
        }
        #expect(refused.code == .insufficient)
        #expect(refused.text.en == "2 asked for, none open on line 1: 5 of it was cancelled. Choose another line.")
        #expect(refused.text.zhHans == "申请数量 2，第 1 条明细已无“尚缺”数量，其中已取消 5。请另选明细。")
    }

    /// What a person reads says what roles and steps are called.
    @Test func aRefusalNamesRolesInTheLanguage() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 2) }.claim.id
        let refused = try #require(throws: CaseworkError.self) {
            try town.desk(CaseActor(id: RecordID(high: 5, low: 1), role: .intake)) { _ = try $0.step(claim, .accept) }
        }
        #expect(refused.text.zhHans == "受理员不能对认领执行“接受”。可执行的角色：管理员、协调员、捐赠方。")
        for role in Role.allCases { #expect(!role.name.zhHans.unicodeScalars.contains { $0.isASCII }) }
        for step in ClaimStep.Kind.allCases { #expect(!step.name.zhHans.unicodeScalars.contains { $0.isASCII }) }
    }
}
