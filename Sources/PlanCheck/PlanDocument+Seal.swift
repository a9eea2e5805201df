extension PlanDocument {
    /// SHA-256 over every other member: whatever is taken out, added or altered after the plan was written shows.
    ///
    /// `Docs/allocation.md` says in which order the members are hashed, and how.
    public var contentSeal: String {
        var writer = SealWriter()
        writer.add(format)
        writer.add(registry)
        if let making {
            writer.add(1)
            writer.add(making)
        } else {
            writer.add(0)
        }
        writer.add(cut ? 1 : 0)
        writer.add(goals)
        for text in [seed, commitment] { writer.add(text) }
        for names in [lineNames, offerNames] {
            writer.add(names == nil ? 0 : 1)
            writer.add(names ?? [])
        }
        for rows in [lines, offers] { writer.add(rows) }
        for numbers in [partyCaps, guarantees] { writer.add(numbers) }
        writer.add(pairs)
        writer.add(Int64(stages.count))
        for stage in stages {
            writer.add(stage.kind)
            writer.add(stage.of == nil ? 0 : 1)
            writer.add(stage.of ?? [])
            writer.add(stage.bound)
            writer.add(stage.settles ? 1 : 0)
            for prices in [stage.lines, stage.offers, stage.parties, stage.areas] { writer.add(prices) }
        }
        writer.add(Int64(outcomes.count))
        for outcome in outcomes {
            writer.add(outcome.goal)
            for number in [outcome.value, outcome.bound, outcome.proved ? 1 : 0] { writer.add(number) }
        }
        return writer.finish()
    }

    /// Seals the plan as it stands.
    public mutating func close() { seal = contentSeal }
}

/// Hashes numbers and texts so that no two different documents give the same bytes: every list and text is led by its
/// length.
private struct SealWriter {
    private var hash = SHA256()
    private var pending: [UInt8] = []
    private static let room = 1 << 16

    mutating func add(_ number: Int64) {
        for shift in stride(from: Int64(0), to: 64, by: 8) {
            pending.append(UInt8(truncatingIfNeeded: number >> shift))
        }
        guard pending.count >= Self.room else { return }
        hash.update(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// A text that is missing has the length −1.
    mutating func add(_ text: String?) {
        guard let text else { return add(-1) }
        add(Int64(text.utf8.count))
        pending += text.utf8
    }

    mutating func add(_ texts: [String]) {
        add(Int64(texts.count))
        for text in texts { add(text) }
    }

    mutating func add(_ numbers: [Int64]) {
        add(Int64(numbers.count))
        for number in numbers { add(number) }
    }

    mutating func add(_ rows: [[Int64]]) {
        add(Int64(rows.count))
        for row in rows { add(row) }
    }

    mutating func add(_ making: PlanDocument.Making) {
        add(making.asOf)
        add(making.profile)
        add(making.goals)
        add(Int64(making.candidates))
        add(Int64(making.partyCaps.count))
        for (unit, cap) in making.partyCaps.sorted(by: { Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8) }) {
            add(unit)
            add(cap)
        }
        for number in [making.capDays, making.areaShare, making.reserve] { add(Int64(number)) }
        add(making.split)
    }

    mutating func finish() -> String {
        hash.update(pending)
        pending = []
        return SHA256.hexadecimal(hash.finish())
    }
}
