import Casework
import Dispatch
import Exchange
import MatchCore
import Storage
import Synchronization

/// A snapshot of the registry made ready to match: trees, profile, ranker, and the names of its records.
struct MatchDesk {
    let registry: Registry
    let plan: ScoringPlan
    let ranker: Ranker

    init(session: Session, store: Store, profileName: String) throws {
        let directory = try session.dataDirectory()
        let areas = try directory.areas()
        let categories = try directory.categories()
        let (registry, profile) = try store.cases.blockingRead { transaction in
            let registry = try RegistrySnapshot.load(from: transaction, areas: areas, categories: categories)
            guard let profile = try transaction.profile(profileName) else {
                throw CommandError(.notFound, DataWords.noProfile.filled(["name": profileName]))
            }
            return (registry, profile)
        }
        self.registry = registry
        plan = try ScoringPlan(profile, scorers: session.scorers)
        ranker = Ranker(
            plan: plan,
            context: ScoringContext(
                registry: registry, now: session.now, utcOffsetSeconds: store.program.utcOffsetSeconds))
    }

    /// Rows of the lines of a wish that still want something.
    func wishRows(of id: RecordID) -> [Int] {
        (0..<registry.wishes.count).filter { registry.wishes[$0].key.id == id }
    }

    /// Rows of the lines of an offer.
    func offerRows(of id: RecordID) -> [Int] {
        (0..<registry.offers.count).filter { registry.offers[$0].key.id == id }
    }

    func offerRankings(forWishRows rows: [Int], limit: Int, threads: Int, progress: ProgressLine? = nil) -> [Ranking] {
        parallel(rows.count, threads: threads, progress: progress) { index in
            ranker.offers(for: registry.wishes[rows[index]], limit: limit, countingVetoes: true)
        }
    }

    func wishRankings(forOfferRows rows: [Int], limit: Int, threads: Int) -> [Ranking] {
        parallel(rows.count, threads: threads, progress: nil) { index in
            ranker.wishes(for: registry.offers[rows[index]], limit: limit, countingVetoes: true)
        }
    }

    /// The answers in the order of their numbers, whichever thread gave them.
    func parallel<Answer: Sendable>(
        _ count: Int, threads: Int, progress: ProgressLine?, _ answer: @Sendable (Int) -> Answer
    ) -> [Answer] {
        guard threads > 1, count > 1 else {
            return (0..<count).map { index in
                progress?.update(Int64(index))
                return answer(index)
            }
        }
        let next = Atomic<Int>(0)
        let answers = Mutex<[Answer?]>(Array(repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                let one = answer(index)
                answers.withLock { $0[index] = one }
            }
        }
        return answers.withLock { $0 }.compactMap { $0 }
    }
}
