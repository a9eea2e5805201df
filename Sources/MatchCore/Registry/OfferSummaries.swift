/// What holds for all rows of each block of the offers.
///
/// There are two sizes of blocks: a ranking first asks about the coarse ones, then about the fine ones in those that
/// may hold a winner.
public final class OfferSummaries: Sendable {
    /// Rows in a fine block where nothing else is asked for.
    public static let blockRows = 128

    public let layout: BlockLayout
    public let places: PlaceBoxes
    /// −1 stands for no category.
    public let leastCategory: Column<Int32>
    public let greatestCategory: Column<Int32>
    /// −1 stands for an area that is not known.
    public let leastArea: Column<Int32>
    public let greatestArea: Column<Int32>
    /// Bit n: an offer of the kind with raw value n is in the block.
    public let kinds: Column<UInt8>
    public let units: Column<UInt8>
    /// Of the quantities that are stated, saturated at `Int32.max`; −1 where none is.
    public let greatestAvailable: Column<Int32>
    /// Whether a quantity is not stated.
    public let hasUnstatedQuantity: Column<Bool>
    /// Bits: 1 some row is delivered or remote; 2 some is neither.
    public let delivery: Column<UInt8>
    /// Over the rows that name an end of their window.
    public let leastFirstDay: Column<Int32>
    public let greatestLastDay: Column<Int32>
    /// Whether a row names neither end.
    public let hasUnnamedDays: Column<Bool>
    /// Skills and qualifications.
    public let skills: [Column<UInt32>]
    public let qualifications: [Column<UInt32>]
    /// Whether a row names neither.
    public let hasUnstatedSkills: Column<Bool>
    public let languages: [Column<UInt32>]
    public let hasUnstatedLanguages: Column<Bool>
    public let trust: TrustSummaries
    /// Of the rows whose fatigue is known; `Int32.max` where none is.
    public let leastFatigue: Column<Int32>
    public let hasUnknownFatigue: Column<Bool>
    public let hasUnknownParty: Column<Bool>
    /// Whether a row serves only some areas or distances, and whether one serves any.
    public let hasRestricted: Column<Bool>
    public let hasUnrestricted: Column<Bool>
    public let texts: TextSummaries
    public let leastTieOrder: Column<Int32>

    init(_ columns: OfferSummarySource, blockRows: Int) {
        let layout = BlockLayout(rowCount: columns.count, blockRows: blockRows)
        self.layout = layout
        places = PlaceBoxes(columns.places, layout)
        leastCategory = layout.least(columns.category)
        greatestCategory = layout.greatest(columns.category)
        leastArea = layout.least(columns.places.area)
        greatestArea = layout.greatest(columns.places.area)
        kinds = layout.kinds(columns.kind)
        units = layout.kinds(columns.unit)
        greatestAvailable = layout.greatest(columns.availableClamped)
        hasUnstatedQuantity = layout.any { columns.availableClamped.base[$0] < 0 }
        delivery = layout.map { rows in
            var bits: UInt8 = 0
            for row in rows { bits |= columns.delivery.base[row] != 0 ? 1 : 2 }
            return bits
        }
        let isUnnamed = { (row: Int) in columns.firstDay.base[row] == .min && columns.lastDay.base[row] == .max }
        leastFirstDay = layout.map { rows in
            rows.reduce(Int32.max) { isUnnamed($1) ? $0 : min($0, columns.firstDay.base[$1]) }
        }
        greatestLastDay = layout.map { rows in
            rows.reduce(Int32.min) { isUnnamed($1) ? $0 : max($0, columns.lastDay.base[$1]) }
        }
        hasUnnamedDays = layout.any(isUnnamed)
        let union = layout.union(columns.skills)
        qualifications = layout.union(columns.qualifications)
        skills = zip(union, qualifications).map { skills, qualifications in
            Column((0..<layout.count).map { skills[$0] | qualifications[$0] })
        }
        hasUnstatedSkills = layout.any { columns.skills.isEmpty($0) && columns.qualifications.isEmpty($0) }
        languages = layout.union(columns.languages)
        hasUnstatedLanguages = layout.any { columns.languages.isEmpty($0) }
        trust = TrustSummaries(columns.party, columns.parties, layout)
        leastFatigue = layout.map { rows in
            rows.reduce(Int32.max) { columns.fatigue.base[$1] < 0 ? $0 : min($0, columns.fatigue.base[$1]) }
        }
        hasUnknownFatigue = layout.any { columns.fatigue.base[$0] < 0 }
        hasUnknownParty = layout.any { columns.party.base[$0] < 0 }
        let isRestricted = { (row: Int) in
            columns.serviceAreas.base[row] >= 0 || columns.serviceRadius.base[row] >= 0
        }
        hasRestricted = layout.any(isRestricted)
        hasUnrestricted = layout.any { !isRestricted($0) }
        texts = TextSummaries(columns.texts, layout)
        leastTieOrder = layout.least(columns.tieOrder)
    }

    public var count: Int { layout.count }

    public func rows(of block: Int) -> Range<Int> { layout.rows(of: block) }

    /// Bytes held, the sketches of texts aside.
    public var byteCount: Int {
        let sets = (skills + qualifications + languages).reduce(0) { $0 + $1.byteCount }
        // Boxes, categories, areas, amounts, days, trust, fatigue and order are numbers, the rest are bits.
        return sets + count * (6 * 4 + 4 * 4 + 3 * 4 + 4 * 4 + 8 + 2 * 4 + 4 + 13)
    }
}

/// The columns that summaries are made of.
struct OfferSummarySource {
    let count: Int
    let tieOrder: Column<Int32>
    let party: Column<Int32>
    let kind: Column<UInt8>
    let category: Column<Int32>
    let unit: Column<UInt8>
    let availableClamped: Column<Int32>
    let places: PlaceColumns
    let delivery: Column<UInt8>
    let firstDay: Column<Int32>
    let lastDay: Column<Int32>
    let skills: SetColumns
    let qualifications: SetColumns
    let languages: SetColumns
    let serviceAreas: Column<Int32>
    let serviceRadius: Column<Int32>
    let fatigue: Column<Int32>
    let texts: TextColumns
    let parties: PartyColumns
}
