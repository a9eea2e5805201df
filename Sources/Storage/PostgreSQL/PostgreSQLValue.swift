/// How values cross to PostgreSQL and back: in binary, each by the type that the server has for it.
enum PostgreSQLType {
    case boolean, integer(bytes: Int), text, bytes, other

    init(oid: UInt32) {
        switch oid {
        case 16: self = .boolean
        case 20, 5069: self = .integer(bytes: 8)  // int8; xid8, which is never above 2^63 in anyone's lifetime
        case 21: self = .integer(bytes: 2)
        case 23, 26, 28: self = .integer(bytes: 4)  // int4, oid, xid
        case 19, 25, 705, 1042, 1043: self = .text  // name, text, unknown, char(n), varchar
        case 17: self = .bytes
        default: self = .other
        }
    }

    /// Appends the value's bytes. Throws `wrongType` or `invalidText`.
    ///
    /// - Parameter number: the parameter's number, for messages.
    func append(_ value: SQLValue, number: Int, to bytes: inout [UInt8]) throws {
        switch (self, value) {
        case (.integer(let size), .integer(let integer)):
            guard size == 8 || integer >= -(1 << (size * 8 - 1)) && integer < 1 << (size * 8 - 1) else {
                throw misfit(value, number)
            }
            for place in (0..<size).reversed() {
                bytes.append(UInt8(truncatingIfNeeded: integer >> Int64(place * 8)))
            }
        case (.boolean, .integer(let integer)) where integer == 0 || integer == 1:
            bytes.append(UInt8(integer))
        case (.text, .text(var text)):
            let hasNUL = text.withUTF8 { utf8 in
                bytes.append(contentsOf: utf8)
                return utf8.contains(0)
            }
            guard !hasNUL else {
                throw DatabaseError(
                    .invalidText,
                    message: "The text of parameter $\(number) holds the character U+0000, which cannot be stored. "
                        + "Remove it.")
            }
        // A column of texts keeps a number as its digits in SQLite too.
        case (.text, .integer(let integer)):
            bytes.append(contentsOf: String(integer).utf8)
        case (.bytes, .blob(let blob)):
            bytes.append(contentsOf: blob)
        default:
            throw misfit(value, number)
        }
    }

    private func misfit(_ value: SQLValue, _ number: Int) -> DatabaseError {
        DatabaseError(
            .wrongType,
            message: "Parameter $\(number) is \(value.kind), which does not fit its place in the statement. "
                + "Give another kind of value, or write CAST($\(number) AS …).")
    }

    /// Reads a value that is not NULL; nil for a type that has no exact form here.
    func value(_ bytes: UnsafeRawBufferPointer) -> SQLValue? {
        switch self {
        case .boolean: .integer(bytes.first == 0 ? 0 : 1)
        case .integer(let size):
            // Moved to the left end and back, so that the sign of a short number stays.
            .integer((bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) } << Int64(64 - size * 8)) >> Int64(64 - size * 8))
        case .text: .text(String(decoding: bytes, as: UTF8.self))
        case .bytes: .blob(Array(bytes))
        case .other: nil
        }
    }
}

/// The parameters of one execution, in one run of bytes.
struct BoundParameters {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var isNull: [Bool] = []

    init(_ values: [SQLValue], types: [PostgreSQLType]) throws {
        guard values.count == types.count else {
            throw DatabaseError(
                .parameterMismatch,
                message: "The statement takes \(types.count) parameters and was given \(values.count).")
        }
        ends.reserveCapacity(values.count)
        isNull.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            isNull.append(value == .null)
            if value != .null { try types[index].append(value, number: index + 1, to: &bytes) }
            ends.append(bytes.count)
        }
        // An empty value needs an address too: none means NULL.
        bytes.append(0)
    }

    /// Calls the body with what libpq takes: addresses, lengths and formats (all binary).
    func withPointers<Result>(
        _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [CInt], _ formats: [CInt]) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBytes { buffer in
            // The buffer is never empty, see above.
            let start = buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
            var values: [UnsafePointer<CChar>?] = []
            var lengths: [CInt] = []
            var begin = 0
            for (index, end) in ends.enumerated() {
                values.append(isNull[index] ? nil : start + begin)
                lengths.append(CInt(clamping: end - begin))
                begin = end
            }
            return try body(values, lengths, Array(repeating: 1, count: ends.count))
        }
    }
}
