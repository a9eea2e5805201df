internal import Foundation

/// The generator SplitMix64 of Steele, Lea and Flood: small, quick and the same everywhere.
struct SplitMix: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// 0 up to 1, without 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func below(_ count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(count)).high) }

    /// Mean 0, standard deviation 1 (the sum of twelve even draws, less their mean).
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }

    /// The beta distribution of whole parameters: an order statistic of even draws.
    mutating func around(_ a: Int, _ b: Int) -> Double { (0..<a + b - 1).map { _ in unit() }.sorted()[a - 1] }
}

enum RankArithmetic {
    static func decay(_ x: Double) -> Double { exp(-x) }
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
