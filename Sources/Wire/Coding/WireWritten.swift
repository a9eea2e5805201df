public import MatchCore

/// A value that writes its JSON by itself, for answers so large that the containers of `Codable` are what they cost.
///
/// It writes what its synthesised coding would, to the byte: the tests compare the two. Only ``WireEncoder`` asks for it,
/// for the outermost value of an answer whose members are all wanted.
public protocol WireWritten: Encodable {
    func write(to json: WireOutput)
}

extension WireWritten {
    /// What the synthesised coding makes of the value: the measure of ``write(to:)``.
    public func codedBytes() throws -> [UInt8] {
        let writer = WireWriter(fields: nil, filteredLevel: 1)
        try writer.write(self)
        return writer.bytes
    }
}

/// Where a ``WireWritten`` value goes.
public struct WireOutput {
    private let writer: WireWriter

    init(_ writer: WireWriter) {
        self.writer = writer
    }

    /// JSON as it stands: signs, and names of members with their quotes.
    public func plain(_ text: StaticString) { writer.write(plain: text) }

    public func value(_ text: String) { writer.write(text: text) }
    public func value(_ number: Int64) { writer.write(number) }
    public func value(_ number: Int) { writer.write(Int64(number)) }
    public func value(_ number: Int32) { writer.write(Int64(number)) }
    public func value(_ flag: Bool) { writer.write(flag) }
    public func value(_ id: RecordID) { writer.write(id) }
    public func value(_ time: Timestamp) { writer.write(time) }

    /// A list of values.
    public func list<Element>(_ elements: [Element], _ write: (Element) -> Void) {
        plain("[")
        for index in elements.indices {
            if index > elements.startIndex { plain(",") }
            write(elements[index])
        }
        plain("]")
    }
}

extension JSONValue {
    /// Writes the value as its coding would.
    public func write(to json: WireOutput) {
        switch self {
        case .null: json.plain("null")
        case .flag(let flag): json.value(flag)
        case .integer(let number): json.value(number)
        case .text(let text): json.value(text)
        case .list(let values): json.list(values) { $0.write(to: json) }
        case .decimal, .object: json.coded(self)
        }
    }
}

extension WireOutput {
    /// A value by its own coding.
    fileprivate func coded(_ value: JSONValue) {
        // Only a number that JSON does not have is refused, and what was parsed has none.
        try? writer.write(value)
    }
}
