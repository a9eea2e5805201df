import AlmonerTesting
import CaseRecords
import MatchCore
import Storage
import Testing

@testable import Casework

/// A file that is imported again goes around no approval, no claim and no closing.
@Suite struct ReadmissionTests {
    private typealias Town = DeskTests.Town

    private static let fund = LineReference(RecordID(high: 2, low: 7))
    private static let coordinator = CaseActor(id: RecordID(high: 5, low: 3), role: .coordinator)
    private let line = LineReference(RecordID(high: 3, low: 1))

    private func said(
        _ quantity: Int64 = 60_000, unit: Unit = .fen, price: Int64? = nil, text: String = "看病",
        lane: Lane = .microWish,
        urgency: UrgencyGrade = .critical
    ) -> Wish {
        Wish(
            key: RecordKey(source: "t", externalID: "w1", id: line.record), lane: lane, urgency: urgency, text: text,
            lines: [WishLine(category: nil, quantity: quantity, unit: unit, estimatedPriceFen: price)])
    }

    private func imported(_ wish: Wish, in town: Town, by actor: CaseActor = .system) throws -> SaveKind {
        try town.desk(actor) { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                opening: .importFile
            ).admit(wish).kind
        }
    }

    /// The fields for which a row is refused; empty where it is taken.
    private func refusal(_ wish: Wish, in town: Town, by actor: CaseActor = .system) throws -> [String] {
        do {
            _ = try imported(wish, in: town, by: actor)
            return []
        } catch let refusal as AdmissionRefusal { return refusal.faults.map(\.field) }
    }

    /// 60,000 fen were asked for by a file, and approved.
    private func approved(_ wish: Wish? = nil) throws -> Town {
        let town = try Town(paths: ["microWish": .sample])
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "f", id: Self.fund.record), party: town.party, kind: .money,
                    lines: [OfferLine(category: nil, available: 100_000_000, unit: .fen)]))
        }
        #expect(try imported(wish ?? said(), in: town) == .created)
        let approval = try #require(try town.store.blockingRead { try $0.approval(ofWish: line.record) })
        let approver = CaseActor(
            id: RecordID(high: 5, low: 1), role: .approver,
            authority: ApprovalAuthority(level: .town, limit: 5_000_000))
        #expect(try town.desk(approver) { try $0.act(approval.id, .approveFast(Reason("emergency"))) }.isApproved)
        return town
    }

    private func wanted(_ town: Town) throws -> Int64? {
        try town.store.blockingRead { try $0.wish(line.record)?.balances.first?.wanted }
    }

    /// What does not hold of the rules, as the simulated town looks for it after each step.
    private func faults(_ town: Town) throws -> [String] {
        var invariants = TownInvariants()
        return try faults(town, &invariants)
    }

    private func faults(_ town: Town, _ invariants: inout TownInvariants) throws -> [String] {
        try town.desk { try invariants.checkRules(of: [line.record], at: $0) }.map { "\($0.rule): \($0.detail)" }
    }

    @Test func whatWasApprovedIsNotEnlargedByAFile() throws {
        let town = try approved()
        #expect(try refusal(said(4_000_000), in: town) == ["quantity"])
        #expect(try wanted(town) == 60_000)
        #expect(try imported(said(), in: town) == .unchanged)
        #expect(try imported(said(50_000), in: town) == .changed)
    }

    @Test func neitherMorePiecesNorAHigherPriceGetAroundTheApproval() throws {
        let town = try approved(said(2, unit: .piece, price: 30_000))
        #expect(try refusal(said(40, unit: .piece, price: 30_000), in: town) == ["quantity"])
        #expect(try refusal(said(2, unit: .piece, price: 600_000), in: town) == ["quantity"])
        var longer = said(2, unit: .piece, price: 30_000)
        longer.lines.append(WishLine(number: 2, category: nil, quantity: 1, estimatedPriceFen: 10_000))
        #expect(try refusal(longer, in: town) == ["quantity"])
        #expect(try wanted(town) == 2)
        #expect(try imported(said(2, unit: .piece, price: 30_000), in: town) == .unchanged)
    }

    @Test func whatIsClaimedStaysWhatItIs() throws {
        let town = try approved()
        try town.desk { _ = try $0.propose(offer: Self.fund, wish: line, quantity: 1_000) }
        #expect(try refusal(said(unit: .piece), in: town).contains("unit"))
        #expect(try imported(said(), in: town) == .unchanged)
        var other = said()
        other.lines[0].category = "cost.treatment"
        let categories = try CategoryTree([
            Category(
                code: "cost.treatment", parent: nil, name: LocalizedText(zhHans: "治疗费", en: "treatment"), unit: .fen)
        ])
        let refused = try #require(throws: AdmissionRefusal.self) {
            try town.desk { desk in
                try Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: categories), desk: desk,
                    opening: .importFile
                ).admit(other)
            }
        }
        #expect(refused.faults.map(\.field) == ["category"] && refused.faults.map(\.code) == [.settled])
        #expect(refused.faults[0].message.en.contains("line 1"))
    }

    @Test func whatWasApprovedDoesNotBecomeAnotherThing() throws {
        let town = try approved(said(2, unit: .piece, price: 30_000))
        // The same money, and nothing is claimed yet.
        #expect(try refusal(said(60_000), in: town) == ["unit"])
        let admission = Admission(areas: .empty, categories: .empty)
        let refused = try #require(throws: CaseworkError.self) {
            try town.desk(Self.coordinator) { try $0.change(said(60_000), admission: admission) }
        }
        #expect(refused.code == .wrongState && refused.message.contains("was approved as what it is"))
        #expect(try wanted(town) == 2)
    }

    @Test func whatWasApprovedElsewhereIsRaisedByAFileOfWhatIsApprovedAlone() throws {
        let town = try Town(paths: ["microWish": .sample])
        func imported(_ wish: Wish, areApproved: Bool) throws -> SaveKind {
            try town.desk { desk in
                try Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                    opening: .importFile, areApproved: areApproved
                ).admit(wish).kind
            }
        }
        #expect(try imported(said(1, unit: .piece), areApproved: true) == .created)
        #expect(try refusal(said(1_000, unit: .piece), in: town) == ["quantity"])
        #expect(try refusal(said(1), in: town).contains("unit"))
        let admission = Admission(areas: .empty, categories: .empty)
        let refused = try #require(throws: CaseworkError.self) {
            try town.desk(Self.coordinator) { try $0.change(said(1_000, unit: .piece), admission: admission) }
        }
        #expect(refused.code == .wrongState && refused.message.contains("approved elsewhere"))
        #expect(try wanted(town) == 1)
        #expect(try imported(said(1, unit: .piece), areApproved: false) == .unchanged)
        #expect(try imported(said(3, unit: .piece), areApproved: true) == .changed)
        #expect(try wanted(town) == 3)
    }

    @Test func anApprovedWordingIsNotSwappedByAFileWhoeverBringsIt() throws {
        let town = try approved()
        for actor in [CaseActor(id: RecordID(high: 5, low: 2), role: .intake), Self.coordinator, .system] {
            #expect(try refusal(said(text: "另一件事"), in: town, by: actor) == ["text"])
            #expect(try imported(said(), in: town, by: actor) == .unchanged)
        }
        let admission = Admission(areas: .empty, categories: .empty)
        try town.desk(Self.coordinator) { try $0.word(line.record, "看病用", reason: nil, admission: admission) }
        #expect(try refusal(said(), in: town) == ["text"], "the file of before does not bring its own back")
        // One that has no word for it says nothing against it.
        #expect(try imported(said(text: ""), in: town) == .unchanged)
        #expect(try imported(said(text: "", urgency: .urgent), in: town) == .changed)
        #expect(try town.store.blockingRead { try $0.wish(line.record)?.features.text } == "看病用")
    }

    @Test func aWishThatHasEndedIsNotRaised() throws {
        let town = try approved()
        try town.desk { try $0.end(line.record, reason: Reason("withdrawn")) }
        #expect(try refusal(said(70_000), in: town) == ["quantity"])
        #expect(try refusal(said(text: "另一件事"), in: town) == ["text"])
        #expect(try refusal(said(lane: .microProject), in: town) == ["lane"])
        #expect(try wanted(town) == 60_000)
        #expect(try imported(said(), in: town) == .unchanged)
    }

    @Test func beforeTheApprovalAFileMayAskForMore() throws {
        let town = try Town(paths: ["microWish": .sample])
        _ = try imported(said(), in: town)
        #expect(try imported(said(90_000), in: town) == .changed)
        let approval = try #require(try town.store.blockingRead { try $0.approval(ofWish: line.record) })
        #expect(approval.request.amount == 90_000)
        // What changed is said: neither its urgency nor what it is.
        func reread() throws -> HistoryEntry? {
            try town.store.blockingRead { try $0.history(of: [approval.id]) }.last { $0.action == "approval/reread" }
        }
        #expect(try reread()?.reason?.code == "amountChanged")
        town.later(hours: 1)
        #expect(try imported(said(90_000, urgency: .urgent), in: town) == .changed)
        #expect(try reread()?.reason?.code == "reclassified")
    }

    // MARK: Lanes

    @Test func theLaneStaysWhileTheCaseIsOpen() throws {
        let town = try Town(paths: ["microWish": .sample])
        _ = try imported(said(), in: town)
        #expect(try refusal(said(lane: .microProject), in: town) == ["lane"])
        let admission = Admission(areas: .empty, categories: .empty)
        let refused = try #require(throws: CaseworkError.self) {
            try town.desk(Self.coordinator) { try $0.change(said(lane: .microProject), admission: admission) }
        }
        #expect(refused.code == .wrongState && refused.message.contains("Register another, or end this one"))
        #expect(try town.store.blockingRead { try $0.wish(line.record)?.features.lane } == .microWish)
        #expect(try faults(town) == [])
        // A lane that got past it would be found.
        try town.store.blockingWrite { store in
            var record = try #require(try store.wish(line.record))
            record.features.lane = .microProject
            _ = try store.save(record)
        }
        #expect(try faults(town).contains { $0.hasPrefix("case:") && $0.contains("microProject") })
    }

    @Test func aWishWithoutACaseMayBePutIntoAnotherLane() throws {
        let town = try Town()
        func registered(_ wish: Wish) throws -> SaveKind {
            try town.desk { desk in
                try Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
                ).admit(wish).kind
            }
        }
        #expect(try registered(said()) == .created)
        #expect(try registered(said(lane: .microProject)) == .changed)
    }

    // MARK: What the history tells

    @Test func theHistoryTellsPricesAndThatTheWordingIsAnotherAndNotTheWords() throws {
        let town = try Town()
        _ = try imported(said(2, unit: .piece, price: 30_000), in: town)
        #expect(try imported(said(2, unit: .piece, price: 20_000, text: "王某看病"), in: town) == .changed)
        let entry = try #require(
            try town.store.blockingRead { try $0.history(of: [line.record]) }.last { $0.action == "wish/change" })
        let price = try #require(entry.changes.first { $0.field == "price/1" })
        #expect(price.before == .integer(30_000) && price.after == .integer(20_000))
        let wording = try #require(entry.changes.first { $0.field == "wording" })
        guard case .field(let place)? = wording.after else {
            Issue.record("the wording stands in the open: \(wording)")
            return
        }
        #expect(place.table == "wish" && place.row == line.record)
    }

    // MARK: The invariant

    @Test func moreThanWasApprovedIsFoundOnceSomethingIsClaimed() throws {
        let town = try approved(said(2, unit: .piece, price: 30_000))
        func enlarge() throws {
            try town.store.blockingWrite { store in
                var record = try #require(try store.wish(line.record))
                record.features.lines[0].quantity = 40
                _ = try store.save(WishRecord(new: record.features))
            }
        }
        try enlarge()
        #expect(try faults(town) == [], "nothing is promised of it yet")
        try town.desk { _ = try $0.propose(offer: town.offer, wish: line, quantity: 1) }
        #expect(try faults(town).contains { $0.contains("1200000 fen, and 60000 were approved") })
    }

    /// The sum is the same: only what it is of is another.
    @Test func whatWasApprovedAndIsAnotherThingIsFound() throws {
        func broken(_ change: (inout WishLine) -> Void) throws -> [String] {
            let town = try approved(said(2, unit: .piece, price: 30_000))
            var invariants = TownInvariants()
            #expect(try faults(town, &invariants) == [])
            func plant(_ change: (inout WishLine) -> Void) throws {
                try town.store.blockingWrite { store in
                    var record = try #require(try store.wish(line.record))
                    change(&record.features.lines[0])
                    _ = try store.save(WishRecord(new: record.features))
                    var wishCase = try #require(try store.wishCase(line.record))
                    wishCase.category = record.features.lines[0].category.flatMap { Code($0) } ?? "unclassified"
                    try store.save(wishCase)
                }
            }
            // Nobody had said what it is: that may be said once.
            try plant { $0.category = "aid.bed" }
            #expect(try faults(town, &invariants) == [])
            try plant(change)
            return try faults(town, &invariants)
        }
        #expect(try broken { $0.unit = .minute }.contains { $0.contains("approved as aid.bed in piece, and is") })
        #expect(try broken { $0.category = "aid.chair" }.contains { $0.contains("and is aid.chair in piece") })
    }

    @Test func aClaimOfWhatWasNotApprovedIsFound() throws {
        let town = try approved(said(2, unit: .piece, price: 30_000))
        var invariants = TownInvariants()
        try town.desk { _ = try $0.propose(offer: town.offer, wish: line, quantity: 1) }
        #expect(try faults(town, &invariants) == [])
        try town.database.blockingWrite { _ = try $0.run("UPDATE offer_line SET unit = 'minute'", []) }
        let counted = try faults(town, &invariants)
        #expect(
            counted.contains {
                $0.hasPrefix("approval: ") && $0.contains("in minute, and anything in piece was approved")
            },
            "\(counted)")
        try town.database.blockingWrite { _ = try $0.run("UPDATE offer_line SET unit = 'piece'", []) }
        #expect(try faults(town, &invariants) == [])
        // A line that got in past every rule, and is claimed.
        try town.store.blockingWrite { store in
            var record = try #require(try store.wish(line.record))
            record.features.lines[0].quantity = 1
            record.features.lines.append(WishLine(number: 2, category: nil, quantity: 1, estimatedPriceFen: 30_000))
            _ = try store.save(WishRecord(new: record.features))
        }
        try town.desk { _ = try $0.propose(offer: town.offer, wish: LineReference(line.record, 2), quantity: 1) }
        let added = try faults(town, &invariants)
        #expect(
            added.contains { $0.hasPrefix("approval: ") && $0.contains("is of line 2, which was not approved") },
            "\(added)")
    }
}
