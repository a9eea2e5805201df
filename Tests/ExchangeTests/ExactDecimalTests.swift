import Exchange
import Testing

@Suite struct ExactDecimalTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("1e3", 1000), ("20.0", 20), ("+5", 5), ("-12.00", -12),
            ("9007199254740993", 9_007_199_254_740_993),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("1.5e1", 15), ("1000e-3", 1), ("0e999", 0),
        ] as [(String, Int64)])
    func wholeNumbersAreExact(_ text: String, _ value: Int64) throws {
        #expect(try ExactDecimal(text)?.whole() == value)
    }

    @Test(
        arguments: [
            ("0.1", .notWhole), ("1e-1", .notWhole), ("1e-99", .notWhole), ("9223372036854775808", .outOfRange),
            ("1e19", .outOfRange),
            ("1e9999", .outOfRange), ("-9223372036854775809", .outOfRange),
        ] as [(String, ExactDecimal.Failure)])
    func whatIsNotWholeIsRefused(_ text: String, _ failure: ExactDecimal.Failure) throws {
        let decimal = try #require(ExactDecimal(text))
        #expect(throws: failure) { try decimal.whole() }
    }

    @Test(arguments: [
        "", "-", ".", ".5", "5.", "1e", "e5", "1,000", "1 000", "0x10", "NaN", "inf", "１２", "1e99999999", "--1",
        "1.2.3",
        String(repeating: "9", count: 40),
    ])
    func whatIsNoNumberIsNil(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func factorsAndRoundingsAreExact() throws {
        let tenth = try #require(ExactDecimal("0.1"))
        #expect(try tenth.whole(times: ExactDecimal("10")) == 1)
        #expect(try ExactDecimal("5")?.whole(times: ExactDecimal("1609.344"), rounding: .halfEven) == 8047)
        #expect(try ExactDecimal("19.99")?.whole(times: ExactDecimal("100")) == 1999)
        let halves: [(String, ExactDecimal.Rounding, Int64)] = [
            ("2.5", .halfEven, 2), ("3.5", .halfEven, 4), ("2.5", .halfUp, 3), ("-2.5", .halfUp, -3), ("2.9", .down, 2),
            ("-2.1", .up, -3), ("2.51", .halfEven, 3), ("1e-60", .up, 1), ("1e-60", .halfUp, 0),
        ]
        for (text, rounding, value) in halves { #expect(try ExactDecimal(text)?.whole(rounding: rounding) == value) }
    }
}
