import Casework
import Foundation
import Testing

struct ApprovalTests {
    private func open(
        _ lane: String = "microWish", amount: Int64?, urgency: Urgency = .ordinary, category: Code = "wheelchair"
    ) throws -> ApprovalCase {
        try ApprovalCase(
            id: rid(60),
            request: .init(wish: rid(30), category: category, urgency: urgency, amount: amount),
            path: try dataFile("paths/\(lane).yaml"), at: at("2026-03-02 09:00"))
    }

    private let village = CaseActor.approver(101, .village, upTo: 100_000)
    private let town = CaseActor.approver(102, .town, upTo: 5_000_000)
    private let secondTown = CaseActor.approver(103, .town, upTo: 5_000_000)
    private let city = CaseActor.approver(104, .city, upTo: .max)
    private let secondCity = CaseActor.approver(105, .city, upTo: .max)

    private func conference(_ votesFor: Int, _ people: Int = 3) throws -> Conference {
        try Conference(
            participants: Set((0..<people).map { rid(200 + $0) }), votesFor: votesFor,
            votesAgainst: people - votesFor, finding: rid(300), reasons: rid(301))
    }

    @Test func everyShippedPathHolds() throws {
        for lane in ["microWish", "microProject"] {
            try dataFile("paths/\(lane).yaml", as: ApprovalPath.self).check()
        }
    }

