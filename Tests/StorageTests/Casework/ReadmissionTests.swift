import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// A file that is imported again goes around no approval and no claim.
@Suite struct ReadmissionTests {
    private typealias Town = DeskTests.Town

    private static let fund = LineReference(RecordID(high: 2, low: 7))
    private let line = LineReference(RecordID(high: 3, low: 1))

    private func said(
        _ quantity: Int64 = 60_000, unit: Unit = .fen, text: String = "看病"
    ) -> Wish {
        Wish(
            key: RecordKey(source: "t", externalID: "w1", id: line.record), urgency: .critical, text: text,
            lines: [WishLine(category: nil, quantity: quantity, unit: unit)])
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
    private func approved() throws -> Town {
        let town = try Town(paths: ["microWish": .sample])
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "f", id: Self.fund.record), party: town.party, kind: .money,
                    lines: [OfferLine(category: nil, available: 100_000_000, unit: .fen)]))
        }
        #expect(try imported(said(), in: town) == .created)
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

    @Test func whatWasApprovedIsNotEnlargedByAFile() throws {
        let town = try approved()
        #expect(try refusal(said(4_000_000), in: town) == ["quantity"])
        #expect(try wanted(town) == 60_000)
        #expect(try imported(said(), in: town) == .unchanged)
        #expect(try imported(said(50_000), in: town) == .changed)
    }

    @Test func whatIsClaimedStaysWhatItIs() throws {
        let town = try approved()
        try town.desk { _ = try $0.propose(offer: Self.fund, wish: line, quantity: 1_000) }
        #expect(try refusal(said(unit: .piece), in: town).contains("category"))
        #expect(try imported(said(), in: town) == .unchanged)
    }

    @Test func anApprovedWordingIsNotSwappedByAFile() throws {
        let town = try approved()
        let intake = CaseActor(id: RecordID(high: 5, low: 2), role: .intake)
        #expect(try refusal(said(text: "另一件事"), in: town, by: intake) == ["text"])
        #expect(try imported(said(), in: town, by: intake) == .unchanged)
        let coordinator = CaseActor(id: RecordID(high: 5, low: 3), role: .coordinator)
        #expect(try imported(said(text: "看病用"), in: town, by: coordinator) == .changed)
    }

    @Test func aWishThatHasEndedIsNotRaised() throws {
        let town = try approved()
        try town.desk { try $0.end(line.record, reason: Reason("withdrawn")) }
        #expect(try refusal(said(70_000), in: town) == ["quantity"])
        #expect(try wanted(town) == 60_000)
        #expect(try imported(said(), in: town) == .unchanged)
    }

    @Test func beforeTheApprovalAFileMayAskForMore() throws {
        let town = try Town(paths: ["microWish": .sample])
        _ = try imported(said(), in: town)
        #expect(try imported(said(90_000), in: town) == .changed)
        #expect(try town.store.blockingRead { try $0.approval(ofWish: line.record)?.request.amount } == 90_000)
    }
}
