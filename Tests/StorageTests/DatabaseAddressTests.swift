import Storage
import Testing

@Suite struct DatabaseAddressTests {
    @Test func anAddressNamesAFile() throws {
        #expect(try DatabaseAddress("sqlite:almoner.db") == .sqlite(path: "almoner.db"))
        #expect(try DatabaseAddress("sqlite:/var/lib/almoner/城.db").description == "sqlite:/var/lib/almoner/城.db")
    }

    @Test(arguments: ["", "almoner.db", "sqlite:", "mysql://host/db", "SQLITE:x", "sqlite:a\u{0}b"])
    func anythingElseIsRefusedWithASuggestion(_ text: String) {
        let error = #expect(throws: DatabaseError.self) { try DatabaseAddress(text) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("sqlite:almoner.db") == true)
    }

    @Test func anAddressNamesServers() throws {
        let address = try DatabaseAddress("postgresql://almoner:se%21cret@db1:5432,[::1]:5433/city?sslmode=require")
        #expect(address.description == "postgres://almoner@db1:5432,[::1]:5433/city")
        #expect(address.stem == "almoner-city" && address.files.isEmpty)
        #expect(try DatabaseAddress("postgres://db1,db2:6000/city").description == "postgres://db1,db2:6000/city")
        #expect(try DatabaseAddress("postgres:///city").description == "postgres:///city")
    }

    @Test(arguments: [
        "postgres://u:secret@host:5432,b:6,c:7,/x?nonsense=1", "postgres://u:secr%zz@h/d", "postgres://u:secret@[::1/d",
        "mysql://u:secret@h/d",
    ])
    func noMessageShowsAPassword(_ text: String) {
        let error = #expect(throws: DatabaseError.self) { try DatabaseAddress(text) }
        #expect(error?.code == .cannotOpen)
        #expect(!"\(String(reflecting: error))".contains("secr"))
    }

    @Test func noDescriptionShowsAPassword() throws {
        let address = try DatabaseAddress("postgres://u:secret@h/d?sslpassword=secret&passfile=secret")
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!"\(address) \(String(reflecting: address)) \(dumped)".contains("secret"))
    }
}
