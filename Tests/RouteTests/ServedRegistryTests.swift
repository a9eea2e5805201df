import AlmonerTesting
import Casework
import HTTPTypes
import MatchCore
import Operations
import ScorerCatalog
import Storage
import Synchronization
import Testing
import Wire

/// What was committed is rankable at once, and a registry that was kept up to date is one that is loaded afresh.
@Suite struct ServedRegistryTests {
    private static let address = "/v1/wishes/\(RouteService.wishes[0])/matches?limit=200"

    @Test func aNewOfferIsInTheNextAnswerAndAWithdrawnOneIsNot() async throws {
        let service = try RouteService()
        #expect(try await Self.found(service) == Set(RouteService.offers))
        let new = RecordID(high: 2, low: 9)
        _ = try await service.write { try $0.admit(Self.offer(new)) }
        #expect(try await Self.found(service) == Set(RouteService.offers + [new]))
        _ = try await service.write { try $0.desk.withdraw(new, reason: Self.visit) }
        #expect(try await Self.found(service) == Set(RouteService.offers))
        #expect(try await service.send(.get, "/v1/offers/\(new)/matches").status == 409)
        // A new party with its first offer, and a new wish.
        let (party, offer) = (RecordID(high: 1, low: 9), RecordID(high: 2, low: 10))
        _ = try await service.write { step in
            try step.registrar.admit(
                Party(id: party, kind: .fund), key: RecordKey(source: "t", externalID: "P9", id: party), name: "Fund 9")
            try step.admit(Self.offer(offer, of: party))
        }
        #expect(try await Self.found(service) == Set(RouteService.offers + [offer]))
        #expect(service.reports == [])
    }

    /// Others have looked since and know of a later commit, but have not ranked yet. A database in memory lets nobody look
    /// while another reads.
    @Test(.enabled(if: TestDatabase.server != nil)) func whatWasCommittedBeforeIsRankedThoughOthersKnowMore() throws {
        let service = try RouteService()
        let (first, second) = (RecordID(high: 2, low: 9), RecordID(high: 2, low: 10))
        try service.expectRankable([], not: [first, second])
        try service.blockingWrite { try $0.admit(Self.offer(first)) }
        try service.expectRankable([first], not: []) { older in
            #expect(try older.offer(second) == nil)
            try service.blockingWrite { try $0.admit(Self.offer(second)) }
            _ = try service.store.blockingRead { $0.registryVersion }
        }
        try service.expectRankable([first, second], not: [])
    }

    @Test func aClaimThatTakesEverythingTakesTheOfferOutOfTheLists() async throws {
        let service = try RouteService()
        #expect(try await Self.found(service).contains(RouteService.offers[0]))
        for wish in 0..<2 {
            let claim = try await service.send(
                .post, "/v1/claims",
                [
                    "offer": .text("\(RouteService.offers[0])"), "wish": .text("\(RouteService.wishes[wish])"),
                    "quantity": 5,
                ], key: "k\(wish)")
            #expect(claim.status == 201)
        }
        // Both wishes have all that they asked for; the third is left with the other offer.
        #expect(try await service.send(.get, Self.address).status == 409)
        let left = try await service.send(.get, "/v1/wishes/\(RouteService.wishes[2])/matches")
        #expect(Self.candidates(left).map(\.id) == ["\(RouteService.offers[1])"])
        let mirror = try await service.send(.get, "/v1/offers/\(RouteService.offers[1])/matches")
        #expect(Self.candidates(mirror).map(\.id) == ["\(RouteService.wishes[2])"])
    }

    @Test func aProfilesNewRevisionIsRankedByAtOnce() async throws {
        let service = try RouteService()
        let before = try await service.send(.get, Self.address)
        #expect(before.items.first?["profile"] == "default@1")
        try await service.store.write { store in
            try store.publish(
                ScoringProfile(
                    name: "default", revision: 2, title: LocalizedText(zhHans: "新", en: "new"),
                    entries: [ScoringProfile.Entry(scorer: "QuantityFit", weight: 100)]),
                at: Timestamp(milliseconds: 1), reason: "test")
        }
        let after = try await service.send(.get, Self.address)
        #expect(after.items.first?["profile"] == "default@2")
        #expect(Self.candidates(after).map(\.total) != Self.candidates(before).map(\.total))
    }

