import Casework
import MatchCore
import Testing

func rid(_ number: Int) -> RecordID { RecordID(UInt128(number)) }

/// Shanghai local time, as people write it: `at("2026-02-13 17:00")`.
func at(_ text: String) -> Moment {
    let halves = text.split(separator: " ")
    guard let date = CivilDate(halves[0]) else { fatalError("not a date: \(text)") }
    let clock = (halves.count > 1 ? halves[1] : "00:00").split(separator: ":").compactMap { Int64($0) }
    let minutes = Int64(date.dayNumber) * 1_440 + clock[0] * 60 + clock[1] - 480
    return Moment(milliseconds: minutes * 60_000)
}

/// Runs `body`, which has to throw a `CaseworkError`, and returns its code.
func refusal(_ body: () throws -> Void) -> CaseworkError.Code? {
    do {
        try body()
        return nil
    } catch let error as CaseworkError {
        return error.code
    } catch {
        Issue.record("an error of another kind: \(error)")
        return nil
    }
}

extension CaseActor {
    static let owner = CaseActor(id: rid(901), role: .donor, party: rid(70))
    static let otherDonor = CaseActor(id: rid(902), role: .donor, party: rid(71))
    static let recipient = CaseActor(id: rid(903), role: .recipient, wish: rid(30))
    static let carrier = CaseActor(id: rid(904), role: .carrier, party: rid(80))
    static let otherCarrier = CaseActor(id: rid(905), role: .carrier, party: rid(81))
    static let fitter = CaseActor(id: rid(906), role: .fitter, party: rid(85))
    static let coordinator = CaseActor(id: rid(907), role: .coordinator)
    static let secondCoordinator = CaseActor(id: rid(908), role: .coordinator)
    static let intake = CaseActor(id: rid(909), role: .intake)
    static let runner = CaseActor(id: rid(1), role: .admin)

    static func approver(_ number: Int, _ level: AreaLevel, upTo limit: Int64) -> CaseActor {
        CaseActor(
            id: rid(number), role: .approver, authority: ApprovalAuthority(level: level, limit: limit))
    }
}

extension Claim {
    /// A claim of the owner's offer line 10 for line 20 of wish 30, proposed on 2026-03-02 at 9:00.
    static func sample(_ quantity: Int64 = 10, legs: [Leg.Kind] = []) throws -> (claim: Claim, moves: [LedgerMove]) {
        try proposing(
            rid(40), offerLine: rid(10), wishLine: rid(20), wish: rid(30), party: rid(70), quantity: quantity,
            legs: legs,
            terms: LeaseTerms(answerHours: 48, dispatchHours: 72, renewals: 2), by: .coordinator,
            at: at("2026-03-02 09:00"))
    }

    /// The claim after `step`, by someone who may make it.
    func after(_ step: ClaimStep, by actor: CaseActor = .runner, at moment: Moment = at("2026-03-03 09:00")) throws
        -> Claim
    {
        try applying(step, by: actor, at: moment, reason: Reason("test")).claim
    }
}
