import Casework
import MatchCore
import Storage
import Testing

/// A profile from its draft to a revision, and back.
@Suite struct ProfileLifeTests {
    private static let anna = CaseActor(id: RecordID(101), role: .admin)
    private static let ben = CaseActor(id: RecordID(102), role: .admin)

    private static let first = ScoringProfile(
        name: "default", revision: 1, title: LocalizedText(zhHans: "甲", en: "a"),
        entries: [ScoringProfile.Entry(scorer: "Near", weight: 1_000)])

    private func desk(
        _ store: any CaseTransaction, as actor: CaseActor = anna, at time: Int64 = 1_000, isProven: Bool = true
    ) -> ProfileDesk {
        ProfileDesk(
            store: store, actor: actor, now: Moment(milliseconds: time),
            check: ProfileCheck(scorers: [NearScorer.self]), isProven: isProven)
    }

    private func installed() throws -> Fixture {
        let store = try Fixture()
        #expect(try store.write { try desk($0, as: .system).install(Self.first, reason: Reason("init")) })
        return store
    }

    private func set(_ text: String, _ scope: ProfileScope? = nil) throws -> ProfileEdit {
        try ProfileEdit(text, scope: scope, descriptors: [NearScorer.descriptor])
    }

    private func edit(_ store: Fixture, _ texts: String...) throws {
        try store.write { transaction in
            for text in texts { try desk(transaction).change(DraftKey("default")) { try $0.apply(set(text)) } }
        }
    }

    private func publish(_ store: Fixture, as actor: CaseActor = anna) throws -> Publication {
        try store.write { try desk($0, as: actor).publish(DraftKey("default"), reason: Reason("tuning")) }
    }

    @Test func aDraftBecomesTheNextRevisionAndTheOldOneStays() throws {
        let store = try installed()
        try edit(store, "Near.weight=2000", "Near.reach=9")
        guard case .published(let revision) = try publish(store) else {
            Issue.record("it was not published")
            return
        }
        #expect(revision.number == 2 && revision.author == Self.anna.id && revision.reason == "tuning")
        try store.read { transaction in
            let newest = try #require(try transaction.profile("default"))
            #expect(newest.revision == 2 && newest.entries[0].weight == 2_000)
            #expect(newest.entries[0].parameters == ["reach": .integer(9)])
            #expect(try transaction.profile("default", revision: 1) == Self.first)
            #expect(try transaction.drafts().isEmpty)
            let actions = try transaction.history(of: [ProfileSubject.id(of: "default")]).map(\.action.text)
            #expect(actions == ["published", "draftBegun", "draftChanged", "draftChanged", "published"])
        }
    }

    @Test(arguments: [
        ("Near.reach=11", "0…10 kilometre"), ("Near.reach=far", "0…10 kilometre"), ("Near.weight=10001", "0…10,000"),
        ("Near.weight=99999999999", "0…10000"), ("Near.wide=1", "It has: reach"), ("Far.weight=1", "Built in: Near"),
        ("Near=on", "SCORER.weight=900"),
    ])
    func whatIsOutOfRangeIsRefusedWithItsNameAndRange(_ text: String, _ says: String) throws {
        let store = try installed()
        let error = #expect(throws: ProfileError.self) { try edit(store, text) }
        let message = try #require(error?.message)
        #expect(message.contains(says) || message.contains("0…10000"), "\(message)")
        #expect(error?.text.zhHans != message)
        #expect(try store.read { try $0.drafts().isEmpty })
    }

