/// Writes values as JSON bytes in one pass: members in the order in which they are encoded, no space, nothing between
/// the value and its bytes.
///
/// Ids, days and moments are texts on the wire, whatever their own coding is.
public struct WireEncoder: Sendable {
    /// The only members that are written on ``level``; nil writes all.
    private let fields: Set<String>?
    /// How many objects and lists lie around the object that `fields` speaks of.
    private let level: Int

    public init(fields: Set<String>? = nil, level: Int = 0) {
        self.fields = fields
        self.level = level
    }

    /// Throws `EncodingError` for a number that JSON does not have; never otherwise.
    public func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = WireWriter(fields: fields, filteredLevel: level + 1)
        if fields == nil, let value = value as? any WireWritten {
            value.write(to: WireOutput(writer))
        } else {
            try writer.write(value)
        }
        return writer.bytes
    }
}
