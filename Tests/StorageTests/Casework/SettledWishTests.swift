import AlmonerTesting
import CaseRecords
import MatchCore
import Storage
import Testing

@testable import Casework

/// What of a wish may still be said otherwise is one list, whoever says it: every case goes both roads, by hand and by a file
/// imported again.
@Suite struct SettledWishTests {
    private typealias Town = DeskTests.Town

    /// How far a wish of four pieces, 20,000 fen each, has come.
    enum Standing: String, CaseIterable {
        case undecided, stated, approved, approvedElsewhere, claimed, cancelledInPart, ended
    }

    struct Attempt: Sendable, CustomTestStringConvertible {
        let standing: Standing
        let says: String
        /// The field that may not be said; nil where it may.
        let settled: String?
        let change: @Sendable (inout Wish) -> Void

        init(_ standing: Standing, _ says: String, settled: String?, _ change: @escaping @Sendable (inout Wish) -> Void)
        {
            self.standing = standing
            self.says = says
            self.settled = settled
            self.change = change
        }

        var testDescription: String { "\(standing): \(says)" }
    }

    static let attempts: [Attempt] = Standing.allCases.flatMap { standing -> [Attempt] in
        func attempt(
            _ says: String, in settling: Set<Standing>, _ field: String,
            _ change: @escaping @Sendable (inout Wish) -> Void
        ) -> Attempt {
            Attempt(standing, says, settled: settling.contains(standing) ? field : nil, change)
        }
        let decided: Set<Standing> = [.approved, .approvedElsewhere, .claimed, .cancelledInPart, .ended]
        return [
            attempt("another lane", in: Set(Standing.allCases), "lane") { $0.lane = .microProject },
            attempt("more pieces", in: decided.union([.stated]), "quantity") { $0.lines[0].quantity = 40 },
            attempt("a higher price", in: decided.subtracting([.ended]).union([.stated]), "quantity") {
                $0.lines[0].estimatedPriceFen = 900_000
            },
            attempt("no quantity", in: decided.subtracting([.ended]).union([.stated]), "quantity") {
                $0.lines[0].quantity = nil
            },
            attempt("a cheap line more", in: decided, "quantity") { wish in
                wish.lines[0].quantity = 3
                wish.lines.append(WishLine(number: 2, category: "aid.chair", quantity: 1, estimatedPriceFen: 1))
            },
            attempt("another category", in: decided, "category") { $0.lines[0].category = "aid.bed" },
            attempt("another unit", in: decided, "unit") { $0.lines[0].unit = .minute },
            attempt("less than is claimed", in: [.claimed], "quantity") { $0.lines[0].quantity = 1 },
            attempt("less urgent", in: [.ended], "urgency") { $0.urgency = .urgent },
            attempt("another area", in: [.ended], "area") { $0.place.area = "c2" },
            attempt("nothing else", in: [], "") { _ in },
        ]
    }

    private static let admission: Admission = {
        func area(_ code: String, _ parent: String?) -> Area {
            Area(code: code, parent: parent, level: "town", name: LocalizedText(zhHans: code, en: code))
        }
        do {
            return Admission(
                areas: try AreaTree([area("c", nil), area("c1", "c"), area("c2", "c")]),
                categories: try CategoryTree([
                    MatchCore.Category(code: "aid", parent: nil, name: LocalizedText(zhHans: "辅具", en: "aids")),
                    MatchCore.Category(
                        code: "aid.chair", parent: "aid", name: LocalizedText(zhHans: "轮椅", en: "chair")),
                    MatchCore.Category(code: "aid.bed", parent: "aid", name: LocalizedText(zhHans: "床", en: "bed")),
                ]))
        } catch { fatalError("the sample areas: \(error)") }
    }()

    private let line = LineReference(RecordID(high: 3, low: 1))

    private func said() -> Wish {
        Wish(
            key: RecordKey(source: "t", externalID: "w1", id: line.record), urgency: .critical,
            place: Place(area: "c1"),
            text: "轮椅", lines: [WishLine(category: "aid.chair", quantity: 4, estimatedPriceFen: 20_000)])
    }

    private func world(_ standing: Standing) throws -> Town {
        let town = try Town(paths: ["microWish": .sample])
        _ = try load(said(), in: town, areApproved: standing == .approvedElsewhere)
        func approval() throws -> ApprovalCase {
            try #require(try town.store.blockingRead { try $0.approval(ofWish: line.record) })
        }
        switch standing {
        case .undecided, .approvedElsewhere: break
        case .stated:
            let id = try approval().id
            try town.desk { _ = try $0.act(id, .revise(amount: 90_000, Reason("estimate"))) }
        case .approved, .claimed, .cancelledInPart, .ended:
            let approver = CaseActor(
                id: RecordID(high: 5, low: 1), role: .approver,
                authority: ApprovalAuthority(level: .town, limit: 5_000_000))
            let id = try approval().id
            try town.desk(approver) { _ = try $0.act(id, .approveFast(Reason("emergency"))) }
        }
        switch standing {
        case .claimed: try town.desk { _ = try $0.propose(offer: town.offer, wish: line, quantity: 2) }
        case .cancelledInPart: try town.desk { try $0.cancel(1, of: line, reason: Reason("partlyNoNeed")) }
        case .ended: try town.desk { try $0.end(line.record, reason: Reason("withdrawn")) }
        default: break
        }
        return town
    }

