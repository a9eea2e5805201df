/// What holds for all rows of each block of the wishes; the mirror of ``OfferSummaries``.
public final class WishSummaries: Sendable {
    public let layout: BlockLayout
    public let places: PlaceBoxes
    /// −1 stands for no category.
    public let leastCategory: Column<Int32>
    public let greatestCategory: Column<Int32>
    /// −1 stands for an area that is not known.
    public let leastArea: Column<Int32>
    public let greatestArea: Column<Int32>
    /// Bit n: a wish of the lane, of the urgency, of the unit with raw value n is in the block.
    public let lanes: Column<UInt8>
    public let urgencies: Column<UInt8>
    public let units: Column<UInt8>
    /// −1 where no row has a grade.
    public let greatestHardship: Column<Int8>
    public let hasUngradedHardship: Column<Bool>
    /// Over the rows that have one; `Int64.max` where none has.
    public let earliestSubmitted: Column<Int64>
    public let hasUnknownSubmitted: Column<Bool>
    public let earliestDue: Column<Int64>
    public let hasNoDue: Column<Bool>
    /// Of the quantities that are stated; `Int64.max` where none is.
    public let leastWanted: Column<Int64>
    public let hasUnstatedQuantity: Column<Bool>
    public let hasUnnamedDays: Column<Bool>
    public let leastFirstDay: Column<Int32>
    public let greatestLastDay: Column<Int32>
    public let hasHours: Column<Bool>
    public let skills: [Column<UInt32>]
    /// Whether a row wants no skill, and whether one requires a qualification.
    public let hasNoSkills: Column<Bool>
    public let hasQualifications: Column<Bool>
    public let languages: [Column<UInt32>]
    public let hasNoLanguages: Column<Bool>
    public let texts: TextSummaries
    public let leastTieOrder: Column<Int32>

    init(_ columns: WishSummarySource, blockRows: Int) {
        let layout = BlockLayout(rowCount: columns.count, blockRows: blockRows)
        self.layout = layout
        places = PlaceBoxes(columns.places, layout)
        leastCategory = layout.least(columns.category)
        greatestCategory = layout.greatest(columns.category)
        leastArea = layout.least(columns.places.area)
        greatestArea = layout.greatest(columns.places.area)
        lanes = layout.kinds(columns.lane)
        urgencies = layout.kinds(columns.urgency)
        units = layout.kinds(columns.unit)
        greatestHardship = layout.map { rows in rows.reduce(-1) { max($0, columns.hardship[$1]) } }
        hasUngradedHardship = layout.any { columns.hardship[$0] < 0 }
        func earliest(_ column: Column<Int64>, _ missing: Int64) -> Column<Int64> {
            layout.map { rows in rows.reduce(.max) { column[$1] == missing ? $0 : min($0, column[$1]) } }
        }
        earliestSubmitted = earliest(columns.submitted, .min)
        hasUnknownSubmitted = layout.any { columns.submitted[$0] == .min }
        earliestDue = earliest(columns.due, .min)
        hasNoDue = layout.any { columns.due[$0] == .min }
        leastWanted = earliest(columns.wanted, -1)
        hasUnstatedQuantity = layout.any { columns.wanted[$0] < 0 }
        let isUnnamed = { (row: Int) in columns.firstDay[row] == .min && columns.lastDay[row] == .max }
        hasUnnamedDays = layout.any(isUnnamed)
        leastFirstDay = layout.map { rows in
            rows.reduce(Int32.max) { isUnnamed($1) ? $0 : min($0, columns.firstDay[$1]) }
        }
        greatestLastDay = layout.map { rows in
            rows.reduce(Int32.min) { isUnnamed($1) ? $0 : max($0, columns.lastDay[$1]) }
        }
        hasHours = layout.any { columns.hours[$0] >= 0 }
        skills = layout.union(columns.skills)
        hasNoSkills = layout.any { columns.skills.isEmpty($0) }
        hasQualifications = layout.any { !columns.qualifications.isEmpty($0) }
        languages = layout.union(columns.languages)
        hasNoLanguages = layout.any { columns.languages.isEmpty($0) }
        texts = TextSummaries(columns.texts, layout)
        leastTieOrder = layout.least(columns.tieOrder)
    }

    public var count: Int { layout.count }

    public func rows(of block: Int) -> Range<Int> { layout.rows(of: block) }
}

/// The columns that summaries are made of.
struct WishSummarySource {
    let count: Int
    let tieOrder: Column<Int32>
    let lane: Column<UInt8>
    let urgency: Column<UInt8>
    let hardship: Column<Int8>
    let submitted: Column<Int64>
    let due: Column<Int64>
    let category: Column<Int32>
    let unit: Column<UInt8>
    let wanted: Column<Int64>
    let places: PlaceColumns
    let firstDay: Column<Int32>
    let lastDay: Column<Int32>
    let hours: Column<Int32>
    let skills: SetColumns
    let qualifications: SetColumns
    let languages: SetColumns
    let texts: TextColumns
}
