/// Every open wish line of a snapshot as columns, one row a line; the mirror of ``OfferColumns``.
public final class WishColumns: Sendable {
    public let count: Int
    /// Number of the wish in `keys`.
    public let record: Column<Int32>
    public let lineNumber: Column<Int32>
    /// Position of the row in the order that breaks ties.
    public let tieOrder: Column<Int32>
    /// Raw value of ``Lane``.
    public let lane: Column<UInt8>
    /// Raw value of ``UrgencyGrade``.
    public let urgency: Column<UInt8>
    /// 0…4; −1 where nobody has graded it.
    public let hardship: Column<Int8>
    /// Milliseconds since 1970; `Int64.min` where not known.
    public let submitted: Column<Int64>
    public let due: Column<Int64>
    /// Number in the category tree; −1 where nobody has classified the line.
    public let category: Column<Int32>
    /// Raw value of ``Unit``.
    public let unit: Column<UInt8>
    /// What is still open; −1 where the request names no quantity.
    public let wanted: Column<Int64>
    /// Fen a piece; −1 where there is no estimate.
    public let price: Column<Int64>
    public let isWhole: Column<Bool>
    public let places: PlaceColumns
    /// First and last day; `Int32.min` and `Int32.max` where open.
    public let firstDay: Column<Int32>
    public let lastDay: Column<Int32>
    /// Number in the registry's weekly hours; −1 where none are stated.
    public let hours: Column<Int32>
    public let skills: SetColumns
    public let qualifications: SetColumns
    public let languages: SetColumns
    public let groups: SetColumns
    public let texts: TextColumns
    public let keys: RecordKeys
    public let summaries: WishSummaries
    /// The summaries of the coarse blocks, each of which holds several fine ones.
    public let coarseSummaries: WishSummaries
    let prefetch: BlockPrefetch

    init(_ builder: WishColumnsBuilder, vocabularies: Vocabularies, grams: GramTable, blocks: BlockSizes) {
        let order = builder.clusteredOrder(blocks)
        count = order.count
        record = Column(builder.record, order: order)
        lineNumber = Column(builder.lineNumber, order: order)
        keys = RecordKeys(builder.keys)
        tieOrder = Column(keys.tieOrder(records: builder.record, lines: builder.lineNumber), order: order)
        lane = Column(builder.lane, order: order)
        urgency = Column(builder.urgency, order: order)
        hardship = Column(builder.hardship, order: order)
        submitted = Column(builder.submitted, order: order)
        due = Column(builder.due, order: order)
        category = Column(builder.category, order: order)
        unit = Column(builder.unit, order: order)
        wanted = Column(builder.wanted, order: order)
        price = Column(builder.price, order: order)
        isWhole = Column(builder.isWhole, order: order)
        places = PlaceColumns(builder.places, order: order)
        firstDay = Column(builder.firstDay, order: order)
        lastDay = Column(builder.lastDay, order: order)
        hours = Column(builder.hours, order: order)
        skills = SetColumns(builder.skills, vocabularyCount: vocabularies.skills.count, order: order)
        qualifications = SetColumns(
            builder.qualifications, vocabularyCount: vocabularies.skills.count, order: order)
        languages = SetColumns(builder.languages, vocabularyCount: vocabularies.languages.count, order: order)
        groups = SetColumns(builder.groups, vocabularyCount: vocabularies.groups.count, order: order)
        texts = TextColumns(builder.texts, order: order, table: grams)
        let source = WishSummarySource(
            count: count, tieOrder: tieOrder, lane: lane, urgency: urgency, hardship: hardship, submitted: submitted,
            due: due, category: category, unit: unit, wanted: wanted, places: places, firstDay: firstDay,
            lastDay: lastDay, hours: hours, skills: skills, qualifications: qualifications, languages: languages,
            texts: texts)
        summaries = WishSummaries(source, blockRows: blocks.fine)
        coarseSummaries = WishSummaries(source, blockRows: blocks.coarse)
        prefetch = BlockPrefetch(
            rows: [category, firstDay, lastDay, hours] + [unit] + [wanted] + skills.planes + qualifications.planes
                + languages.planes,
            likeRows: [], summaries: summaries.prefetched)
    }

    @inlinable
    public subscript(row: Int) -> WishRow { WishRow(columns: self, row: row) }
}

/// One wish line of a snapshot.
public struct WishRow: Sendable {
    public let columns: WishColumns
    public let row: Int

    @inlinable
    public init(columns: WishColumns, row: Int) {
        self.columns = columns
        self.row = row
    }

    public var key: RecordKey { columns.keys[Int(columns.record[row])] }
    public var lineNumber: Int { Int(columns.lineNumber[row]) }
    @inlinable public var record: Int32 { columns.record[row] }
    public var lane: Lane { Lane(rawValue: columns.lane[row]) ?? .microWish }
    public var urgency: UrgencyGrade { UrgencyGrade(rawValue: columns.urgency[row]) ?? .normal }
    public var hardship: Int64? { columns.hardship[row] < 0 ? nil : Int64(columns.hardship[row]) }
    public var submitted: Timestamp? { Self.timestamp(columns.submitted[row]) }
    public var due: Timestamp? { Self.timestamp(columns.due[row]) }
    @inlinable public var category: Int32 { columns.category[row] }
    public var unit: Unit { Unit(rawValue: columns.unit[row]) ?? .piece }
    /// Nil where the request names no quantity.
    public var wanted: Int64? { columns.wanted[row] < 0 ? nil : columns.wanted[row] }
    /// Fen a piece; nil where there is no estimate.
    public var price: Int64? { columns.price[row] < 0 ? nil : columns.price[row] }
    @inlinable public var isWhole: Bool { columns.isWhole[row] }
    public var position: EarthPosition? { columns.places.position(of: row) }
    public var precision: PlacePrecision { columns.places.precision[row] }
    @inlinable public var area: Int32 { columns.places.area[row] }
    public var firstDay: Day? { columns.firstDay[row] == .min ? nil : Day(number: columns.firstDay[row]) }
    public var lastDay: Day? { columns.lastDay[row] == .max ? nil : Day(number: columns.lastDay[row]) }
    @inlinable public var hours: Int32 { columns.hours[row] }

    private static func timestamp(_ milliseconds: Int64) -> Timestamp? {
        milliseconds == .min ? nil : Timestamp(milliseconds: milliseconds)
    }
}

struct WishColumnsBuilder {
    var keys: [RecordKey] = []
    var record: [Int32] = []
    var lineNumber: [Int32] = []
    var lane: [UInt8] = []
    var urgency: [UInt8] = []
    var hardship: [Int8] = []
    var submitted: [Int64] = []
    var due: [Int64] = []
    var category: [Int32] = []
    var unit: [UInt8] = []
    var wanted: [Int64] = []
    var price: [Int64] = []
    var isWhole: [Bool] = []
    var places = PlaceColumnsBuilder()
    var firstDay: [Int32] = []
    var lastDay: [Int32] = []
    var hours: [Int32] = []
    var skills = SetColumnsBuilder()
    var qualifications = SetColumnsBuilder()
    var languages = SetColumnsBuilder()
    var groups = SetColumnsBuilder()
    var texts = TextColumnsBuilder()

    func clusteredOrder(_ blocks: BlockSizes) -> [Int32] {
        RowClusters(
            places: places, category: category, firstDay: firstDay, lastDay: lastDay, amount: wanted
        ).order(fine: blocks.fine, coarse: blocks.coarse)
    }
}
