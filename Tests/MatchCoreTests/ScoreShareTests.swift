import MatchCore
import Testing

@Suite struct ScoreShareTests {
    /// Dividing in floating point gives the whole number that dividing whole numbers gives.
    @Test func aShareIsTheFloorOfTheExactQuotient() {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &generator)
        var state = seed
        func next(below limit: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 1) % limit)
        }
        for bits in [3, 8, 16, 24, 31, 32, 33, 34, 40, 43] as [UInt64] {
            for _ in 0..<20_000 {
                let whole = next(below: min(1 << bits, UInt64(Quantity.greatest))) + 1
                let part = next(below: UInt64(whole))
                let expected = Int32(part * 1_000_000 / whole)
                #expect(Score.share(part, of: whole) == expected, "\(part) of \(whole), seed \(seed)")
                // Just below and at a quotient that is a whole number, where rounding up would show.
                let millionths = next(below: 1_000_000)
                let product = millionths * whole
                if product % 1_000_000 == 0, product > 0 {
                    let exact = product / 1_000_000
                    #expect(Score.share(exact, of: whole) == Int32(millionths), "\(exact) of \(whole), seed \(seed)")
                    let less = Int32((exact - 1) * 1_000_000 / whole)
                    #expect(Score.share(exact - 1, of: whole) == less, "\(exact - 1) of \(whole), seed \(seed)")
                }
            }
        }
        #expect(Score.share(0, of: 0) == Score.best && Score.share(-1, of: 5) == 0)
        #expect(Score.share(Quantity.greatest - 1, of: Quantity.greatest) == 999_999)
    }
}
