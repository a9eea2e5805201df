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

    private static let veto = Int64.min

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

    /// Scores rows by the tests that each one meets.
    func fill(_ rows: Range<Int>, _ tests: [(bit: UInt64, test: ColumnTest)], _ column: ScoreColumn) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: column.count) { buffer in
            // A block has a row at least, so the buffer has an address.
            guard let marks = buffer.baseAddress else { return }
            marks.initialize(repeating: 0, count: column.count)
            for (bit, test) in tests { test.mark(rows, marks, bit: bit) }
            let (terms, starts, points, count) = (terms.base, starts.base, points.base, points.count)
            let veto = Score.veto(0).raw
            for row in 0..<column.count {
                let missing = ~marks[row]
                var (sum, isVetoed) = (certain, false)
                for rule in 0..<count {
                    var applies = false
                    for term in Int(starts[rule])..<Int(starts[rule + 1]) where terms[term] & missing == 0 {
                        applies = true
                    }
                    if applies {
                        if points[rule] == Self.veto { isVetoed = true } else { sum &+= points[rule] }
                    }
                }
                column.base[row] = isVetoed ? veto : RuleScorer.value(sum)
            }
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