    private func load(
        _ wish: Wish, in town: Town, areApproved: Bool = false, unsaid: Set<WishField> = []
    ) throws -> AdmittedWish {
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Self.admission, desk: desk, opening: .importFile,
                areApproved: areApproved
            ).admitting(wish, unsaid: unsaid)
        }
    }

    @Test(arguments: attempts) func bothRoadsHoldToTheSame(_ attempt: Attempt) throws {
        var wish = said()
        attempt.change(&wish)
        let coordinator = CaseActor(id: RecordID(high: 5, low: 3), role: .coordinator)
        var byFile: AdmissionFault?
        do {
            _ = try load(wish, in: try world(attempt.standing))
        } catch let refusal as AdmissionRefusal { byFile = refusal.faults.first }
        #expect(byFile?.field == attempt.settled)
        var byHand: LocalizedText?
        let town = try world(attempt.standing)
        do {
            try town.desk(coordinator) { try $0.change(wish, admission: Self.admission) }
        } catch let error as CaseworkError { byHand = error.text }
        if attempt.standing == .ended, attempt.settled == nil {
            // A file that says nothing else of what has ended is no fault; a person who changes it is told so.
            #expect(byHand?.en.contains("The wish is closed") == true)
        } else {
            #expect(byHand == byFile?.message, "the same words on both roads")
        }
    }

    @Test(arguments: [Standing.approved, .approvedElsewhere])
    func anApprovedWordingIsACoordinatorsWhereverItWasApproved(_ standing: Standing) throws {
        var wish = said()
        wish.text = "另一件事"
        let refusal = try #require(throws: AdmissionRefusal.self) { _ = try load(wish, in: try world(standing)) }
        #expect(refusal.faults.map(\.field) == ["text"])
        let town = try world(standing)
        func changed(by role: Role) throws {
            try town.desk(CaseActor(id: RecordID(high: 5, low: 4), role: role)) {
                try $0.change(wish, admission: Self.admission)
            }
        }
        let refused = try #require(throws: CaseworkError.self) { try changed(by: .intake) }
        #expect(refused.code == .roleNotAllowed)
        #expect(refused.text.zhHans == "受理员不能更改已核准的文字。可执行的角色：协调员。")
        try changed(by: .coordinator)
    }

    @Test func whatIsCancelledIsNotCalledClaimed() throws {
        let town = try Town()
        var wish = said()
        _ = try load(wish, in: town)
        try town.desk { try $0.cancel(1, of: line, reason: Reason("partlyNoNeed")) }
        wish.lines[0].unit = .minute
        let refusal = try #require(throws: AdmissionRefusal.self) { _ = try load(wish, in: town) }
        let message = try #require(refusal.faults.first?.message)
        #expect(message.en.contains("1 of line 1 was cancelled") && !message.en.contains("claimed"))
        #expect(message.zhHans.contains("已取消 1"))
    }

    @Test func aMissingQuantityIsSaidToBeMissing() throws {
        var wish = said()
        wish.lines[0].quantity = nil
        let refusal = try #require(throws: AdmissionRefusal.self) { _ = try load(wish, in: try world(.approved)) }
        let fault = try #require(refusal.faults.first)
        #expect(refusal.faults.count == 1 && fault.place == ["lines", "0", "quantity"])
        #expect(fault.message.en == "Line 1 says no quantity, and it asks for 4. Give the quantity.")
    }

    // MARK: What a file has no word for

    @Test func whatAFileHasNoWordForStays() throws {
        let town = try Town()
        var wish = said()
        wish.lane = .microProject
        _ = try load(wish, in: town)
        // As a file without these columns, or with empty cells, is read.
        var bare = wish
        (bare.lane, bare.urgency, bare.place, bare.text) = (.microWish, .normal, Place(), "")
        #expect(try load(bare, in: town, unsaid: [.lane, .urgency, .place]).outcome.kind == .unchanged)
        bare.lines[0].quantity = 5
        #expect(try load(bare, in: town, unsaid: [.lane, .urgency, .place]).outcome.kind == .changed)
        let kept = try #require(try town.store.blockingRead { try $0.wish(line.record) }).features
        #expect(kept.lane == .microProject && kept.urgency == .critical)
        #expect(kept.place.area == "c1" && kept.text == "轮椅")
    }

    @Test func whatHasEndedStaysAsItIsAndTheFileIsToldSo() throws {
        let town = try world(.ended)
        let entries = try town.store.blockingRead { try $0.chainHead().number }
        var wish = said()
        #expect(try !load(wish, in: town).isLeft, "the same again is no news")
        wish.hardship = 3
        wish.lines[0].quantity = 2
        let left = try load(wish, in: town)
        #expect(left.isLeft && left.outcome.kind == .unchanged)
        let kept = try #require(try town.store.blockingRead { try $0.wish(line.record) })
        #expect(kept.features.hardship == nil && kept.balances[0].wanted == 4)
        #expect(try town.store.blockingRead { try $0.chainHead().number } == entries)
    }
}
