internal import Dispatch
internal import Foundation
public import MatchCore

/// Measures rankings over one registry.
public struct RankMeasurement: Sendable {
    public let ranker: Ranker
    public let top: Int

    public init(ranker: Ranker, top: Int) {
        self.ranker = ranker
        self.top = top
    }

    /// What one pass over some wishes took.
    public struct Figures: Sendable {
        /// Milliseconds of wall time of one ranking.
        public var median = 0.0
        public var p95 = 0.0
        /// Milliseconds of processor time of one ranking: on average, the median and the 95th percentile. On a machine
        /// that others use too these are the steadier ones.
        public var cpu = 0.0
        public var cpuMedian = 0.0
        public var cpuP95 = 0.0
        /// Rows scored: the median over the rankings.
        public var rows = 0
        public var rankings: [Ranking] = []
    }

    /// Ranks the offers for each wish row, one after another, after `warmUp` rankings that are not counted.
    public func oneByOne(_ rows: [Int], warmUp: Int = 3) -> Figures {
        let wishes = ranker.context.registry.wishes
        for row in rows.prefix(warmUp) { _ = ranker.offers(for: wishes[row], limit: top) }
        var figures = Figures()
        var times: [Double] = []
        var cpuTimes: [Double] = []
        let cpu = ProcessorTime.now
        for row in rows {
            let cpu = ProcessorTime.ofThread
            let start = ContinuousClock.now
            let ranking = ranker.offers(for: wishes[row], limit: top)
            times.append(RankMeasurement.milliseconds(ContinuousClock.now - start))
            cpuTimes.append((ProcessorTime.ofThread - cpu) * 1e3)
            figures.rankings.append(ranking)
        }
        figures.cpu = (ProcessorTime.now - cpu) * 1e3 / Double(max(1, rows.count))
        times.sort()
        if !times.isEmpty {
            cpuTimes.sort()
            figures.cpuMedian = cpuTimes[times.count / 2]
            figures.cpuP95 = cpuTimes[times.count * 95 / 100]
            figures.median = times[times.count / 2]
            figures.p95 = times[times.count * 95 / 100]
            figures.rows = figures.rankings.map(\.scored).sorted()[times.count / 2]
        }
        return figures
    }

    /// Wall and processor seconds of ranking every wish of the registry on so many threads.
    public func all(threads: Int) -> (wall: Double, cpu: Double, candidates: Int) {
        let ranker = ranker
        let top = top
        let wishes = ranker.context.registry.wishes
        let cpu = ProcessorTime.now
        let start = ContinuousClock.now
        var counts = Array(repeating: 0, count: max(1, threads))
        counts.withUnsafeMutableBufferPointer { buffer in
            // Safe: each thread writes only the element with its own number, and all have ended before it is read.
            nonisolated(unsafe) let slots = buffer
            DispatchQueue.concurrentPerform(iterations: max(1, threads)) { thread in
                // Neighbours in the clustered order look at the same blocks, so each thread takes whole runs.
                let batch = OfferBatch(ranker, limit: top)
                for start in stride(from: thread * 256, to: wishes.count, by: max(1, threads) * 256) {
                    for row in start..<min(wishes.count, start + 256) {
                        slots[thread] += batch.offers(for: wishes[row]).candidates.count
                    }
                }
            }
        }
        return (
            RankMeasurement.milliseconds(ContinuousClock.now - start) / 1e3, ProcessorTime.now - cpu,
            counts.reduce(0, +)
        )
    }

    static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
    }
}

/// Seconds of processor time that this process has used.
public enum ProcessorTime {
    public static var now: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// Of this thread alone.
    public static var ofThread: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
