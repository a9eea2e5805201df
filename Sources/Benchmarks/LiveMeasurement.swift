internal import Dispatch
internal import Foundation
public import MatchCore
internal import Synchronization

/// Measures rankings while offers are registered beside them.
public struct LiveMeasurement: Sendable {
    public let registry: Registry
    public let plan: ScoringPlan
    public let top: Int

    public init(registry: Registry, plan: ScoringPlan, top: Int) {
        self.registry = registry
        self.plan = plan
        self.top = top
    }

    public struct Figures: Sendable {
        /// Milliseconds of processor time of one ranking, the median, without and with offers being registered.
        public var quiet = 0.0
        public var busy = 0.0
        /// Offers registered, and seconds that it took.
        public var registered = 0
        public var seconds = 0.0
        /// Milliseconds until an offer was rankable: the median, and the longest.
        public var medianApply = 0.0
        public var longestApply = 0.0
    }

    /// Ranks for so many seconds on one thread, first alone and then with so many offers a second from another.
    public func run(perSecond rate: Int, seconds: Double) throws -> Figures {
        let live = LiveRegistry(registry.keepingRarities()) { work in DispatchQueue.global().async(execute: work) }
        var figures = Figures()
        figures.quiet = median(live, for: seconds)
        let isDone = Atomic(false)
        let times = Mutex<[Double]>([])
        let (registrar, first) = (try RankRegistry(), registry.offers.keys.count)
        let start = ContinuousClock.now
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group) {
            var generator = RankGenerator(seed: 77)
            var number = 0
            while !isDone.load(ordering: .acquiring) {
                let due = start + .milliseconds(number * 1_000 / max(1, rate))
                let wait = RankMeasurement.milliseconds(due - ContinuousClock.now)
                if wait > 0 { Thread.sleep(forTimeInterval: wait / 1e3) }
                let offer = generator.offer(first + number)
                var changes = RegistryChanges()
                changes.parties = [registrar.party(of: offer)]
                changes.offers = [registrar.record(of: offer)]
                let begun = ContinuousClock.now
                live.apply(changes)
                let taken = RankMeasurement.milliseconds(ContinuousClock.now - begun)
                times.withLock { $0.append(taken) }
                number += 1
            }
        }
        figures.busy = median(live, for: seconds)
        isDone.store(true, ordering: .releasing)
        group.wait()
        figures.seconds = RankMeasurement.milliseconds(ContinuousClock.now - start) / 1e3
        let sorted = times.withLock { $0.sorted() }
        figures.registered = sorted.count
        figures.medianApply = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
        figures.longestApply = sorted.last ?? 0
        return figures
    }

    /// Each ranking takes the newest view, as a server would.
    private func median(_ live: LiveRegistry, for seconds: Double) -> Double {
        let start = ContinuousClock.now
        var times: [Double] = []
        var row = 0
        while RankMeasurement.milliseconds(ContinuousClock.now - start) < seconds * 1e3 {
            let cpu = ProcessorTime.ofThread
            let ranker = ViewRanker(
                plan: plan, view: live.current(), now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0)
            let id = registry.wishes.keys[row % registry.wishes.keys.count].id
            guard let wish = ranker.view.wish(id).first else { break }
            _ = ranker.offers(for: wish, limit: top)
            times.append((ProcessorTime.ofThread - cpu) * 1e3)
            row += 1
        }
        times.sort()
        return times.isEmpty ? 0 : times[times.count / 2]
    }
}
