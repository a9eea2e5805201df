/// A type that travels as JSON and says what that JSON looks like.
///
/// Coding is the synthesised one; the schema is checked before decoding, printed as OpenAPI, and compared with what is
/// encoded by the tests.
public protocol Described: Codable, Sendable {
    static var schema: JSONSchema { get }
    /// One value as it may well be: the example in the documentation, and what the tests hold against the schema.
    static var sample: Self { get }
}

extension JSONValue: Described {
    public static var schema: JSONSchema { JSONSchema(.anything) }
    public static var sample: JSONValue { [:] }
}
