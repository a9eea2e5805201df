import MatchCore

/// What is left of a table once one side is known: rules that apply anyway are added up, rules that cannot apply are
/// gone, and of the others only the tests of the other side remain.
struct PreparedRules {
    /// The points of the rules that apply whatever the other side says.
    private(set) var certain: Int64 = 0
    /// A veto applies whatever the other side says.
    private(set) var isVetoed = false
    /// The terms of the rules that are open, one after another.
    let terms: Column<UInt64>
    /// Where the terms of each open rule begin, and behind the last where they end.
    let starts: Column<Int32>
    /// The points of each open rule; ``veto`` for a veto.
    let points: Column<Int64>
    /// The tests that the open terms need.
    let needed: UInt64

    /// Below what all points of a table can take away, however many vetoes are added to it.
    private static let veto: Int64 = -(1 << 40)

    /// - Parameters:
    ///   - holding: the bits of the tests of the known side that hold.
    ///   - sides: of a term, the bits of the known side and of the other.
    init(_ table: RuleTable, holding: UInt64, _ sides: (RuleTable.Term) -> (known: UInt64, other: UInt64)) {
        var terms: [UInt64] = []
        var starts: [Int32] = [0]
        var points: [Int64] = []
        for rule in table.rules {
            let open = Set(rule.terms.map(sides).filter { $0.known & ~holding == 0 }.map { $0.other }).sorted()
            if open.isEmpty { continue }
            if open[0] == 0 {
                switch rule.effect {
                case .points(let own): certain += own
                case .veto: isVetoed = true
                }
                continue
            }
            terms += open
            starts.append(Int32(terms.count))
            if case .points(let own) = rule.effect { points.append(own) } else { points.append(Self.veto) }
        }
        needed = terms.reduce(0, |)
        self.terms = Column(terms)
        self.starts = Column(starts)
        self.points = Column(points)
    }

    /// The score of every candidate, where nothing depends on the other side.
    var constant: Score? {
        if isVetoed { return .veto(0) }
        return points.count == 0 ? .value(RuleScorer.value(certain)) : nil
    }

    /// Scores rows by the tests that each one meets, one rule after another: what a rule gives to many rows is added
    /// several at a time.
    func fill(_ rows: Range<Int>, _ tests: [(bit: UInt64, test: ColumnTest)], _ column: ScoreColumn) {
        let count = column.count
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { missing in
            withUnsafeTemporaryAllocation(of: Int64.self, capacity: count) { sums in
                // A block has a row at least, so the buffers have addresses.
                guard let missing = missing.baseAddress, let sums = sums.baseAddress else { return }
                missing.initialize(repeating: 0, count: count)
                sums.initialize(repeating: certain, count: count)
                for (bit, test) in tests { test.mark(rows, missing, bit: bit) }
                for row in 0..<count { missing[row] = ~missing[row] }
                for rule in 0..<points.count { add(rule, missing, sums, count) }
                let veto = Score.veto(0).raw
                for row in 0..<count {
                    column.base[row] = sums[row] < Self.veto / 2 ? veto : RuleScorer.value(sums[row])
                }
            }
        }
    }

    /// Adds what one rule gives to the rows of which no test of a term is missing.
    private func add(
        _ rule: Int, _ missing: UnsafePointer<UInt64>, _ sums: UnsafeMutablePointer<Int64>, _ count: Int
    ) {
        let own = points.base[rule]
        let (start, end) = (Int(starts.base[rule]), Int(starts.base[rule + 1]))
        if end - start == 1 {
            let term = terms.base[start]
            for row in 0..<count { sums[row] &+= term & missing[row] == 0 ? own : 0 }
            return
        }
        let terms = terms.base
        for row in 0..<count {
            var applies = false
            for term in start..<end { applies = applies || terms[term] & missing[row] == 0 }
            sums[row] &+= applies ? own : 0
        }
    }

    /// What no row exceeds, of which some may meet these tests.
    func bound(_ mayMeet: UInt64) -> ScoreBound {
        var sum = certain
        for rule in 0..<points.count where points[rule] > 0 {
            let mayApply = (Int(starts[rule])..<Int(starts[rule + 1])).contains { terms[$0] & ~mayMeet == 0 }
            if mayApply { sum &+= points[rule] }
        }
        return ScoreBound(greatest: RuleScorer.value(sum), mayBeNotKnown: false, mayBeNotApplicable: false)
    }
}
