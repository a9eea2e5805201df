import MatchCore

/// One test, made ready to go down a column.
enum ColumnTest {
    /// Bit n of `allowed`: the raw value n meets the test.
    case choice(Column<UInt8>, allowed: UInt8)
    /// For each number of a tree, that for −1 first, whether it meets the test; and how many before it do.
    case code(Column<Int32>, meets: Column<Bool>, before: Column<Int32>)
    /// The wanted words, one number per plane.
    case words([Column<UInt32>], wanted: [UInt32], isContrary: Bool)
    case bit(Column<UInt8>, bit: UInt8, isSet: Bool)
    case truth(Column<Bool>, isTrue: Bool)
    case small(Column<Int8>, ClosedRange<Int64>, isContrary: Bool)
    case number(Column<Int32>, ClosedRange<Int64>, isContrary: Bool)
    case large(Column<Int64>, ClosedRange<Int64>, isContrary: Bool)
    case days(Column<Int64>, ClosedRange<Int64>, isContrary: Bool, now: Timestamp)
    case verified(party: Column<Int32>, Column<Int8>, expected: Int8)

    /// Sets a bit in the marks of the rows that meet the test.
    func mark(_ rows: Range<Int>, _ marks: UnsafeMutablePointer<UInt64>, bit: UInt64) {
        let (first, count) = (rows.lowerBound, rows.count)
        @inline(__always)
        func each(_ holds: (Int) -> Bool) {
            for row in 0..<count { marks[row] |= (holds(row) ? 1 : 0) << bit }
        }
        switch self {
        case .choice(let column, let allowed):
            let values = column.base + first
            each { allowed >> values[$0] & 1 == 1 }
        case .code(let column, let meets, _):
            let (values, known) = (column.base + first, meets.base + 1)
            each { known[Int(values[$0])] }
        case .words(let planes, let wanted, let isContrary):
            for row in 0..<count {
                var (stated, found) = (UInt32(0), UInt32(0))
                for plane in 0..<planes.count {
                    let bits = planes[plane].base[first + row]
                    stated |= bits
                    found |= bits & wanted[plane]
                }
                marks[row] |= (stated != 0 && (found != 0) != isContrary ? 1 : 0) << bit
            }
        case .bit(let column, let wanted, let isSet):
            let values = column.base + first
            each { (values[$0] & wanted != 0) == isSet }
        case .truth(let column, let isTrue):
            let values = column.base + first
            each { values[$0] == isTrue }
        case .small(let column, let range, let isContrary):
            let values = column.base + first
            each { values[$0] >= 0 && range.contains(Int64(values[$0])) != isContrary }
        case .number(let column, let range, let isContrary):
            let values = column.base + first
            each { values[$0] >= 0 && range.contains(Int64(values[$0])) != isContrary }
        case .large(let column, let range, let isContrary):
            let values = column.base + first
            each { values[$0] >= 0 && range.contains(values[$0]) != isContrary }
        case .days(let column, let range, let isContrary, let now):
            let values = column.base + first
            each { values[$0] != .min && range.contains(RuleFeature.days(from: values[$0], to: now)) != isContrary }
        case .verified(let party, let column, let expected):
            let (parties, values) = (party.base + first, column.base)
            each { parties[$0] >= 0 && values[Int(parties[$0])] == expected }
        }
    }

    /// Whether a number from `least` to `greatest` meets the test; for codes only.
    func mayMeet(_ least: Int32, _ greatest: Int32) -> Bool {
        guard case .code(_, _, let before) = self else { return true }
        return before[Int(greatest) + 2] > before[Int(least) + 1]
    }
}

/// Makes the tests of a table ready for a registry.
struct ColumnTests {
    private let context: ScoringContext

    init(in context: ScoringContext) {
        self.context = context
    }

