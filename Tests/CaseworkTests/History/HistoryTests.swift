import Casework
import Foundation
import Testing

struct HistoryTests {
    private func entry(_ number: Int, by actor: CaseActor = .coordinator) -> HistoryEntry {
        HistoryEntry(
            program: "dg", at: at("2026-03-02").adding(hours: number), by: actor, subjectKind: "claim",
            subject: rid(number), action: "claim/accept",
            reason: number % 2 == 0 ? Reason("phone", note: rid(7)) : nil,
            changes: [
                FieldChange("state", before: .code("proposed"), after: .code("accepted")),
                FieldChange("leaseEnd", before: .moment(at("2026-03-03")), after: nil),
                FieldChange("quantity", before: .integer(Int64(number)), after: .integer(4)),
                FieldChange("offer", before: nil, after: .record(rid(5))),
                FieldChange(
                    "address", before: nil,
                    after: .field(FieldReference(table: "person", row: rid(9), column: "address", version: 2))),
            ])
    }

    private func chain(_ count: Int) throws -> (entries: [SealedEntry], head: ChainHead) {
        var head = ChainHead.empty("dg")
        return (try head.seal((0..<count).map { entry($0) }), head)
    }

    private func verify(_ entries: [SealedEntry], kept: [ChainHead] = []) -> ChainFault? {
        var verifier = ChainVerifier(from: .empty("dg"), kept: kept)
        for entry in entries where !verifier.take(entry) { break }
        return verifier.finish()
    }

    @Test func anUntouchedChainHolds() throws {
        let (entries, head) = try chain(30)
        #expect(verify(entries, kept: [head]) == nil)
        #expect(entries.map(\.number) == Array(1...30))
    }

    @Test func sealingInOneGoOrOneByOneIsTheSame() throws {
        let (entries, head) = try chain(20)
        var other = ChainHead.empty("dg")
        let oneByOne = try (0..<20).flatMap { try other.seal([entry($0)]) }
        #expect(oneByOne == entries && other == head)
    }