    @Test func whoeverChangesWhatTheyHaveNotSeenIsTold() throws {
        let store = try installed()
        try edit(store, "Near.weight=1")
        try edit(store, "Near.weight=2")
        let error = #expect(throws: CaseworkError.self) {
            try store.write { transaction in
                try desk(transaction).change(DraftKey("default"), version: 1) { try $0.apply(set("Near.weight=3")) }
            }
        }
        #expect(error?.code == .stale)
        #expect(try store.read { try $0.draft(DraftKey("default"))?.version } == 3)
    }

    @Test func aRevisionThatCameOutMeanwhileIsNotOverwrittenUnseen() throws {
        let store = try installed()
        let slow = DraftKey("default", "slow")
        try store.write { _ = try desk($0).change(slow) { _ in } }
        try store.write { transaction in
            _ = try desk(transaction).change(slow) { try $0.apply(set("Near.weight=7")) }
        }
        try edit(store, "Near.weight=8")
        _ = try publish(store)
        let error = #expect(throws: CaseworkError.self) {
            try store.write { _ = try desk($0).publish(slow, reason: Reason("tuning")) }
        }
        #expect(error?.code == .stale && error?.message.contains("default@2") == true)
        _ = try store.write { try desk($0).publish(slow, overNewer: true, reason: Reason("tuning")) }
        #expect(try store.read { try $0.profile("default")?.revision } == 3)
    }

    @Test func rollingBackPublishesTheOldContentAsANewRevision() throws {
        let store = try installed()
        try edit(store, "Near.weight=2000")
        _ = try publish(store)
        let back = try store.write { try desk($0).rollBack("default", reason: Reason("complaints")) }
        #expect(back.number == 3 && back.restores == 1)
        try store.read { transaction in
            let newest = try #require(try transaction.profile("default"))
            #expect(newest.revision == 3 && newest.says(sameAs: Self.first))
            #expect(try transaction.revisions(of: "default").map(\.number) == [3, 2, 1])
            #expect(try transaction.history(of: [ProfileSubject.id(of: "default")]).last?.action == "rolledBack")
        }
        let error = #expect(throws: CaseworkError.self) {
            try store.write { _ = try desk($0).rollBack("default", to: 1, reason: Reason("again")) }
        }
        #expect(error?.code == .wrongState)
    }

    @Test func twoPeoplePublishWhereTheProgramSaysSo() throws {
        let store = try installed()
        _ = try store.write { try desk($0).setPeopleToPublish(2, reason: Reason("policy")) }
        try edit(store, "Near.weight=2000")
        guard case .awaitsConfirmation = try publish(store) else {
            Issue.record("one person was enough")
            return
        }
        #expect(throws: CaseworkError.self) { try publish(store) }
        #expect(throws: CaseworkError.self) { try publish(store, as: .system) }
        #expect(try store.read { try $0.profile("default")?.revision } == 1)
        // A change takes the proposal back: what the second person confirms is what the first one proposed.
        try edit(store, "Near.weight=3000")
        guard case .awaitsConfirmation = try publish(store, as: Self.ben) else {
            Issue.record("a changed draft kept its proposal")
            return
        }
        guard case .published(let revision) = try publish(store) else {
            Issue.record("two people were not enough")
            return
        }
        #expect(revision.author == Self.ben.id && revision.confirmedBy == Self.anna.id)
        #expect(try store.read { try $0.revisions(of: "default").first } == revision)
    }

    @Test func whoOnlySaysWhoItIsIsNobodysSecondPerson() throws {
        let store = try installed()
        // Asking for two people takes a key too, or the door would be shut with nobody able to open it.
        #expect(throws: CaseworkError.self) {
            _ = try store.write { try desk($0, isProven: false).setPeopleToPublish(2, reason: Reason("policy")) }
        }
        _ = try store.write { try desk($0).setPeopleToPublish(2, reason: Reason("policy")) }
        try edit(store, "Near.weight=2000")
        func claim(_ actor: CaseActor) throws {
            try store.write {
                _ = try desk($0, as: actor, isProven: false).publish(DraftKey("default"), reason: Reason("tuning"))
            }
        }
        let first = #expect(throws: CaseworkError.self) { try claim(Self.anna) }
        #expect(first?.code == .secondPerson && first?.message.contains("--token-file") == true)
        _ = try publish(store)
        let second = #expect(throws: CaseworkError.self) { try claim(Self.ben) }
        #expect(second?.code == .secondPerson)
        #expect(try store.read { try $0.profile("default")?.revision } == 1)
        _ = try publish(store, as: Self.ben)
        #expect(try store.read { try $0.profile("default")?.revision } == 2)
    }

    @Test func loweringTheNumberTakesAsManyPeopleAsAreInForce() throws {
        let store = try installed()
        func set(_ people: Int, as actor: CaseActor, isProven: Bool = true) throws -> PublishingPeople {
            try store.write {
                try desk($0, as: actor, isProven: isProven).setPeopleToPublish(people, reason: Reason("policy"))
            }
        }
        func now() throws -> PublishingPeople { try store.read { try desk($0).publishingPeople() } }
        #expect(try set(2, as: Self.anna).people == 2)
        #expect(try set(1, as: Self.anna).lowering?.by == Self.anna.id)
        #expect(try now().people == 2, "one person was enough to go back to one")
        #expect(throws: CaseworkError.self) { _ = try set(1, as: Self.anna) }
        #expect(throws: CaseworkError.self) { _ = try set(1, as: Self.ben, isProven: false) }
        // Asking for two again takes the proposal back: the next call begins anew.
        #expect(try set(2, as: Self.ben).lowering == nil)
        #expect(try set(1, as: Self.ben).people == 2)
        #expect(try set(1, as: Self.anna) == PublishingPeople(people: 1))
        #expect(try now() == PublishingPeople(people: 1))
        let actions = try store.read { try $0.history(of: [ProfileSubject.id(of: "")]).map(\.action.text) }
        #expect(
            actions == [
                "peopleToPublishSet", "peopleToPublishProposed", "peopleToPublishKept", "peopleToPublishProposed",
                "peopleToPublishSet",
            ])
        // A later round does not find the old proposal.
        #expect(try set(2, as: Self.anna) == PublishingPeople(people: 2))
    }

    @Test func aDraftIsCalledWhatItIs() throws {
        let store = try installed()
        try edit(store, "Near.weight=2000")
        let draft = try store.read { try #require(try $0.draft(DraftKey("default"))).profile }
        #expect(draft.reference == "draft of default (from revision 1)")
        #expect(draft.called(in: .zhHans) == "default 的草案（始于第 1 版）")
        let placed = "draft of default (from revision 1)+area:c1"
        #expect(ProfileReference.text(placed, in: .zhHans) == "default 的草案（始于第 1 版）+area:c1")
        #expect(ProfileReference.text("default@1+area:c1", in: .zhHans) == "default@1+area:c1")
    }

    @Test func onlyAdminsChangeProfiles() throws {
        let store = try installed()
        let coordinator = CaseActor(id: RecordID(103), role: .coordinator)
        let error = #expect(throws: CaseworkError.self) {
            try store.write { _ = try desk($0, as: coordinator).begin(DraftKey("default")) }
        }
        #expect(error?.code == .roleNotAllowed)
    }

    @Test func anUnchangedDraftIsNotPublished() throws {
        let store = try installed()
        try store.write { _ = try desk($0).begin(DraftKey("default")) }
        #expect(throws: CaseworkError.self) { try publish(store) }
    }

    @Test func aRevisionThatWasAlteredIsRefusedByName() throws {
        let store = try installed()
        try store.database.blockingWrite {
            _ = try $0.run("UPDATE profile_revision SET body = replace(body, '1000', '2000')")
        }
        let error = #expect(throws: DatabaseError.self) { try store.read { _ = try $0.profile("default") } }
        #expect(error?.code == .corrupt && error?.message.contains("default@1") == true)
    }

    @Test func layersAndTablesComeBackAsTheyWereKept() throws {
        let store = try installed()
        let rows: ParameterValue = .list([
            .entries([
                ParameterEntry("when", .entries([ParameterEntry("z", .list([.text("a"), .integer(1)]))])),
                ParameterEntry("points", .integer(5)),
            ])
        ])
        var profile = Self.first
        profile.revision = 2
        profile.entries[0].parameters = ["table": rows, "flag": .flag(true)]
        profile.precedence = [.area, .category, .lane]
        profile.layers = [
            ProfileLayer(
                scope: ProfileScope(.area, "441900119"),
                changes: [
                    .init(scorer: "Near", weight: 5, parameters: ["reach": .integer(1)]),
                    .init(scorer: "X", isOff: true),
                ])
        ]
        try store.write { try $0.publish(profile, at: Timestamp(milliseconds: 5), reason: "test") }
        #expect(try store.read { try $0.profile("default", revision: 2) } == profile)
    }
}

/// The least a scorer can be.
private struct NearScorer: Scorer {
    static let descriptor = ScorerDescriptor(
        id: "Near", version: 1, title: LocalizedText(zhHans: "近", en: "near"),
        summary: LocalizedText(zhHans: "近", en: "near"),
        parameters: [
            ParameterDescriptor(
                name: "reach", title: LocalizedText(zhHans: "范围", en: "reach"),
                help: LocalizedText(zhHans: "多远", en: "how far"), kind: .integer(0...10, default: 5),
                unit: "kilometre")
        ], reasons: ["near"], examples: [])

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs { [:] }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement { Judgement(.value(1), reason: "near") }

    func sentence(for finding: Finding, in language: Language) -> String { "near" }
}
