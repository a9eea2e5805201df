import Testing

@testable import Storage

@Suite struct PostgreSQLAddressTests {
    private func hosts(_ text: String, _ environment: [String: String] = [:]) throws -> [String] {
        try PostgreSQLAddress(text, environment: environment).hosts.map { "\($0.name ?? "-"):\($0.port ?? "-")" }
    }

    @Test func severalHostsAreToldApartWhereverTheyAreNamed() throws {
        #expect(try hosts("postgres://a:1,b:2/x") == ["a:1", "b:2"])
        #expect(try hosts("postgres:///x?host=a,b&port=7") == ["a:7", "b:7"])
        // PGHOST and PGPORT, or what a service file says.
        #expect(try hosts("postgres:///x", ["host": "a,b", "port": "1,2"]) == ["a:1", "b:2"])
        #expect(try hosts("postgres://c:3/x", ["host": "a,b", "port": "1,2"]) == ["c:3"])
        #expect(try hosts("postgres:///x", ["port": "5432"]) == ["-:-"])
        #expect(throws: DatabaseError.self) { try hosts("postgres:///x", ["host": "a,b,c", "port": "1,2"]) }
    }

    @Test func aWordThatLibpqDoesNotKnowIsNamedAndNoPartOfAPassword() {
        #expect(PostgreSQLAddress.unknownWord(in: "postgres://u:secret@h/d?sslmode=require&foo=1&bar=2") == "foo")
        #expect(PostgreSQLAddress.unknownWord(in: "postgres://u:secret@h/d?sslmode=require&ssl=true") == nil)
        #expect(PostgreSQLAddress.unknownWord(in: "postgres://u:se?cret@h/d") == nil)
        #expect(PostgreSQLAddress.unknownWord(in: "postgres://h/d") == nil)
        let error = #expect(throws: DatabaseError.self) { try PostgreSQLAddress("postgres://u:secret@h/d?foo=1") }
        #expect(error?.message.contains("'foo'") == true)
        #expect(error?.message.contains("secret") == false)
    }
}