    /// The hash was computed apart, with Python's hashlib over the documented bytes.
    @Test func theHashCanBeComputedElsewhere() throws {
        var head = ChainHead.empty("dg")
        #expect(head.hash.description == "1cbd44237894a2d8573463363e016d3f8aa3924b31c806e540252c30dc49d211")
        let plain = HistoryEntry(
            program: "dg", at: Moment(milliseconds: 1_772_380_800_000), by: CaseActor(id: rid(1), role: .admin),
            subjectKind: "wish", subject: rid(30), action: "wish/open", reason: Reason("fair"),
            changes: [FieldChange("lane", before: nil, after: .code("microWish"))])
        #expect(
            try head.seal([plain])[0].hash.description
                == "bff6dfef63c26fe217e6c62de188f08336b7d907ecd2b3786b2d1c9c9e74e8c8")
    }

    @Test func aThousandTamperingsAreAllFoundAndNamed() throws {
        var random = SeededRandom(seed: 1_000)
        let (entries, head) = try chain(24)
        for round in 0..<1_000 {
            var tampered = entries
            let place = Int.random(in: 0..<entries.count, using: &random)
            var firstBad = Int64(place + 1)
            switch round % 5 {
            case 0:
                tampered[place] = changed(entries[place], Int.random(in: 0..<9, using: &random))
            case 1:
                tampered.remove(at: place)
            case 2:
                let other = (place + Int.random(in: 1..<entries.count, using: &random)) % entries.count
                tampered.swapAt(place, other)
                firstBad = Int64(min(place, other) + 1)
            case 3:
                let forged = SealedEntry(
                    number: Int64(place + 1), entry: entry(99), hash: entries[place].hash)
                tampered.insert(forged, at: place)
            default:
                tampered.removeLast(entries.count - place)
            }
            let fault = verify(tampered, kept: [head])
            #expect(fault?.number == firstBad, "seed 1000, round \(round): \(String(describing: fault))")
        }
    }

    private func changed(_ sealed: SealedEntry, _ what: Int) -> SealedEntry {
        let old = sealed.entry
        var hash = sealed.hash.bytes
        hash[what] ^= 1
        let changes = Array(old.changes.dropLast())
        let entry = HistoryEntry(
            program: what == 0 ? "hz" : old.program,
            at: what == 1 ? old.at.adding(milliseconds: 1) : old.at,
            actor: what == 2 ? rid(666) : old.actor, role: what == 3 ? .admin : old.role,
            subjectKind: old.subjectKind, subject: what == 4 ? rid(667) : old.subject,
            action: what == 5 ? "claim/decline" : old.action,
            reason: what == 6 ? Reason("other", note: rid(8)) : old.reason, changes: what == 7 ? changes : old.changes)
        return SealedEntry(
            number: sealed.number, entry: entry, hash: what == 8 ? HistoryHash(hash)! : sealed.hash)
    }

    @Test func aChainWrittenAnewShowsAgainstAKeptHead() throws {
        let (_, head) = try chain(20)
        var forged = ChainHead.empty("dg")
        let entries = try forged.seal((0..<25).map { entry($0, by: $0 == 7 ? .runner : .coordinator) })
        #expect(verify(entries) == nil)
        #expect(verify(entries, kept: [head]) == ChainFault(kind: .rewritten, number: 20))
    }

    @Test func aCutTailShowsOnlyAgainstAKeptHead() throws {
        let (entries, head) = try chain(20)
        #expect(verify(Array(entries.prefix(15))) == nil)
        #expect(verify(Array(entries.prefix(15)), kept: [head]) == ChainFault(kind: .cut, number: 16))
        #expect(verify([], kept: [head]) == ChainFault(kind: .cut, number: 1))
    }

    @Test func oneProgramsChainIsNotAnothers() throws {
        let (entries, _) = try chain(3)
        var verifier = ChainVerifier(from: .empty("hz"))
        #expect(verifier.take(entries[0]) == false)
        var head = ChainHead.empty("hz")
        #expect(refusal { _ = try head.seal([entry(1)]) } == .brokenChain)
        #expect(head == .empty("hz"))
    }

    @Test func verificationGoesOnFromAVerifiedHead() throws {
        let (entries, head) = try chain(20)
        let middle = ChainHead(program: "dg", number: 12, hash: entries[11].hash)
        var verifier = ChainVerifier(from: middle, kept: [head])
        for entry in entries.dropFirst(12) { _ = verifier.take(entry) }
        #expect(verifier.finish() == nil && verifier.head == head)
    }

    @Test func aSignedHeadCannotBeForged() throws {
        let (_, head) = try chain(5)
        let key = try HistoryKey(seed: Array(0..<32))
        let other = try HistoryKey(seed: Array(1..<33))
        let signed = try key.sign(head, at: at("2026-03-02"))
        #expect(signed.isSigned(by: key.publicKey))
        #expect(!signed.isSigned(by: other.publicKey))
        #expect(!signed.isSigned(by: []))
        let shorter = ChainHead(program: "dg", number: 4, hash: head.hash)
        #expect(!SignedHead(head: shorter, at: signed.at, signature: signed.signature).isSigned(by: key.publicKey))
        #expect(
            !SignedHead(head: head, at: at("2026-03-03"), signature: signed.signature).isSigned(by: key.publicKey))
        #expect(refusal { _ = try HistoryKey(seed: [1, 2, 3]) } == .malformed)
    }

    @Test func anUnsealedTailIsReportedAfterTenSeconds() {
        let now = at("2026-03-02 09:00")
        let old = Moment(milliseconds: now.milliseconds - 10_000)
        #expect(!HistoryTail(waiting: [], asOf: now).isLate)
        #expect(!HistoryTail(waiting: [now, old], asOf: now).isLate)
        let late = HistoryTail(waiting: [now, Moment(milliseconds: old.milliseconds - 1)], asOf: now)
        #expect(late.isLate && late.count == 2 && late.oldestAge == 10_001)
    }

    @Test func aStepOfAClaimSaysWhatItChanged() throws {
        let proposed = try Claim.sample(legs: [.carrier]).claim
        let first = HistoryEntry.claimStep(
            .propose, before: nil, after: proposed, by: .coordinator, at: proposed.changedAt, reason: nil,
            program: "dg")
        #expect(first.changes.contains(FieldChange("quantity", before: nil, after: .integer(10))))
        let accepted = try proposed.after(.accept, by: .owner)
        let entry = HistoryEntry.claimStep(
            .accept, before: proposed, after: accepted, by: .owner, at: accepted.changedAt, reason: nil, program: "dg")
        #expect(entry.changes.map(\.field) == ["state", "leaseEnd"])
        #expect(entry.changes[0].after == .code("accepted"))
    }

    @Test func aPauseAndAnExtensionSayWhatTheyMoved() throws {
        let clock = try ServiceClock.sample()
        let started = HistoryEntry.clockStart(clock, by: .intake, program: "dg")
        #expect(started.changes.contains(FieldChange("due", before: nil, after: .moment(at("2026-03-10 00:00")))))
        let paused = try clock.after(.pause, at: at("2026-03-04"))
        let entry = HistoryEntry.clockStep(
            .pause, before: clock, after: paused, by: .coordinator, at: at("2026-03-04"),
            reason: Reason("inHospital"), program: "dg")
        #expect(
            entry.changes == [
                FieldChange("state", before: .code("running"), after: .code("paused")),
                FieldChange("due", before: .moment(at("2026-03-10 00:00")), after: nil),
            ])
        #expect(entry.reason == Reason("inHospital"))
    }

    @Test func aRefusalStandsInTheHistoryWithWhatElseMayHelp() throws {
        let before = try ApprovalCase(
            id: rid(60), request: .init(wish: rid(30), category: "bed", urgency: .ordinary, amount: 5),
            path: try dataFile("paths/microWish.yaml"), at: at("2026-03-02"))
        let act = ApprovalAct.refuse(Reason("notInHardship"), alternatives: ["temporaryRelief", "hotline12345"])
        let after = try before.after(act, by: .intake)
        let entry = HistoryEntry.approvalAct(
            act, before: before, after: after, by: .intake, at: at("2026-03-02 10:00"), program: "dg")
        #expect(entry.action == "approval/refuse" && entry.reason?.code == "notInHardship")
        #expect(entry.changes.contains(FieldChange("status", before: .code("open"), after: .code("refused"))))
        #expect(entry.changes.filter { $0.field == "alternative" }.count == 2)
    }

    @Test func noPersonalTextFitsIntoACode() {
        for text in ["张三", "a b", "", "0769-8888 8888", String(repeating: "a", count: 65), "x\u{0}y"] {
            #expect(Code(text) == nil)
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["ALMONER_LONG"] != nil))
    func aMillionEntriesAreVerifiedInAMinute() throws {
        let clock = ContinuousClock()
        var head = ChainHead.empty("dg")
        var verifier = ChainVerifier(from: head)
        let samples = (0..<64).map { entry($0) }
        var spent = Duration.zero
        for block in 0..<1_000 {
            let sealed = try head.seal((0..<1_000).map { samples[($0 &+ block) % 64] })
            spent += clock.measure { for entry in sealed { _ = verifier.take(entry) } }
        }
        #expect(verifier.finish() == nil && verifier.head.number == 1_000_000)
        print("1,000,000 entries verified in \(spent)")
        #expect(spent < .seconds(60))
    }
}
