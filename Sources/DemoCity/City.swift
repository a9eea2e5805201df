internal import MatchCore

/// A generated Dongguan: plainly fictitious parties, offers and wishes, each made from the seed and its number alone.
struct City {
    let options: CityOptions
    let material: CityMaterial
    /// The kinds of a hundred parties in a row, with the number of each among those of its kind.
    let deck: [(kind: PartyKind, ordinal: Int)]
    let deckCounts: [PartyKind: Int]
    /// Numbers of wish phrases; those out of season come up less often.
    let wishPhrases: [Lane: WeightedList<Int>]

    init(options: CityOptions, material: CityMaterial) {
        self.options = options
        self.material = material
        var kinds: [PartyKind] = []
        for (kind, count) in City.hundred { kinds += Array(repeating: kind, count: count) }
        var random = CityRandom(seed: options.seed, .deck)
        for last in stride(from: kinds.count - 1, to: 0, by: -1) { kinds.swapAt(last, random.below(last + 1)) }
        var counts: [PartyKind: Int] = [:]
        deck = kinds.map { kind in
            defer { counts[kind, default: 0] += 1 }
            return (kind, counts[kind, default: 0])
        }
        deckCounts = counts
        let month = options.today.parts.month
        let weighted = material.wishes.enumerated().map { number, phrase in
            let isInSeason = material.season(of: phrase.category)?.contains(month) ?? true
            return (lane: phrase.lane, number: number, weight: isInSeason ? 5 : 1)
        }
        wishPhrases = Dictionary(grouping: weighted, by: \.lane).mapValues { phrases in
            WeightedList(phrases.map { ($0.number, weight: $0.weight) })
        }
    }

    private static let hundred: [(PartyKind, Int)] = [
        (.donor, 38), (.enterprise, 24), (.volunteer, 19), (.socialOrganisation, 12), (.department, 4), (.fund, 3),
    ]

    /// A key such as O0042.
    func key(_ letter: String, _ number: Int) -> RecordKey {
        let digits = String(number + 1)
        return RecordKey(
            source: "demo",
            externalID: letter + String(repeating: "0", count: max(0, 4 - digits.count)) + digits,
            id: RecordID(high: 0, low: UInt64(number + 1)))
    }

    /// A moment between 8:00 and 20:00 in Dongguan, so many days ago.
    func moment(daysAgo: Int, _ random: inout CityRandom) -> Timestamp {
        let minutes = Int64(options.today.number) * 1440 - Int64(daysAgo) * 1440 + 8 * 60 + Int64(random.below(720))
        return Timestamp(milliseconds: (minutes - 8 * 60) * 60_000)
    }

    func day(_ offset: Int) -> Day { Day(number: options.today.number + Int32(offset)) }

    /// Somewhere in a town: in a village of it or in its middle. A few places are known by their area only.
    func home(in town: Town, _ random: inout CityRandom) -> Place {
        let village = town.villages.isEmpty || random.chance(40) ? nil : random.pick(town.villages)
        let radius = village == nil ? town.radius / 2 : 450
        let point = (village?.centre ?? town.centre).moved(
            north: random.scatter(radius), east: random.scatter(radius))
        return Place(point: random.chance(12) ? nil : point, area: village?.area ?? town.area)
    }

    /// A quantity as people state it: whole hundreds of yuan, half hours where it is long, and rather little than much.
    func quantity(_ range: ClosedRange<Int64>, _ unit: Unit, _ random: inout CityRandom) -> Int64 {
        let drawn = min(random.within(range), random.within(range))
        switch unit {
        case .piece: return drawn
        case .minute: return drawn < 120 ? max(range.lowerBound, drawn / 10 * 10) : drawn / 30 * 30
        case .fen: return max(range.lowerBound, drawn / 10_000 * 10_000)
        }
    }
}

extension CityMaterial {
    func season(of category: String) -> Season? { seasons[category] }

    func unit(of category: String) -> Unit { categories[category]?.unit ?? .piece }
}