    @Test func aSmallWishIsApprovedInTheVillage() throws {
        let screened = try open(amount: 50_000).after(.pass(note: rid(9)), by: .intake)
        #expect(!screened.isApproved)
        let visited = try screened.after(.pass(note: rid(9)), by: .coordinator)
        #expect(visited.levelNeeded == .village)
        let approved = try visited.after(.approve, by: village)
        #expect(approved.isApproved)
        #expect(approved.step?.kind == .publication)
        let published = try approved.after(.pass(note: rid(10)), by: .coordinator)
        #expect(published.status == .completed)
        #expect(
            published.records.map(\.by) == [
                CaseActor.intake.id, CaseActor.coordinator.id, village.id, CaseActor.coordinator.id,
            ])
    }

    @Test(arguments: [
        (Int64(100_000), AreaLevel.village), (100_001, .town), (1_000_000, .town), (1_000_001, .city), (.max, .city),
    ])
    func theAmountDecidesTheLevel(amount: Int64, level: AreaLevel) throws {
        var approval = try open(amount: amount).after(.pass(note: rid(9))).after(.pass(note: rid(9)))
        if approval.step?.kind == .conference { approval = try approval.after(.confer(conference(3))) }
        #expect(approval.levelNeeded == level)
        let below = CaseActor.approver(110, level == .city ? .town : .village, upTo: .max)
        if level != .village { #expect(refusal { _ = try approval.after(.approve, by: below) } == .aboveAuthority) }
        let poor = CaseActor.approver(111, .city, upTo: amount - 1)
        #expect(refusal { _ = try approval.after(.approve, by: poor) } == .aboveAuthority)
        #expect(refusal { _ = try approval.after(.approve, by: .coordinator) } == .roleNotAllowed)
        #expect(refusal { _ = try approval.after(.approve, by: .runner) } == .roleNotAllowed)
    }

    @Test func whatNobodyKnowsThePriceOfIsApprovedByNobody() throws {
        let screened = try open(amount: nil).after(.pass(note: rid(9))).after(.pass(note: rid(9)))
        // It may be any amount: it takes the conference, the highest level and two people.
        let waiting = try screened.after(.confer(conference(3)))
        #expect(waiting.levelNeeded == .city && waiting.approvalsNeeded == 2)
        for approver in [village, town, city] {
            #expect(refusal { _ = try waiting.after(.approve, by: approver) } == .wrongState)
        }
        let emergency = try open(amount: nil, urgency: .emergency)
        #expect(refusal { _ = try emergency.after(.approveFast(Reason("fire")), by: city) } == .wrongState)
        // Once somebody has said what it costs, it goes its way like any other.
        let known = try waiting.after(.revise(amount: 50_000, Reason("estimate")), by: town).after(.pass(note: rid(9)))
            .after(.pass(note: rid(9)))
        #expect(known.levelNeeded == .village)
        #expect(try known.after(.approve, by: village).isApproved)
    }

    @Test func aCaseThatWasKeptWithoutAPriceIsOneOfUnknownAmount() throws {
        let kept = try JSONEncoder().encode(try open(amount: 7))
        let old = String(decoding: kept, as: UTF8.self).replacing("\"amount\":7", with: "\"amount\":0")
        let read = try JSONDecoder().decode(ApprovalCase.self, from: Data(old.utf8))
        #expect(read.request.amount == nil)
    }

    @Test func whatAPathSaysOfAGroupHoldsForAllInIt() throws {
        let path: ApprovalPath = try dataFile("paths/microWish.yaml")
        let group = try #require(path.steps.first { $0.kind == .conference }?.when?.categories?.first)
        let request = ApprovalCase.Request(
            wish: rid(30), category: "some.item", urgency: .ordinary, amount: 1_000, groups: [group])
        let visited = try ApprovalCase(id: rid(60), request: request, path: path, at: at("2026-03-02 09:00"))
            .after(.pass(note: rid(9))).after(.pass(note: rid(9)))
        #expect(visited.step?.kind == .conference)
    }

    @Test func aboveAnAmountTwoPeopleApprove() throws {
        let ready = try open(amount: 500_001).after(.pass(note: rid(9))).after(.pass(note: rid(9)))
            .after(.confer(conference(2)))
        let once = try ready.after(.approve, by: town)
        #expect(once.step?.kind == .approval && !once.isApproved)
        #expect(refusal { _ = try once.after(.approve, by: town) } == .secondPerson)
        #expect(try once.after(.approve, by: secondTown).step?.kind == .publicNotice)
    }

    @Test func theNoticeStandsItsDaysAndObjectionsHoldItUp() throws {
        let approved = try open(amount: 200_000).after(.pass(note: rid(9))).after(.pass(note: rid(9))).after(
            .approve, by: town)
        let up = try approved.after(.putUpNotice, at: at("2027-03-05 09:00"))
        #expect(up.notice?.until == at("2027-03-11 00:00"))
        #expect(!up.isApproved)
        #expect(refusal { _ = try up.after(.takeDownNotice, at: at("2027-03-10 23:59")) } == .notInTime)
        let guest = CaseActor(id: rid(7), role: .guest)
        let objected = try up.after(.object(Reason("unfair")), by: guest, at: at("2027-03-10 09:00"))
        #expect(refusal { _ = try objected.after(.takeDownNotice, at: at("2027-03-11 09:00")) } == .notInTime)
        #expect(
            refusal { _ = try objected.after(.settleObjection(Reason("no")), by: guest, at: at("2027-03-11")) }
                == .roleNotAllowed)
        let settled = try objected.after(.settleObjection(Reason("checked")), by: .coordinator, at: at("2027-03-11"))
        #expect(try settled.after(.takeDownNotice, at: at("2027-03-11 09:00")).isApproved)
        #expect(refusal { _ = try up.after(.object(Reason("late")), by: guest, at: at("2027-03-12")) } == .wrongState)
        let back = try objected.after(.sendBack(to: "homeVisit", Reason("objectionHolds")), at: at("2027-03-11"))
        #expect(back.step?.id == "homeVisit" && back.notice == nil)
    }

    @Test func aNoticeCountsWorkingDaysOverTheFestival() throws {
        let start = at("2026-02-13 09:00")
        let path: ApprovalPath = try dataFile("paths/microWish.yaml")
        let request = ApprovalCase.Request(wish: rid(30), category: "bed", urgency: .ordinary, amount: 200_000)
        let up = try ApprovalCase(id: rid(60), request: request, path: path, at: start)
            .after(.pass(note: rid(9)), at: start).after(.pass(note: rid(9)), at: start)
            .after(.approve, by: town, at: start).after(.putUpNotice, at: start)
        // Saturday 14 February works, then nine days off, then Tuesday 24 and Wednesday 25.
        #expect(up.notice?.until == at("2026-02-26 00:00"))
    }

    @Test func aRefusalGivesItsReasonAndWhatElseMayHelp() throws {
        let opened = try open(amount: 50_000)
        for (reason, alternatives) in [
            ("becauseISaySo", ["temporaryRelief"]), ("notInHardship", []), ("notInHardship", ["nothing"]),
        ] as [(Code, [Code])] {
            let act = ApprovalAct.refuse(Reason(reason), alternatives: alternatives)
            #expect(refusal { _ = try opened.after(act, by: .intake) } == .reasonRequired)
        }
        let act = ApprovalAct.refuse(Reason("notInHardship"), alternatives: ["temporaryRelief"])
        #expect(refusal { _ = try opened.after(act, by: .owner) } == .roleNotAllowed)
        let refused = try opened.after(act, by: .intake)
        guard case .refused(let told) = refused.status else {
            Issue.record("not refused: \(refused.status)")
            return
        }
        #expect(told.alternatives == ["temporaryRelief"])
        #expect(!refused.isApproved)
        #expect(refusal { _ = try refused.after(.pass(note: rid(9))) } == .wrongState)
    }

    @Test func atTheApprovalOnlyAnApproverRefuses() throws {
        let ready = try open(amount: 50_000).after(.pass(note: rid(9))).after(.pass(note: rid(9)))
        let act = ApprovalAct.refuse(Reason("notInHardship"), alternatives: ["temporaryRelief"])
        #expect(refusal { _ = try ready.after(act, by: .coordinator) } == .roleNotAllowed)
        #expect(refusal { _ = try ready.after(act, by: village) } == nil)
    }

    @Test func theBurnPatientIsHelpedFirstAndThePapersFollow() throws {
        // 30,000 yuan at once, by two people of the town because of the amount.
        let opened = try open(amount: 3_000_000, urgency: .emergency, category: "medical")
        let act = ApprovalAct.approveFast(Reason("burnPatient"))
        #expect(refusal { _ = try opened.after(act, by: village) } == .aboveAuthority)
        let once = try opened.after(act, by: town)
        #expect(!once.isApproved)
        let fast = try once.after(act, by: secondTown)
        #expect(fast.isApproved)
        #expect(fast.step?.kind == .screening)
        #expect(fast.papersDue == at("2026-03-17 00:00"))
        #expect(!fast.papersAreOverdue(asOf: at("2026-03-17 00:00")))
        #expect(fast.papersAreOverdue(asOf: at("2026-03-17 00:01")))
        let papers = try fast.after(.pass(note: rid(1))).after(.pass(note: rid(2))).after(.confer(conference(3)))
            .after(.putUpNotice)
        #expect(papers.step?.kind == .publicNotice)
        let done = try papers.after(.takeDownNotice, at: at("2026-03-20")).after(
            .pass(note: rid(9)), at: at("2026-03-20"))
        #expect(done.status == .completed && !done.papersAreOverdue(asOf: at("2027-01-01")))
    }

    @Test func theFastLaneIsForEmergenciesWithinItsAmount() throws {
        let act = ApprovalAct.approveFast(Reason("hurry"))
        #expect(refusal { _ = try open(amount: 100).after(act, by: city) } == .notCovered)
        #expect(refusal { _ = try open(amount: 5_000_001, urgency: .emergency).after(act, by: city) } == .notCovered)
        #expect(
            refusal { _ = try open("microProject", amount: 1, urgency: .emergency).after(act, by: city) } == .notCovered
        )
    }

    @Test func aFastApprovalThatProvesWrongIsRevoked() throws {
        let fast = try open(amount: 100_000, urgency: .emergency).after(.approveFast(Reason("fire")), by: town)
        let revoked = try fast.after(
            .refuse(Reason("notInHardship"), alternatives: ["hotline12345"]), by: .coordinator)
        guard case .revoked = revoked.status else {
            Issue.record("not revoked: \(revoked.status)")
            return
        }
        #expect(!revoked.isApproved)
    }

    @Test func streetLampsGoFromProposalToAcceptance() throws {
        let proposed = try open("microProject", amount: 25_000_000, category: "streetLamps").after(.pass(note: rid(9)))
        #expect(refusal { _ = try proposed.after(.confer(conference(3, 4))) } == .secondPerson)
        let tied = try proposed.after(.confer(conference(3, 6)))
        #expect(tied.step?.id == "deliberation")
        let carried = try tied.after(.confer(conference(4, 6))).after(.pass(note: rid(3)))
        #expect(carried.levelNeeded == .city)
        let approved = try carried.after(.approve, by: city).after(.approve, by: secondCity)
        let noticed = try approved.after(.putUpNotice)
        let built = try noticed.after(.takeDownNotice, at: at("2026-03-20"))
        #expect(built.isApproved)
        let accepted = try built.after(.pass(note: rid(9)), at: at("2026-03-21")).after(
            .pass(note: rid(5)), at: at("2026-09-01"))
        #expect(accepted.status == .completed)
    }

    @Test func anotherAmountIsAnotherApproval() throws {
        let approved = try open(amount: 150_000).after(.pass(note: rid(9))).after(.pass(note: rid(9))).after(
            .approve, by: town)
        let revised = try approved.after(.revise(amount: 900_000, Reason("dearer")))
        #expect(revised.step?.kind == .screening && revised.approvals.isEmpty)
        for amount in [Int64.min, -1, 0, 100_000_000_001, .max] {
            #expect(refusal { _ = try approved.after(.revise(amount: amount, Reason("typo"))) } == .quantity)
        }
        #expect(refusal { _ = try open(amount: -1) } == .quantity)
    }

    @Test func aVisitHasItsFindingAndAPublicationItsWording() throws {
        let screened = try open(amount: 50_000).after(.pass(note: nil))
        #expect(refusal { _ = try screened.after(.pass(note: nil)) } == .reasonRequired)
        let approved = try screened.after(.pass(note: rid(9))).after(.approve, by: village)
        #expect(refusal { _ = try approved.after(.pass(note: nil)) } == .reasonRequired)
        #expect(try approved.after(.pass(note: rid(10))).status == .completed)
    }

    @Test func votesAddUp() {
        for (yes, no, neither) in [(3, 1, 0), (2, 0, 0), (-1, 2, 2), (Int.max, Int.max, 5), (1, 1, 2)] {
            let code = refusal {
                _ = try Conference(
                    participants: [rid(1), rid(2), rid(3)], votesFor: yes, votesAgainst: no, abstentions: neither,
                    finding: rid(4), reasons: rid(5))
            }
            #expect(code == .malformed, "\(yes) \(no) \(neither)")
        }
    }

    @Test func everybodyVotesOnceAndTheCountsFollow() throws {
        let ballots = [
            Conference.Ballot(rid(3), .abstained), .init(rid(1), .for), .init(rid(2), .against), .init(rid(4), .for),
        ]
        let conference = try Conference(ballots: ballots, finding: rid(8), reasons: rid(9))
        #expect(conference.votesFor == 2 && conference.votesAgainst == 1 && conference.abstentions == 1)
        #expect(!conference.isCarried, "two of four are not more than half")
        #expect(conference.vote(of: rid(3)) == .abstained && conference.vote(of: rid(9)) == nil)
        let twice = refusal {
            _ = try Conference(ballots: ballots + [.init(rid(1), .against)], finding: rid(8), reasons: rid(9))
        }
        #expect(twice == .malformed)
    }
}

extension ApprovalCase {
    func after(_ act: ApprovalAct, by actor: CaseActor = .coordinator, at moment: Moment = at("2026-03-02 10:00"))
        throws
        -> ApprovalCase
    {
        try applying(act, by: actor, at: moment, calendar: .official())
    }
}