    /// Writers register, claim, change and withdraw while others rank; everybody finds what was committed before it asked.
    @Test(.timeLimit(.minutes(20)), arguments: [1, 2] as [UInt64])
    func writersAndRankersAtOnceEndWithWhatAFreshRegistryHas(seed: UInt64) async throws {
        let service = try RouteService()
        let (standing, gone) = (Offers(RouteService.offers), Offers([]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<6 as Range<UInt64> {
                group.addTask {
                    var random = SeededRandom(seed: seed &* 100 &+ writer)
                    for step in 0..<12 as Range<UInt64> {
                        let id = RecordID(high: 4 + writer, low: step)
                        let party = RouteService.parties[Int(step % 2)]
                        _ = try await service.write { try $0.admit(Self.offer(id, of: party)) }
                        standing.insert(id)
                        if random.chance(40) {
                            standing.remove(id)
                            _ = try await service.write { try $0.desk.withdraw(id, reason: Self.visit) }
                            gone.insert(id)
                        } else if random.chance(40) {
                            // The same record once more, with more of it.
                            _ = try await service.write { try $0.admit(Self.offer(id, of: party, available: 50)) }
                        }
                    }
                }
            }
            for _ in 0..<6 {
                group.addTask {
                    for _ in 0..<12 {
                        let (expected, absent) = (standing.all, gone.all)
                        let found = try await Self.found(service)
                        // Some of them may have been withdrawn since, and only those.
                        let missing = expected.subtracting(found)
                        #expect(missing.isSubset(of: expected.subtracting(standing.all)), "seed \(seed)")
                        #expect(found.isDisjoint(with: absent), "seed \(seed)")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await Self.found(service) == standing.all)
        try await Self.expectFresh(service, "seed \(seed)")
        #expect(service.reports == [])
    }

    /// Random changes of every kind, one after the other, with a profile of layers and one without.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func whatWasKeptUpToDateIsWhatIsLoadedAfresh(seed: UInt64) async throws {
        let service = try RouteService(layers: seed % 2 == 0)
        var random = SeededRandom(seed: seed)
        for round in 0..<6 as Range<UInt64> {
            for step in 0..<8 as Range<UInt64> {
                let (id, chosen) = (RecordID(high: 10 + round, low: step), Int.random(in: 0...6, using: &random))
                let past = RecordID(high: 10 + UInt64.random(in: 0...round, using: &random), low: step)
                let available = Int64.random(in: 0...9, using: &random)
                _ = try await service.write { act in
                    switch chosen {
                    case 0, 1: try act.admit(Self.offer(id, available: available))
                    case 2: try act.admit(Self.wish(id, quantity: available + 1))
                    case 3:
                        if try RegistryReader(act.store).offer(past)?.state == "open" {
                            _ = try act.desk.withdraw(past, reason: Self.visit)
                        }
                    case 4: if try act.store.offer(past) != nil { try act.admit(Self.offer(past, available: 20)) }
                    case 5:
                        let party = RouteService.parties[Int(step % 2)]
                        try act.registrar.admit(
                            Party(id: party, kind: .fund, statedTrust: Int(available)),
                            key: RecordKey(source: "t", externalID: "P\(step % 2)", id: party), name: "Fund")
                    default:
                        // From here on everything is loaded again.
                        guard seed == 4 else { return }
                        try act.registrar.admit(
                            SiteDistance(offerSite: "O0", wishSite: "W\(step)", centimetres: 1_000, missing: .unknown))
                    }
                }
            }
            try await Self.expectFresh(service, "seed \(seed), round \(round)")
        }
        #expect(service.reports == [])
    }

    /// Whoever loads the registry, and whenever, weighs words alike: with a table, and without one.
    @Test func wordsWeighTheSameForWhoCameEarlyAndWhoComesLate() async throws {
        let service = try RouteService()
        func admit(_ numbers: ClosedRange<UInt64>, _ text: String) async throws {
            for number in numbers {
                _ = try await service.write { act in
                    var offer = Self.offer(RecordID(high: 5, low: number))
                    offer.text = text
                    try act.admit(offer)
                }
            }
        }
        func weighed() async throws -> [String: JSONValue] {
            let answer = try await service.send(.get, Self.address + "&explain=true")
            guard case .list(let candidates)? = answer.items.first?["candidates"],
                case .list(let entries)? = candidates.first?["explanation"]?["entries"],
                case .list(let inputs)? = entries.first(where: { $0["scorer"] == "TextSimilarity" })?["inputs"]
            else { return [:] }
            var found: [String: JSONValue] = [:]
            for input in inputs { if case .text(let name)? = input["name"] { found[name] = input["value"] } }
            return found
        }
        try await Self.expectFresh(service, "as it began")
        try await admit(1...6, "一辆轮椅")
        try await Self.expectFresh(service, "counted again with each text")
        let before = try await weighed()
        #expect(before["wishWords"] != nil && before["wordTable"] == nil)

        let (reference, now) = (service.room.reference, RouteService.now)
        func count(leastRecords: Int, at moment: Moment) async throws -> Bool {
            let count = WordCount(
                areas: reference.areas, categories: reference.categories, leastRecords: leastRecords)
            guard let look = try await service.store.read({ try count.look(in: $0, at: moment) }) else { return false }
            return try await service.store.write { try count.keep(look, in: $0) }
        }
        #expect(try await !count(leastRecords: 12, at: now), "eleven records are too few for a table")
        #expect(try await count(leastRecords: 11, at: now))
        try await Self.expectFresh(service, "by a table")
        let first = try await weighed()
        #expect(first["wordTable"] == 1 && first != before)
        try await admit(7...8, "一辆轮椅")
        try await Self.expectFresh(service, "texts that the table does not know")
        #expect(try await weighed() == first, "the table says how rare words are until the next count")
        #expect(try await !count(leastRecords: 11, at: now.adding(milliseconds: WordCount.greatestAge - 1)))
        try await admit(9...9, "一辆轮椅")
        #expect(try await count(leastRecords: 11, at: now), "a quarter more")
        #expect(try await weighed()["wordTable"] == 2)
        #expect(try await count(leastRecords: 11, at: now.adding(milliseconds: WordCount.greatestAge)))
        try await Self.expectFresh(service, "by the third table")
        #expect(service.reports == [])
    }

    // MARK: Both sides of a comparison

    private static func expectFresh(_ service: RouteService, _ comment: Comment) async throws {
        let (served, fresh) = (
            service.room.matching, RegistrySnapshots(reference: service.room.reference, scorers: ScorerCatalog.all)
        )
        try await service.store.read { store in
            guard let own = try served.view(by: "default", at: RouteService.now, in: store)?.ranker,
                let other = try fresh.view(by: "default", at: RouteService.now, in: store)?.ranker
            else { throw Missing() }
            #expect(own.view.offerLineCount == other.view.offerLineCount, comment)
            #expect(own.view.wishLineCount == other.view.wishLineCount, comment)
            other.view.forEachWishLine { line in
                guard let twin = own.view.wish(line.key.id).first(where: { $0.lineNumber == line.lineNumber }) else {
                    Issue.record("a wish is missing, \(comment)")
                    return
                }
                let (left, right) = (
                    own.offers(for: twin, limit: 50, countingVetoes: true),
                    other.offers(for: line, limit: 50, countingVetoes: true)
                )
                #expect(left.candidates.map(Place.init) == right.candidates.map(Place.init), comment)
                #expect(left.vetoes == right.vetoes && left.eligible == right.eligible, comment)
            }
            other.view.forEachOfferLine { line in
                guard let twin = own.view.offer(line.key.id).first(where: { $0.lineNumber == line.lineNumber }) else {
                    Issue.record("an offer is missing, \(comment)")
                    return
                }
                #expect(
                    own.wishes(for: twin, limit: 50).candidates.map(Place.init)
                        == other.wishes(for: line, limit: 50).candidates.map(Place.init), comment)
            }
        }
    }

    private struct Missing: Error {}

    private static let visit = Reason("visit")

    private struct Place: Equatable {
        let id: RecordID
        let line: Int
        let total: Int32

        init<Row>(_ candidate: ViewRanking<Row>.Candidate) {
            (id, line, total) = (candidate.row.key.id, candidate.row.lineNumber, candidate.total)
        }
    }

    private static func offer(
        _ id: RecordID, of party: RecordID = RouteService.parties[0], available: Int64 = 10
    ) -> Offer {
        Offer(
            key: RecordKey(source: "t", externalID: "O\(id)", id: id), party: party, place: town, text: "电风扇",
            lines: [OfferLine(category: "fan", available: available)])
    }

    private static func wish(_ id: RecordID, quantity: Int64) -> Wish {
        Wish(
            key: RecordKey(source: "t", externalID: "W\(id)", id: id), hardship: 2, place: town, groups: ["elders"],
            text: "一台电风扇", lines: [WishLine(category: "fan", quantity: quantity)])
    }

    private static let town = MatchCore.Place(area: "c1")

    private static func found(_ service: RouteService) async throws -> Set<RecordID> {
        let answer = try await service.send(.get, address)
        #expect(answer.status == 200)
        return Set(candidates(answer).compactMap { RecordID($0.id) })
    }

    private static func candidates(_ answer: RouteService.Answer) -> [(id: String, total: JSONValue?)] {
        guard case .list(let candidates)? = answer.items.first?["candidates"] else { return [] }
        return candidates.compactMap { candidate in
            guard case .text(let id)? = candidate["record"]?["id"] else { return nil }
            return (id, candidate["total"])
        }
    }
}

/// Which offers everybody knows to stand, or to be gone.
private final class Offers: Sendable {
    private let ids: Mutex<Set<RecordID>>

    init(_ ids: [RecordID]) { self.ids = Mutex(Set(ids)) }

    var all: Set<RecordID> { ids.withLock { $0 } }
    func insert(_ id: RecordID) { ids.withLock { _ = $0.insert(id) } }
    func remove(_ id: RecordID) { ids.withLock { _ = $0.remove(id) } }
}

/// A change in a transaction of its own.
struct ServiceChange {
    let store: any CaseTransaction
    let desk: CaseDesk
    let registrar: Registrar

    init(_ store: any CaseTransaction, in room: OperationRoom) throws {
        self.store = store
        desk = try room.context(in: store, for: Viewer(actor: .system)).desk()
        registrar = Registrar(
            transaction: store,
            admission: Admission(areas: room.reference.areas, categories: room.reference.categories), desk: desk)
    }

    func admit(_ offer: Offer) throws { _ = try registrar.admit(offer) }
    func admit(_ wish: Wish) throws { _ = try registrar.admit(wish) }
}

extension RouteService {
    func write<Result: Sendable>(
        _ change: @escaping @Sendable (ServiceChange) throws -> Result
    ) async throws -> Result {
        let room = room
        return try await store.write { try change(ServiceChange($0, in: room)) }
    }

    func blockingWrite<Result>(_ change: (ServiceChange) throws -> Result) throws -> Result {
        try store.blockingWrite { try change(ServiceChange($0, in: room)) }
    }

    /// - Parameter first: called in the transaction that ranks, before it does.
    fileprivate func expectRankable(
        _ found: [RecordID], not absent: [RecordID], first: (any CaseTransaction) throws -> Void = { _ in }
    ) throws {
        try store.blockingRead { store in
            try first(store)
            let view = try #require(try room.matching.view(by: "default", at: RouteService.now, in: store)).ranker.view
            for id in found { #expect(!view.offer(id).isEmpty) }
            for id in absent { #expect(view.offer(id).isEmpty) }
        }
    }
}
