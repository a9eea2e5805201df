/// Every offer line of a snapshot as columns, one row a line.
///
/// Rows are clustered by category and then by place; `tieOrder` gives back the order of keys.
public final class OfferColumns: Sendable {
    public let count: Int
    /// Number of the offer in `keys`.
    public let record: Column<Int32>
    public let lineNumber: Column<Int32>
    /// Position of the row in the order that breaks ties.
    public let tieOrder: Column<Int32>
    /// Number of the party in the registry's ``PartyColumns``; −1 where the party is not in the snapshot.
    public let party: Column<Int32>
    public let kind: Column<UInt8>
    /// Number in the category tree; −1 where the line has none.
    public let category: Column<Int32>
    /// Raw value of ``Unit``.
    public let unit: Column<UInt8>
    /// What is free; −1 where the party states no quantity.
    public let available: Column<Int64>
    /// The same, at most `Int32.max`: a loop over 32-bit numbers is vectorised.
    public let availableClamped: Column<Int32>
    public let places: PlaceColumns
    /// Bit 0: delivers; bit 1: remote.
    public let delivery: Column<UInt8>
    /// First and last day; `Int32.min` and `Int32.max` where open.
    public let firstDay: Column<Int32>
    public let lastDay: Column<Int32>
    /// Number in the registry's weekly hours; −1 where none are stated.
    public let hours: Column<Int32>
    public let skills: SetColumns
    public let qualifications: SetColumns
    public let languages: SetColumns
    /// Number in the registry's area sets; −1 where the offer serves anywhere.
    public let serviceAreas: Column<Int32>
    /// Metres; −1 where any distance is served.
    public let serviceRadius: Column<Int32>
    /// Facts of the party that every ranking reads, beside the row so that no memory is read at random: 0…1,000,000, −1
    /// where not stated or the party is not in the snapshot.
    public let statedTrust: Column<Int32>
    public let fatigue: Column<Int32>
    /// Number in the registry's preferences; −1 where the party is not in the snapshot.
    public let preference: Column<Int32>
    public let texts: TextColumns
    public let keys: RecordKeys
    public let summaries: OfferSummaries
    /// The summaries of the coarse blocks, each of which holds several fine ones.
    public let coarseSummaries: OfferSummaries
    let prefetch: BlockPrefetch

    init(
        _ builder: OfferColumnsBuilder, parties: PartyColumns, vocabularies: Vocabularies, grams: GramTable,
        blocks: BlockSizes
    ) {
        let order = builder.clusteredOrder(blocks, merits: parties.merits)
        count = order.count
        record = Column(builder.record, order: order)
        lineNumber = Column(builder.lineNumber, order: order)
        keys = RecordKeys(builder.keys)
        tieOrder = Column(keys.tieOrder(records: builder.record, lines: builder.lineNumber), order: order)
        party = Column(builder.party, order: order)
        kind = Column(builder.kind, order: order)
        category = Column(builder.category, order: order)
        unit = Column(builder.unit, order: order)
        available = Column(builder.available, order: order)
        availableClamped = Column(order.map { Int32(clamping: builder.available[Int($0)]) })
        places = PlaceColumns(builder.places, order: order)
        delivery = Column(builder.delivery, order: order)
        firstDay = Column(builder.firstDay, order: order)
        lastDay = Column(builder.lastDay, order: order)
        hours = Column(builder.hours, order: order)
        skills = SetColumns(builder.skills, vocabularyCount: vocabularies.skills.count, order: order)
        qualifications = SetColumns(
            builder.qualifications, vocabularyCount: vocabularies.skills.count, order: order)
        languages = SetColumns(builder.languages, vocabularyCount: vocabularies.languages.count, order: order)
        serviceAreas = Column(builder.serviceAreas, order: order)
        serviceRadius = Column(builder.serviceRadius, order: order)
        texts = TextColumns(builder.texts, order: order, table: grams)
        let party = party
        func fact(_ column: Column<Int32>) -> Column<Int32> {
            Column((0..<order.count).map { party[$0] < 0 ? -1 : column[Int(party[$0])] })
        }
        statedTrust = fact(parties.statedTrust)
        fatigue = fact(parties.fatigue)
        preference = fact(parties.preference)
        let source = OfferSummarySource(
            count: count, tieOrder: tieOrder, party: party, kind: kind, category: category, unit: unit,
            availableClamped: availableClamped, places: places, delivery: delivery, firstDay: firstDay,
            lastDay: lastDay, skills: skills, qualifications: qualifications, languages: languages,
            serviceAreas: serviceAreas, serviceRadius: serviceRadius, fatigue: fatigue, texts: texts,
            parties: parties)
        summaries = OfferSummaries(source, blockRows: blocks.fine)
        coarseSummaries = OfferSummaries(source, blockRows: blocks.coarse)
        // Places are left out: they are dear to score and asked for last, for few rows.
        prefetch = BlockPrefetch(
            rows: [availableClamped, firstDay, lastDay, preference] + [unit, kind, delivery] + skills.planes
                + qualifications.planes + languages.planes,
            likeRows: [category, statedTrust, fatigue], summaries: summaries.prefetched)
    }

