import Foundation
import MatchCore
import Testing

@testable import Commands

/// Parties, offers and wishes that are registered one by one: with the built program.
@Suite("Registering at the keyboard")
struct DeskCommandTests {
    let office: Office

    init() throws { office = try Office("desk") }

    @Test("A guest's party is confirmed with the code that was handed out, and then its offer is claimed")
    func confirmed() throws {
        defer { office.close() }
        let made = try office.run("party", "register", "示例超市", "--kind", "enterprise", "--as", "guest", "--json")
        #expect(made.contains("\"token\":\"alm_") && made.contains("\"state\":\"unconfirmed\""))
        let party = try #require(Office.value("id", in: made))
        _ = try office.run(
            "offer", "create", "--party", "示例超市", "--item", "轮椅", "--quantity", "3", "--text", "三辆轮椅",
            "--external-id", "O")
        try office.wishes("W-1,轮椅,2,虎门")
        #expect(try office.refused("claim", "propose", "O", "W-1", "2").error.contains("not active"))
        #expect(try office.run("party", "show", "示例超市").contains("confirmation due"))
        let code = try #require(Office.value("code", in: try office.run("party", "code", "示例超市", "--json")))
        #expect(try office.refused("party", "code", "nobody").status == 4)
        #expect(try office.run("party", "confirm", party, "--code", code).contains("is now active"))
        try office.run("claim", "propose", "O", "W-1", "2")
        #expect(try office.run("party", "pause", party).contains("is now paused"))
        #expect(try office.refused("party", "pause", party).status == 3)
        #expect(try office.run("party", "close", party, "--reason", "moved").contains("is now closed"))
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("A claim is declined for every reason that learning knows, and for nothing that the program does not")
    func declined() throws {
        defer { office.close() }
        try office.run("party", "register", "P", "--external-id", "P")
        _ = try office.run(
            "offer", "create", "--party", "P", "--item", "轮椅", "--quantity", "3", "--text", "轮椅", "--external-id", "O")
        try office.wishes("W-1,轮椅,2,虎门")
        for code in RefusalReasons.standard.keys.sorted() {
            let claim = try #require(
                Office.value("id", in: try office.run("claim", "propose", "O", "W-1", "1", "--json")))
            let declined = try office.run("claim", "decline", claim, "--reason", code, "--json")
            #expect(declined.contains("\"state\":\"declined\""), "\(code): \(declined)")
        }
        let claim = try #require(
            Office.value("id", in: try office.run("claim", "propose", "O", "W-1", "1", "--json")))
        let slip = try office.refused("claim", "decline", claim, "--reason", "wrongSiz")
        #expect(slip.error.contains("Did you mean wrongSize"), "\(slip.error)")
    }

    @Test("A wish is registered, pledged for and given its look-up code")
    func pledged() throws {
        defer { office.close() }
        try office.run("party", "register", "P", "--external-id", "P")
        let made = try office.run(
            "wish", "create", "--item", "轮椅", "--quantity", "2", "--text", "两辆轮椅", "--area", "虎门",
            "--lane", "microProject", "--external-id", "W", "--channel", "hotline12345", "--json")
        #expect(made.contains("\"open\":2") && made.contains("\"lane\":\"microProject\""))
        #expect(try office.refused("wish", "create", "--item", "轮椅", "--text", "x", "--lane", "other").status == 2)
        #expect(try office.refused("wish", "create", "--item", "飞船", "--text", "x").status == 4)
        // Approval comes first, and then the pledge.
        #expect(try office.refused("wish", "pledge", "W", "1", "--party", "P").error.contains("approval"))
        let code = try #require(Office.value("code", in: try office.run("wish", "code", "W", "--json")))
        #expect(code.count == 34)
    }
}
