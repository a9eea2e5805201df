import MatchCore

/// One wish and some offers, scored by one scorer: what a ranking test needs and nothing else.
struct Pairing {
    let context: ScoringContext

    init(
        _ wish: Wish, _ offers: [Offer], parties: [Party] = [], distances: [DistanceTable.Row] = [],
        areas: AreaTree = .empty, categories: CategoryTree = .empty,
        now: Timestamp = Timestamp(milliseconds: 1_795_336_200_000)
    ) {
        var builder = RegistryBuilder(areas: areas, categories: categories)
        for party in parties { builder.add(party) }
        for offer in offers { builder.add(offer) }
        builder.add(wish)
        for distance in distances { builder.add(distance) }
        context = ScoringContext(registry: builder.build(), now: now)
    }

    /// The scores of the offers' first lines in the order in which the offers were given, as ranking sees them.
    func scores(_ type: any Scorer.Type, _ parameters: [String: ParameterValue] = [:]) throws -> [Score] {
        let scorer = type.init(parameters: try ParameterValues(parameters, for: type.descriptor))
        let offers = context.registry.offers
        var column = Array(repeating: Int32.min, count: offers.count)
        column.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            scorer.offers(for: context.registry.wishes[0], in: context)
                .fill(
                    OfferBlock(columns: offers, rows: 0..<offers.count), ScoreColumn(base: base, count: buffer.count))
        }
        let rows = (0..<offers.count).filter { offers[$0].lineNumber == 1 }.sorted {
            offers.record[$0] < offers.record[$1]
        }
        return rows.map { Score(raw: column[$0]) }
    }

    /// The values alone; anything else fails the test that asks.
    func values(_ type: any Scorer.Type, _ parameters: [String: ParameterValue] = [:]) throws -> [Int32] {
        try scores(type, parameters).map { score in
            guard case .value(let value) = score else { throw NoValue(score: score) }
            return value
        }
    }

    struct NoValue: Error {
        var score: Score
    }
}

extension Wish {
    /// A wish of one line about which only what is given is known.
    static func sample(
        category: String? = nil, quantity: Int64? = nil, unit: Unit = .piece, price: Int64? = nil,
        place: Place = Place(), languages: [String] = [], window: DayWindow? = nil, hours: WeeklyHours? = nil,
        skills: [String] = [], required: [String] = []
    ) -> Wish {
        Wish(
            key: RecordKey(source: "test", externalID: "W", id: wishID), place: place, languages: languages,
            window: window, hours: hours, skills: skills, requiredQualifications: required,
            lines: [WishLine(category: category, quantity: quantity, unit: unit, estimatedPriceFen: price)])
    }

    static let wishID = RecordID(high: 3, low: 1)
}

extension Offer {
    /// An offer of one line about which only what is given is known.
    static func sample(
        _ number: UInt64 = 1, kind: OfferKind = .service, category: String? = nil, available: Int64? = nil,
        unit: Unit = .piece, place: Place = Place(), delivers: Bool = false, isRemote: Bool = false,
        window: DayWindow? = nil, hours: WeeklyHours? = nil, skills: [String] = [], qualifications: [String] = [],
        languages: [String] = []
    ) -> Offer {
        Offer(
            key: RecordKey(source: "test", externalID: "O\(number)", id: offerID(number)),
            party: RecordID(high: 1, low: 1), kind: kind, place: place, delivers: delivers, isRemote: isRemote,
            window: window, hours: hours, skills: skills, qualifications: qualifications, languages: languages,
            lines: [OfferLine(category: category, available: available, unit: unit)])
    }

    static func offerID(_ number: UInt64) -> RecordID { RecordID(high: 2, low: number) }
}

extension Place {
    static func at(_ latitude: Double, _ longitude: Double) -> Place {
        Place(point: GeoPoint(latitude: latitude, longitude: longitude))
    }
}
