/// A type that travels as JSON and says what that JSON looks like.
///
/// Coding is the synthesised one; the schema is checked before decoding, printed as OpenAPI, and compared with what is
/// encoded by the tests.
public protocol Described: Codable, Sendable {
    static var schema: Schema { get }
}

extension JSONValue: Described {
    public static var schema: Schema { Schema(.anything) }
}