    func test(_ test: RuleTest) -> ColumnTest {
        let registry = context.registry
        let (wishes, offers, vocabularies) = (registry.wishes, registry.offers, registry.vocabularies)
        switch test.feature {
        case .wishLane: return choice(test, wishes.lane, Lane.allCases.map { ($0.code, $0.rawValue) })
        case .wishUrgency: return choice(test, wishes.urgency, UrgencyGrade.allCases.map { ($0.code, $0.rawValue) })
        case .wishUnit: return choice(test, wishes.unit, Unit.allCases.map { ($0.code, $0.rawValue) })
        case .offerUnit: return choice(test, offers.unit, Unit.allCases.map { ($0.code, $0.rawValue) })
        case .offerKind: return choice(test, offers.kind, OfferKind.allCases.map { ($0.code, $0.rawValue) })
        case .wishCategory: return code(test, wishes.category, registry.categories.tree)
        case .offerCategory: return code(test, offers.category, registry.categories.tree)
        case .wishArea: return code(test, wishes.places.area, registry.areas.tree)
        case .offerArea: return code(test, offers.places.area, registry.areas.tree)
        case .wishGroups: return words(test, wishes.groups, vocabularies.groups)
        case .wishLanguages: return words(test, wishes.languages, vocabularies.languages)
        case .wishSkills: return words(test, wishes.skills, vocabularies.skills)
        case .offerLanguages: return words(test, offers.languages, vocabularies.languages)
        case .offerSkills: return words(test, offers.skills, vocabularies.skills)
        case .offerQualifications: return words(test, offers.qualifications, vocabularies.skills)
        case .wishHardship: return .small(wishes.hardship, range(test), isContrary: test.isContrary)
        case .wishQuantity: return .large(wishes.wanted, range(test), isContrary: test.isContrary)
        case .wishPrice: return .large(wishes.price, range(test), isContrary: test.isContrary)
        case .wishDaysWaited:
            return .days(wishes.submitted, range(test), isContrary: test.isContrary, now: context.now)
        case .offerQuantity: return .large(offers.available, range(test), isContrary: test.isContrary)
        case .partyTrust: return .number(offers.statedTrust, range(test), isContrary: test.isContrary)
        case .partyFatigue: return .number(offers.fatigue, range(test), isContrary: test.isContrary)
        case .wishWhole: return .truth(wishes.isWhole, isTrue: flag(test))
        case .offerDelivers: return .bit(offers.delivery, bit: 1, isSet: flag(test))
        case .offerRemote: return .bit(offers.delivery, bit: 2, isSet: flag(test))
        case .partyVerified:
            return .verified(party: offers.party, registry.parties.isVerified, expected: flag(test) ? 1 : 0)
        }
    }

    private func wanted(_ test: RuleTest) -> [String] {
        if case .anyOf(let words) = test.wanted { return words }
        return []
    }

    private func range(_ test: RuleTest) -> ClosedRange<Int64> {
        if case .within(let range) = test.wanted { return range }
        return Int64.min...Int64.max
    }

    private func flag(_ test: RuleTest) -> Bool {
        if case .equal(let flag) = test.wanted { return flag != test.isContrary }
        return false
    }

    private func choice(_ test: RuleTest, _ column: Column<UInt8>, _ codes: [(String, UInt8)]) -> ColumnTest {
        let words = wanted(test)
        let allowed = codes.reduce(UInt8(0)) { bits, code in
            words.contains(code.0) != test.isContrary ? bits | 1 << code.1 : bits
        }
        return .choice(column, allowed: allowed)
    }

    private func code(_ test: RuleTest, _ column: Column<Int32>, _ tree: CodeTree) -> ColumnTest {
        let nodes = wanted(test).compactMap { tree.index(of: $0) }
        let meets =
            [false]
            + (0..<Int32(tree.count)).map { node in
                nodes.contains { tree.isNode(node, within: $0) } != test.isContrary
            }
        var before: [Int32] = [0]
        for holds in meets { before.append(before[before.count - 1] + (holds ? 1 : 0)) }
        return .code(column, meets: Column(meets), before: Column(before))
    }

    private func words(_ test: RuleTest, _ set: SetColumns, _ vocabulary: Vocabulary) -> ColumnTest {
        var bits = [UInt32](repeating: 0, count: set.planes.count)
        for word in wanted(test) {
            guard let number = vocabulary.number(of: word) else { continue }
            bits[Int(number) / 32] |= 1 << UInt32(number % 32)
        }
        return .words(set.planes, wanted: bits, isContrary: test.isContrary)
    }
}
