/// Looks for requests that may be one.
///
/// Only requests that share an identity, a phone, an address or a name, ask for the same category and lie within the
/// window are compared: without one of these no pair reaches a sensible threshold, and a town's year stays far from
/// comparing all with all. In a block, each is compared with the `reach` nearest in time before it; those further
/// back come into the cluster through the ones between.
public struct DuplicateSearch: Sendable {
    public let rules: DuplicateRules
    /// How many earlier requests of its block each is compared with.
    static let reach = 32

    public init(rules: DuplicateRules) {
        self.rules = rules
    }

    /// Finds all pairs at or above the threshold, strongest first. The order of `requests` never matters.
    public func pairs(in requests: [IntakeTraits]) -> [DuplicatePair] {
        let sorted = requests.sorted { ($0.receivedAt, $0.record) < ($1.receivedAt, $1.record) }
        let shared = sharedPhones(sorted)
        var blocks: [Block: [Int]] = [:]
        for (index, traits) in sorted.enumerated() {
            for block in Block.all(of: traits) { blocks[block, default: []].append(index) }
        }
        var found: [RecordPair: DuplicatePair] = [:]
        let window = Int64(rules.windowDays) * Moment.day
        for members in blocks.values {
            for (place, later) in members.enumerated() {
                for earlier in members[max(0, place - Self.reach)..<place] {
                    let (one, other) = (sorted[earlier], sorted[later])
                    let pair = RecordPair(one.record, other.record)
                    guard one.record != other.record, found[pair] == nil,
                        other.receivedAt.milliseconds(since: one.receivedAt) <= window
                    else { continue }
                    found[pair] = compare(one, other, shared: shared)
                }
            }
        }
        return found.values.filter { $0.points >= rules.threshold }
            .sorted { ($1.points, $0.pair) < ($0.points, $1.pair) }
    }

    /// Compares two requests, whatever the sum.
    ///
    /// - Parameter shared: the phones that several people gave.
    public func compare(_ one: IntakeTraits, _ other: IntakeTraits, shared: Set<BlindKey> = []) -> DuplicatePair {
        var evidence: [DuplicateEvidence] = []
        func note(_ sign: DuplicateEvidence.Sign, category: Code? = nil, days: Int? = nil) {
            guard let points = rules.points[sign], points != 0 else { return }
            evidence.append(DuplicateEvidence(sign: sign, points: points, category: category, days: days))
        }
        func compare<Value: Equatable>(
            _ left: Value?, _ right: Value?, same: DuplicateEvidence.Sign, different: DuplicateEvidence.Sign? = nil
        ) {
            guard let left, let right else { return }
            if left == right { note(same) } else if let different { note(different) }
        }
        compare(one.identity, other.identity, same: .sameIdentity, different: .differentIdentity)
        if let phone = one.phone, phone == other.phone { note(shared.contains(phone) ? .sharedPhone : .samePhone) }
        compare(one.name, other.name, same: .sameName, different: .differentName)
        compare(one.address, other.address, same: .sameAddress)
        compare(one.street, other.street, same: .sameStreet)
        compare(one.birthYear, other.birthYear, same: .sameBirthYear, different: .differentBirthYear)
        if let category = one.categories.intersection(other.categories).min() {
            note(.sameCategory, category: category)
        }
        let apart = other.receivedAt.milliseconds(since: one.receivedAt).magnitude / UInt64(Moment.day)
        if apart <= UInt64(rules.windowDays) { note(.nearInTime, days: Int(apart)) }
        return DuplicatePair(
            pair: RecordPair(one.record, other.record), evidence: evidence,
            points: evidence.reduce(0) { $0 + $1.points })
    }

    private func sharedPhones(_ requests: [IntakeTraits]) -> Set<BlindKey> {
        var people: [BlindKey: Set<BlindKey>] = [:]
        for traits in requests {
            guard let phone = traits.phone, let person = traits.name ?? traits.identity else { continue }
            people[phone, default: []].insert(person)
        }
        return Set(people.filter { $0.value.count >= rules.sharedPhoneFrom }.keys)
    }

    private struct Block: Hashable {
        enum Field { case identity, phone, name, address }

        let field: Field
        let key: BlindKey
        let category: Code

        static func all(of traits: IntakeTraits) -> [Block] {
            let keys: [(Field, BlindKey?)] = [
                (.identity, traits.identity), (.phone, traits.phone), (.name, traits.name),
                (.address, traits.address),
            ]
            return keys.flatMap { field, key in
                guard let key else { return [Block]() }
                return traits.categories.map { Block(field: field, key: key, category: $0) }
            }
        }
    }
}
