import Casework
import MatchCore
import Operations
import Testing

@Suite struct AccessTableTests {
    private let table = AccessTable.standard

    @Test func everyOperationHasItsRow() {
        let ids = OperationList.all.map(\.facts.id)
        for id in ids {
            #expect(
                table.call(id) != nil,
                "\(id) has no row. Say in Casework/Access/AccessTable+Calls.swift who may call it, and what it shows.")
        }
        for call in table.calls where !ids.contains(call.id) { Issue.record("There is no operation \(call.id).") }
        #expect(Set(table.calls.map(\.id)).count == table.calls.count, "an operation has two rows")
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
                #expect(seen || call.id.hasPrefix("lookup."), "\(role) calls \(call.id) and sees nothing of it")
            }
        }
    }

    @Test func theStepsOfClaimsAndClocksAreForThoseWhoTheirRulesName() {
        for kind in ClaimStep.Kind.allCases {
            let name = kind.rawValue
            guard let call = table.call("claims.\(name)") ?? table.call("claims.legs.\(name)") else { continue }
            #expect(call.roles == Set(ClaimRule.rule(for: kind).allowed.keys).union([.admin]), "\(name)")
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
