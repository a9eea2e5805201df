/// What names a record to people: where it came from, its id there, and its id here.
///
/// The order of keys breaks every tie between equal scores: by source and external id, then by id; a record
/// without an external id comes after those with one. Text is compared by its UTF-8 bytes, so the order is the
/// same on every machine and in every language.
public struct RecordKey: Sendable, Hashable, Comparable {
    public var source: String
    public var externalID: String?
    public var id: RecordID

    public init(source: String, externalID: String?, id: RecordID) {
        self.source = source
        self.externalID = externalID
        self.id = id
    }

    /// What a person types to name the record: the external id where there is one, else the id.
    public var handle: String { externalID ?? id.description }

    public static func < (left: RecordKey, right: RecordKey) -> Bool {
        switch (left.externalID, right.externalID) {
        case (nil, nil): return left.id < right.id
        case (nil, _): return false
        case (_, nil): return true
        case (let leftID?, let rightID?):
            if !left.source.utf8.elementsEqual(right.source.utf8) {
                return left.source.utf8.lexicographicallyPrecedes(right.source.utf8)
            }
            if !leftID.utf8.elementsEqual(rightID.utf8) {
                return leftID.utf8.lexicographicallyPrecedes(rightID.utf8)
            }
            return left.id < right.id
        }
    }
}
