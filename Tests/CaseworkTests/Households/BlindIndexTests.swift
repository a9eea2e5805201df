import Casework
import MatchCore
import Testing

/// People are compared and never kept.
@Suite struct BlindIndexTests {
    private func index(_ byte: UInt8 = 7, program: Code = "p") throws -> BlindIndex {
        try BlindIndex(secret: Array(repeating: byte, count: 32), program: program)
    }

    private func traits(_ hints: PersonHints, _ index: BlindIndex? = nil) throws -> IntakeTraits? {
        try (index ?? self.index()).traits(of: hints, record: rid(1), receivedAt: at("2026-03-02"), categories: [])
    }

    @Test(arguments: [
        "13800001111", "+86 138-0000-1111", "0086 13800001111", "86138 0000 1111", "（138）0000 1111", "１３８００００１１１１",
    ])
    func onePhoneIsOneKeyHoweverItIsWritten(_ phone: String) throws {
        let wanted = try traits(PersonHints(phone: "138 0000 1111"))?.phone
        #expect(try wanted != nil && traits(PersonHints(phone: phone))?.phone == wanted)
    }

    @Test func otherPhonesAndOtherKeysDiffer() throws {
        let one = try traits(PersonHints(phone: "13800001111"))?.phone
        #expect(try traits(PersonHints(phone: "13800001112"))?.phone != one)
        #expect(try traits(PersonHints(phone: "13800001111"), index(8))?.phone != one)
        #expect(try traits(PersonHints(phone: "13800001111"), index(program: "q"))?.phone != one)
        #expect(try traits(PersonHints(name: "13800001111"))?.name != one)
        #expect(
            try traits(PersonHints(phone: "0769-2222 3333"))?.phone
                == traits(PersonHints(phone: "+86 769 22223333"))?.phone)
        #expect(
            try traits(PersonHints(phone: "+1 212 555 0100"))?.phone
                != traits(PersonHints(phone: "212 555 0100"))?.phone)
    }

    @Test func numbersNamesAndStreetsAreFolded() throws {
        let one = try traits(PersonHints(name: "Li Ming", idNumber: "44190019700101001x", address: "人民路 12 号"))
        let other = try traits(PersonHints(name: "ＬＩ　ＭＩＮＧ", idNumber: "441900 19700101 001X", address: "人民路12号"))
        #expect(one == other && one?.birthYear == 1970)
        #expect(try one?.street == traits(PersonHints(street: "人民路"))?.street)
        #expect(try traits(PersonHints(name: " ", phone: "none", street: "")) == nil)
        #expect(try traits(PersonHints(phone: "12345")) == nil)
    }

    @Test func numbersInTheWordsAreFound() throws {
        let said = PersonHints(saidIn: "我姓李，电话138 0000-1111，身份证44190019700101001X。六十五岁，12 栋")
        #expect(said.phone == "13800001111" && said.idNumber == "44190019700101001X" && said.name == nil)
        let nothing = PersonHints(saidIn: "订单 2026030200012345 收到了")
        #expect(nothing.phone == nil && nothing.idNumber == nil)
    }

    @Test func hintsShowNothing() {
        let hints = PersonHints(name: "示例", phone: "13800001111")
        #expect("\(hints)" == "PersonHints(2)" && String(reflecting: hints) == "PersonHints(2)")
        #expect(Mirror(reflecting: hints).children.isEmpty)
    }

    @Test func aShortSecretIsRefused() {
        #expect(throws: CaseworkError.self) { try BlindIndex(secret: [1, 2, 3], program: "p") }
    }
}
