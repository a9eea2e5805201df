import Casework
import Testing

struct ClaimTests {
    let tuesday = at("2026-03-03 09:00")

    @Test func everyStepHasOneRule() {
        #expect(
            ClaimRule.table.map(\.step).sorted { $0.rawValue < $1.rawValue }
                == ClaimStep.Kind.allCases.sorted { $0.rawValue < $1.rawValue })
    }

    @Test func aProposalHoldsItsQuantityAtOnce() throws {
        var ledger = PromiseLedger()
        try ledger.pledge(25, on: rid(10))
        try ledger.want(12, on: rid(20))
        try ledger.apply(try Claim.sample(10).moves)
        #expect(ledger.offers[rid(10)]?[.reserved] == 10)
        #expect(ledger.offers[rid(10)]?[.available] == 15)
        #expect(ledger.wishes[rid(20)]?[.open] == 2)
    }

    /// Where the quantity ends on both lines, for each way a claim can go.
    @Test(arguments: [
        ([ClaimStep.accept, .dispatch, .receive, .confirm], OfferPart.received, WishPart.received),
        ([.accept, .dispatch, .receive], .received, .received),
        ([.accept, .dispatch], .inTransit, .inTransit),
        ([.decline], .available, .open),
        ([.release], .available, .open),
        ([.accept, .release], .available, .open),
        ([.accept, .dispatch, .giveBack(.usable)], .available, .open),
        ([.accept, .dispatch, .giveBack(.lost)], .withdrawn, .open),
        ([.accept, .dispatch, .receive, .giveBack(.usable)], .available, .open),
        ([.accept, .dispatch, .receive, .giveBack(.unfit)], .withdrawn, .open),
        ([.accept, .dispatch, .receive, .confirm, .giveBack(.usable)], .available, .open),
        ([.accept, .dispatch, .receive, .confirm, .giveBack(.unfit)], .withdrawn, .open),
    ])
    func theLedgerFollowsTheClaim(steps: [ClaimStep], offerEnd: OfferPart, wishEnd: WishPart) throws {
        var ledger = PromiseLedger()
        try ledger.pledge(10, on: rid(10))
        try ledger.want(10, on: rid(20))
        var (claim, moves) = try Claim.sample(10)
        try ledger.apply(moves)
        for step in steps {
            (claim, moves) = try claim.applying(step, by: .runner, at: tuesday, reason: Reason("test"))
            try ledger.apply(moves)
            try ledger.check()
            #expect(claim.state.holding.map { ledger.offers[rid(10)]?[$0] == 10 } ?? true)
        }
        #expect(ledger.offers[rid(10)]?[offerEnd] == 10)
        #expect(ledger.wishes[rid(20)]?[wishEnd] == 10)
    }

    @Test func nothingEndedComesBack() throws {
        let open = try Claim.sample().claim
        let onTheRoad = try open.after(.accept).after(.dispatch)
        let ended = [
            try open.after(.decline), try open.after(.release),
            try open.after(.expire, at: at("2026-03-05 09:00")),
            try onTheRoad.after(.giveBack(.usable)),
            try onTheRoad.after(.receive).after(.confirm).after(.giveBack(.unfit)),
        ]
        let steps: [ClaimStep] = [
            .accept, .decline, .dispatch, .receive, .confirm, .renew, .expire, .release, .giveBack(.lost),
            .agree(.carrier, party: rid(80)), .leave(.carrier), .finish(.fitter),
        ]
        for claim in ended {
            #expect(claim.state.isEnded)
            for step in steps {
                let code = refusal { _ = try claim.after(step, at: at("2026-04-01 09:00")) }
                #expect(code == .wrongState, "\(claim.state) \(step.kind)")
            }
        }
    }

    @Test func aStepSentTwiceMovesOnce() throws {
        let accepted = try Claim.sample().claim.after(.accept, by: .owner)
        #expect(refusal { _ = try accepted.after(.accept, by: .owner) } == .wrongState)
    }

    @Test(arguments: [Role.guest, .auditor, .intake, .approver, .recipient, .carrier, .fitter, .integration])
    func onlyTheDonorAndStaffAnswerAProposal(role: Role) throws {
        let claim = try Claim.sample().claim
        let someone = CaseActor(id: rid(5), role: role, party: rid(70), wish: rid(30))
        #expect(refusal { _ = try claim.after(.accept, by: someone) } == .roleNotAllowed)
        #expect(refusal { _ = try claim.after(.decline, by: someone) } == .roleNotAllowed)
    }

    @Test func anotherDonorHasNoSay() throws {
        #expect(refusal { _ = try Claim.sample().claim.after(.accept, by: .otherDonor) } == .notYours)
    }

    @Test func aRecipientConfirmsOnlyTheirOwnWish() throws {
        let received = try Claim.sample().claim.after(.accept).after(.dispatch).after(.receive)
        let neighbour = CaseActor(id: rid(5), role: .recipient, wish: rid(31))
        #expect(refusal { _ = try received.after(.confirm, by: neighbour) } == .notYours)
        #expect(try received.applying(.confirm, by: .recipient, at: tuesday).claim.state == .confirmed)
    }

    @Test func theRunnersExpiryIsNotForPeople() throws {
        let late = at("2026-03-09 09:00")
        for person in [CaseActor.owner, .coordinator] {
            #expect(refusal { _ = try Claim.sample().claim.after(.expire, by: person, at: late) } == .roleNotAllowed)
        }
    }

    @Test func refusalsAndActsForOthersNeedAReason() throws {
        let claim = try Claim.sample().claim
        #expect(refusal { _ = try claim.applying(.decline, by: .owner, at: tuesday) } == .reasonRequired)
        #expect(refusal { _ = try claim.applying(.release, by: .owner, at: tuesday) } == .reasonRequired)
        #expect(refusal { _ = try claim.applying(.accept, by: .coordinator, at: tuesday) } == .reasonRequired)
        #expect(refusal { _ = try claim.applying(.accept, by: .owner, at: tuesday) } == nil)
        let received = try claim.after(.accept).after(.dispatch).after(.receive)
        #expect(refusal { _ = try received.applying(.confirm, by: .intake, at: tuesday) } == .reasonRequired)
    }

    @Test func aLeaseEndsToTheMillisecond() throws {
        let claim = try Claim.sample().claim
        let end = at("2026-03-04 09:00")
        let before = Moment(milliseconds: end.milliseconds - 1)
        #expect(refusal { _ = try claim.after(.accept, by: .owner, at: end) } == .lease)
        #expect(refusal { _ = try claim.after(.expire, at: before) } == .lease)
        #expect(try claim.after(.accept, by: .owner, at: before).state == .accepted)
        #expect(try claim.after(.expire, at: end).state == .expired)
    }

    @Test func aLeaseIsRenewedOnlySoOften() throws {
        var claim = try Claim.sample().claim
        claim = try claim.after(.renew, by: .owner, at: at("2026-03-04 08:00"))
        #expect(claim.lease?.end == at("2026-03-06 08:00"))
        claim = try claim.after(.renew, by: .owner, at: at("2026-03-05 08:00"))
        #expect(refusal { _ = try claim.after(.renew, by: .owner, at: at("2026-03-06 08:00")) } == .lease)
    }

    @Test func aRenewalThatAddsNothingIsRefusedAndUsesNoneUp() throws {
        let claim = try Claim.sample().claim
        // In the moment of the proposal the lease already runs as long as a renewal would.
        #expect(refusal { _ = try claim.after(.renew, by: .owner, at: at("2026-03-02 09:00")) } == .lease)
        let renewed = try claim.after(.renew, by: .owner, at: at("2026-03-03 09:00"))
        #expect(refusal { _ = try renewed.after(.renew, by: .owner, at: at("2026-03-03 09:00")) } == .lease)
        #expect(renewed.lease?.renewals == 1)
    }

    @Test func whatWasConfirmedIsTakenBackByThePersonOrStaffOnly() throws {
        let confirmed = try Claim.sample().claim.after(.accept).after(.dispatch).after(.receive).after(.confirm)
        #expect(refusal { _ = try confirmed.after(.giveBack(.usable), by: .owner) } == .roleNotAllowed)
        #expect(refusal { _ = try confirmed.after(.confirm) } == .wrongState)
        #expect(try confirmed.after(.giveBack(.unfit), by: .recipient).state == .returned)
        #expect(try confirmed.after(.giveBack(.unfit), by: .coordinator).state == .returned)
    }

    @Test func anAcceptedClaimHasNoLeaseOnTheRoad() throws {
        let accepted = try Claim.sample().claim.after(.accept, by: .owner)
        #expect(accepted.lease?.end == at("2026-03-06 09:00"))
        #expect(refusal { _ = try accepted.after(.dispatch, at: at("2026-03-06 09:00")) } == .lease)
        #expect(try accepted.after(.dispatch).lease == nil)
    }

    @Test func theRunnerFindsEachLeaseThatIsOverOnce() throws {
        let claim = try Claim.sample().claim
        let end = at("2026-03-04 09:00")
        let before = Moment(milliseconds: end.milliseconds - 1)
        #expect([claim].leasesOver(by: before).isEmpty)
        let over = [claim].leasesOver(by: end)
        #expect(over.map(\.claim) == [claim.id] && over.map(\.at) == [end])
        #expect([try claim.after(.expire, at: end)].leasesOver(by: end).isEmpty)
        #expect([try claim.after(.accept).after(.dispatch)].leasesOver(by: at("2027-01-01")).isEmpty)
        let renewed = try claim.after(.renew, at: at("2026-03-03 09:00"))
        #expect([renewed].leasesOver(by: end).isEmpty)
        #expect([renewed].leasesOver(by: at("2026-03-05 09:00")).map(\.key) != over.map(\.key))
    }

    @Test func staffAddACarrierOrAFitterThatNobodyThoughtOf() throws {
        // Who was served from a queue could not say whom it takes besides.
        let accepted = try Claim.sample().claim.after(.accept)
        #expect(accepted.legs.isEmpty)
        #expect(refusal { _ = try accepted.after(.agree(.carrier, party: rid(80)), by: .carrier) } == .notYours)
        let carried = try accepted.after(.agree(.carrier, party: rid(80)))
        #expect(carried.legs.map(\.party) == [rid(80)])
        let received = try carried.after(.dispatch, by: .carrier).after(.receive, by: .carrier)
        let fitting = try received.after(.agree(.fitter, party: rid(85)))
        #expect(refusal { _ = try fitting.after(.confirm) } == .legMissing)
        #expect(try fitting.after(.finish(.fitter), by: .fitter).after(.confirm).state == .confirmed)
        // What is on the road has whoever carries it.
        let onTheRoad = try accepted.after(.dispatch)
        #expect(refusal { _ = try onTheRoad.after(.agree(.carrier, party: rid(80))) } == .legMissing)
    }

    @Test func goodsWaitForTheirCarrier() throws {
        let accepted = try Claim.sample(legs: [.carrier]).claim.after(.accept)
        #expect(refusal { _ = try accepted.after(.dispatch) } == .legMissing)
        let carried = try accepted.after(.agree(.carrier, party: rid(80)), by: .carrier)
        #expect(refusal { _ = try carried.after(.agree(.carrier, party: rid(81)), by: .otherCarrier) } == .notYours)
        #expect(refusal { _ = try carried.after(.dispatch, by: .otherCarrier) } == .notYours)
        let onTheRoad = try carried.after(.dispatch, by: .carrier)
        #expect(refusal { _ = try onTheRoad.after(.leave(.carrier), by: .carrier) } == .legMissing)
        #expect(refusal { _ = try carried.after(.leave(.carrier), by: .carrier).after(.dispatch) } == .legMissing)
    }

    @Test func aVolunteerTakesALegForTheirOwnPartyOnly() throws {
        let accepted = try Claim.sample(legs: [.carrier, .fitter]).claim.after(.accept)
        #expect(refusal { _ = try accepted.after(.agree(.carrier, party: rid(81)), by: .carrier) } == .notYours)
        #expect(refusal { _ = try accepted.after(.agree(.fitter, party: rid(80)), by: .carrier) } == .notYours)
    }

    @Test func confirmationWaitsForTheFitter() throws {
        let received = try Claim.sample(legs: [.fitter]).claim.after(.accept).after(.dispatch).after(.receive)
        #expect(refusal { _ = try received.after(.confirm) } == .legMissing)
        let fitted = try received.after(.agree(.fitter, party: rid(85)), by: .fitter)
        #expect(refusal { _ = try fitted.after(.confirm) } == .legMissing)
        #expect(try fitted.after(.finish(.fitter), by: .fitter).after(.confirm).state == .confirmed)
    }

    @Test func timeNeverRunsBackwards() throws {
        let code = refusal { _ = try Claim.sample().claim.after(.accept, at: at("2026-03-02 08:59")) }
        #expect(code == .timeRunsBackwards)
    }

    @Test func aSplitHoldsWhatWasHeld() throws {
        let road = try Claim.sample(10).claim.after(.accept).after(.dispatch)
        let (rest, part) = try road.splitting(4, into: rid(41), by: .coordinator, at: tuesday, reason: Reason("part"))
        #expect(rest.quantity + part.quantity == 10)
        #expect(part.state == .inTransit)
        for wrong in [0, -1, 10, Int64.min, Int64.max] {
            let code = refusal {
                _ = try road.splitting(wrong, into: rid(41), by: .owner, at: tuesday, reason: Reason("part"))
            }
            #expect(code == .quantity)
        }
    }

    @Test(arguments: [0, -1, Int64.min])
    func aClaimOnNothingIsRefused(quantity: Int64) {
        #expect(refusal { _ = try Claim.sample(quantity) } == .quantity)
    }
}
