import MatchCore
import Testing

@testable import Casework

/// The test vectors of RFC 6238 (appendix B, SHA-1) and RFC 4226 (appendix D), over the secret "12345678901234567890".
@Suite struct TimeCodeTests {
    private let code = TimeCode(secret: Array("12345678901234567890".utf8))

    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func timesOfTheStandard(seconds: Int64, expected: String) {
        #expect(code.code(at: TimeCode.step(at: Moment(milliseconds: seconds * 1_000)), digits: 8) == expected)
    }

    @Test func countersOfTheStandard() {
        let expected = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        #expect((0..<10).map { code.code(at: $0) } == expected)
    }

    @Test func oneStepBesideIsTakenAndEachOnce() {
        let now = Moment(milliseconds: 1_000_000_000)
        let step = TimeCode.step(at: now)
        for (offset, isTaken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)] {
            #expect((code.step(of: code.code(at: step + offset), at: now, after: 0) != nil) == isTaken, "\(offset)")
        }
        #expect(code.step(of: code.code(at: step), at: now, after: step) == nil, "not twice")
        #expect(code.step(of: code.code(at: step - 1), at: now, after: step) == nil, "nor one of before")
        let spaced = code.code(at: step).prefix(3) + " " + code.code(at: step).suffix(3)
        #expect(code.step(of: String(spaced), at: now, after: 0) == step)
        for wrong in ["", "1", "12345", "1234567", "abcdef", "一二三四五六"] {
            #expect(code.step(of: wrong, at: now, after: 0) == nil)
        }
    }

    @Test func appsReadTheAddress() throws {
        #expect(code.text == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        let name = try #require(SignInName("李.anna@office"))
        #expect(
            code.address(of: name)
                == "otpauth://totp/Almoner:%E6%9D%8E.anna%40office?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Almoner&algorithm=SHA1&digits=6&period=30")
    }
}
