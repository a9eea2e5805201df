/// Runs of successive coarse blocks, the one that may hold the best first, by what the heaviest scorer alone says.
///
/// Asking every scorer about every coarse block took a quarter of a ranking over a million offers, although rows lie
/// clustered and most runs are out of reach by one scorer's word. The others are asked only about runs that the search
/// comes to.
struct RoughBounds {
    /// Blocks in a run: so few that a run seldom spans two categories, so many that there are few runs to sort.
    static let runBlocks = 16

    private let blockCount: Int
    private var heap: BlockHeap

    init(_ source: RankSource) {
        blockCount = source.coarse.count
        heap = BlockHeap(capacity: (blockCount + Self.runBlocks - 1) / Self.runBlocks)
        let (count, step) = (blockCount, source.heaviestBounded(of: Array(source.steps.indices)) ?? 0)
        var rest = 0.0
        for number in source.steps.indices where number != step { rest += Double(source.steps[number].weight) }
        let (own, neutral) = (Double(source.steps[step].weight), source.steps[step].neutral)
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { said in
            guard let base = said.baseAddress else { return }
            base.initialize(repeating: ScoreBound.anything.raw, count: count)
            _ = source.bounds(step, true, 0..<count, BoundColumn(base: base, count: count))
            for start in stride(from: 0, to: count, by: Self.runBlocks) {
                var greatest: Int32 = -1
                for block in start..<min(count, start &+ Self.runBlocks) {
                    let bound = base[block]
                    if bound & ScoreBound.vetoedBit != 0 { continue }
                    var value = bound & ScoreBound.valueBits
                    if bound & ScoreBound.notKnownBit != 0 { value = max(value, neutral) }
                    // Without this one the others may all be best.
                    if bound & ScoreBound.notApplicableBit != 0 { value = Score.best }
                    greatest = max(greatest, value)
                }
                guard greatest >= 0 else { continue }
                // Whichever of the others apply, and whatever they say: an average with more that is best is no smaller.
                let sum = own * Double(greatest) + rest * Double(Score.best)
                heap.push(
                    bound: BlockBounds.quotient(sum, own + rest), isCoarse: true, item: start / Self.runBlocks)
            }
        }
    }

    /// The bound of the next run; nil where none is left.
    var first: Int32? { heap.first?.bound }

    /// The blocks of the next run.
    mutating func pop() -> Range<Int> {
        guard let run = heap.pop() else { return 0..<0 }
        let start = run.item * Self.runBlocks
        return start..<min(blockCount, start + Self.runBlocks)
    }
}