    @inlinable
    public subscript(row: Int) -> OfferRow { OfferRow(columns: self, row: row) }

    /// Bytes of the columns, texts and keys aside.
    public var byteCount: Int {
        let plain =
            record.byteCount + lineNumber.byteCount + tieOrder.byteCount + party.byteCount + kind.byteCount
            + category.byteCount + unit.byteCount + available.byteCount + delivery.byteCount + firstDay.byteCount
            + lastDay.byteCount + hours.byteCount + serviceAreas.byteCount + serviceRadius.byteCount
            + availableClamped.byteCount + statedTrust.byteCount + fatigue.byteCount + preference.byteCount
        return plain + places.byteCount + skills.byteCount + qualifications.byteCount + languages.byteCount
    }
}

/// One offer line of a snapshot.
public struct OfferRow: Sendable {
    public let columns: OfferColumns
    public let row: Int

    @inlinable
    public init(columns: OfferColumns, row: Int) {
        self.columns = columns
        self.row = row
    }

    public var key: RecordKey { columns.keys[Int(columns.record[row])] }
    public var lineNumber: Int { Int(columns.lineNumber[row]) }
    @inlinable public var record: Int32 { columns.record[row] }
    @inlinable public var party: Int32 { columns.party[row] }
    public var kind: OfferKind { OfferKind(rawValue: columns.kind[row]) ?? .goods }
    @inlinable public var category: Int32 { columns.category[row] }
    public var unit: Unit { Unit(rawValue: columns.unit[row]) ?? .piece }
    /// Nil where the party states no quantity.
    public var available: Int64? { columns.available[row] < 0 ? nil : columns.available[row] }
    public var position: EarthPosition? { columns.places.position(of: row) }
    public var precision: PlacePrecision { columns.places.precision[row] }
    @inlinable public var area: Int32 { columns.places.area[row] }
    @inlinable public var delivers: Bool { columns.delivery[row] & 1 != 0 }
    @inlinable public var isRemote: Bool { columns.delivery[row] & 2 != 0 }
    /// Nil where an end is open.
    public var firstDay: Day? { columns.firstDay[row] == .min ? nil : Day(number: columns.firstDay[row]) }
    public var lastDay: Day? { columns.lastDay[row] == .max ? nil : Day(number: columns.lastDay[row]) }
    @inlinable public var hours: Int32 { columns.hours[row] }
    @inlinable public var serviceAreas: Int32 { columns.serviceAreas[row] }
    /// Metres; nil where any distance is served.
    public var serviceRadius: Int64? { columns.serviceRadius[row] < 0 ? nil : Int64(columns.serviceRadius[row]) }
}

struct OfferColumnsBuilder {
    var keys: [RecordKey] = []
    var record: [Int32] = []
    var lineNumber: [Int32] = []
    var party: [Int32] = []
    var kind: [UInt8] = []
    var category: [Int32] = []
    var unit: [UInt8] = []
    var available: [Int64] = []
    var places = PlaceColumnsBuilder()
    var delivery: [UInt8] = []
    var firstDay: [Int32] = []
    var lastDay: [Int32] = []
    var hours: [Int32] = []
    var skills = SetColumnsBuilder()
    var qualifications = SetColumnsBuilder()
    var languages = SetColumnsBuilder()
    var serviceAreas: [Int32] = []
    var serviceRadius: [Int32] = []
    var texts = TextColumnsBuilder()

    /// Near rows of one kind share a block, in which those of the most deserving donors come first.
    func clusteredOrder(_ blocks: BlockSizes, merits: [Int32]) -> [Int32] {
        var order = RowClusters(
            places: places, category: category, firstDay: firstDay, lastDay: lastDay, amount: available
        ).order(fine: blocks.fine, coarse: blocks.coarse)
        let layout = BlockLayout(rowCount: order.count, blockRows: blocks.fine)
        func merit(_ row: Int32) -> Int32 { party[Int(row)] < 0 ? 0 : merits[Int(party[Int(row)])] }
        for block in 0..<layout.count {
            order[layout.rows(of: block)].sort { (merit($1), $0) < (merit($0), $1) }
        }
        return order
    }
}
