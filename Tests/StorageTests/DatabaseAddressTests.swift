import Storage
import Testing

@Suite struct DatabaseAddressTests {
    @Test func anAddressNamesAFile() throws {
        #expect(try DatabaseAddress("sqlite:almoner.db").path == "almoner.db")
        #expect(try DatabaseAddress("sqlite:/var/lib/almoner/城.db").description == "sqlite:/var/lib/almoner/城.db")
    }

    @Test(arguments: ["", "almoner.db", "sqlite:", "mysql://host/db", "SQLITE:x", "sqlite:a\u{0}b"])
    func anythingElseIsRefusedWithASuggestion(_ text: String) {
        let error = #expect(throws: DatabaseError.self) { try DatabaseAddress(text) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("sqlite:almoner.db") == true)
    }
}
