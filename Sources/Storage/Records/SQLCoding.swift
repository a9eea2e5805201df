public import MatchCore

/// How values of the domain stand in columns.
enum ListColumn {
    /// Codes joined by `|`, which no code contains.
    static func encode(_ codes: [String]) -> SQLValue { .text(codes.joined(separator: "|")) }

    static func decode(_ text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
}

extension RecordID: SQLConvertible {
    public var sqlValue: SQLValue { .text(description) }

    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(text)
    }
}

extension Timestamp: SQLConvertible {
    public var sqlValue: SQLValue { .integer(milliseconds) }

    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(milliseconds: value)
    }
}

extension Day: SQLConvertible {
    public var sqlValue: SQLValue { .integer(Int64(number)) }

    public init?(sqlValue: SQLValue) {
        guard let number = Int32(sqlValue: sqlValue) else { return nil }
        self.init(number: number)
    }
}

/// An enum of the domain that is kept as its code.
protocol CodedColumn: SQLConvertible {
    var code: String { get }
    init?(code: String)
}

extension CodedColumn {
    public var sqlValue: SQLValue { .text(code) }

    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(code: text)
    }
}

extension Unit: CodedColumn {}
extension Lane: CodedColumn {}
extension UrgencyGrade: CodedColumn {}
extension OfferKind: CodedColumn {}
extension PartyKind: CodedColumn {}

extension SQLRow {
    func list(_ index: Int) throws -> [String] { ListColumn.decode(try self[index]) }

    func key(id: Int, source: Int, externalID: Int) throws -> RecordKey {
        RecordKey(source: try self[source], externalID: try self[externalID], id: try self[id])
    }

    /// - Parameter sealed: what was opened; nil for a row of before there was sealing.
    func place(area: Int, latitude: Int, longitude: Int, sealed: SealedParts?) throws -> Place {
        if let sealed { return Place(point: sealed.point, area: try self[area]) }
        let latitudeE7: Int64? = try self[latitude]
        let longitudeE7: Int64? = try self[longitude]
        var point: GeoPoint?
        if let latitudeE7, let longitudeE7 { point = GeoPoint(latitudeE7: latitudeE7, longitudeE7: longitudeE7) }
        return Place(point: point, area: try self[area])
    }

    func window(from: Int, until: Int) throws -> DayWindow? {
        let first: Day? = try self[from]
        let last: Day? = try self[until]
        return first == nil && last == nil ? nil : DayWindow(from: first, until: last)
    }

    func hours(_ index: Int) throws -> WeeklyHours? {
        let text: String? = try self[index]
        return text.flatMap { WeeklyHours($0) }
    }
}

extension Place {
    /// Area, and nothing for latitude and longitude, which are sealed.
    var openValues: [SQLValue] { [SQLValue(area), .null, .null] }
}

/// What is sealed of an offer or a wish, in one text: `latitude|longitude|wording`, in 10⁻⁷ degree.
struct SealedParts {
    let point: GeoPoint?
    let text: String
    /// Of a wish: how grave the hardship is.
    let hardship: Int?

    init(point: GeoPoint?, text: String, hardship: Int? = nil) {
        self.point = point
        self.text = text
        self.hardship = hardship
    }

    /// Nil for nothing, or for what is none.
    init?(column: String?) {
        guard var column = column.map({ $0[...] }) else { return nil }
        // Before the place, which begins with a figure or a bar; rows of before it was sealed have none.
        var hardship: Int?
        if column.first == "h", let bar = column.firstIndex(of: "|") {
            hardship = Int(column[..<bar].dropFirst())
            column = column[bar...].dropFirst()
        }
        self.hardship = hardship
        let parts = column.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        if let latitude = Int64(parts[0]), let longitude = Int64(parts[1]) {
            point = GeoPoint(latitudeE7: latitude, longitudeE7: longitude)
        } else {
            point = nil
        }
        text = String(parts[2])
    }

    /// Nil where there is nothing to seal.
    var column: String? {
        guard point != nil || !text.isEmpty || hardship != nil else { return nil }
        return (hardship.map { "h\($0)|" } ?? "")
            + "\(point.map { "\($0.latitude)" } ?? "")|\(point.map { "\($0.longitude)" } ?? "")|\(text)"
    }
}
