import Casework
import MatchCore
import Operations
import Testing

@Suite struct AccessTableTests {
    private let table = AccessTable.standard

    /// That each operation has a row the compiler sees to: an operation is made of an id, and no id is without one.
    @Test func everyRowHasItsOperation() {
        let ids = OperationList.all.map(\.facts.id)
        for id in OperationID.allCases {
            #expect(ids.filter { $0 == id.rawValue }.count == 1, "\(id.rawValue) is listed by no operation, or by two")
        }
        #expect(ids.count == OperationID.allCases.count)
    }

    @Test func whoMayCallSeesSomethingOfWhatIsAnswered() {
        for call in table.calls {
            for role in call.roles {
                let seen = AccessStage.allCases.contains { stage in
                    !table.parts(
                        of: call.record, at: stage, for: role,
                        AccessStanding(isOwn: true, isWithin: true, isUnlimited: true)
                    ).isEmpty
                }
                // What a look-up code opens is shown to its person, whoever sends it.
                #expect(
                    seen || call.id.rawValue.hasPrefix("lookup."),
                    "\(role) calls \(call.id.rawValue) and sees nothing of it")
            }
        }
    }

    @Test func theStepsOfClaimsAndClocksAreForThoseWhoTheirRulesName() {
        for kind in ClaimStep.Kind.allCases {
            let name = kind.rawValue
            guard let id = OperationID(rawValue: "claims.\(name)") ?? OperationID(rawValue: "claims.legs.\(name)")
            else {
                continue
            }
            #expect(
                AccessTable.row(of: id).roles == Set(ClaimRule.rule(for: kind).allowed.keys).union([.admin]), "\(name)")
        }
    }

    @Test func whatAPersonKeepsFromDonorsTheTableKeepsToo() {
        let personal: AccessParts = [
            .exactPlace, .wording, .circumstances, .members, .words, .notes, .household, .handle, .times, .hours, .area,
        ]
        let anyone = AccessStanding(isOwn: true, isWithin: true, isUnlimited: true)
        for role in [Role.guest, .donor, .carrier, .fitter] {
            for stage in [AccessStage.beforeApproval, .published, .ended] {
                let seen = table.parts(of: .wish, at: stage, for: role, anyone).intersection(personal)
                #expect(seen.isEmpty, "\(role) sees \(seen.list) of a wish, \(stage)")
            }
            for stage in [AccessStage.beforeApproval, .ended] {
                #expect(table.parts(of: .wish, at: stage, for: role, anyone).isEmpty)
            }
            #expect(
                !table.parts(of: .wish, at: .accepted, for: role, anyone).contains(.exactPlace),
                "only who brings it knows the door")
            for record in [AccessRecord.household, .inbox, .person, .case, .approval] {
                #expect(table.parts(of: record, for: role, anyone).isEmpty, "\(role) sees a \(record)")
            }
        }
        #expect(table.parts(of: .match, for: .donor, anyone).intersection([.scores, .exactPlace]).isEmpty)
    }

    @Test func aPurposeNarrowsAndNeverWidens() {
        let anyone = AccessStanding(isOwn: true, isWithin: true, isUnlimited: true)
        for role in Role.allCases {
            for record in AccessRecord.allCases {
                for stage in AccessStage.allCases {
                    let whole = table.parts(of: record, at: stage, for: role, anyone)
                    for purpose in AccessPurpose.allCases {
                        let narrowed = table.parts(of: record, at: stage, for: role, anyone, purpose: purpose)
                        #expect(narrowed.subtracting(whole).isEmpty)
                    }
                }
            }
        }
        let matching = table.parts(of: .wish, at: .published, for: .coordinator, anyone, purpose: .matching)
        #expect(matching.intersection([.exactPlace, .circumstances, .wording, .handle]).isEmpty)
        #expect(matching.contains(.approvedWording))
    }

    /// Types that hold what only a projection may show.
    @Test func recordsCannotBeEncoded() {
        let records: [Any.Type] = [
            RegisteredWish.self, RegisteredOffer.self, RegisteredParty.self, KeptClaim.self, WishCase.self,
            Household.self, HouseholdWatch.self, InboxRecord.self, PersonFile.self, PersonFile.Item.self,
            AccessKey.self, HistoryEntry.self, Wish.self, Offer.self, Party.self, Explanation.self, PersonHints.self,
            IntakeTraits.self,
        ]
        for record in records {
            #expect(!(record is any Encodable.Type), "\(record) can be encoded past its projection")
        }
    }
}
