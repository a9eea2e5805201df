/// A decimal number without rounding: coefficient × 10^exponent, up to 38 digits.
public struct ExactDecimal: Sendable, Hashable {
    /// What to do with the part after the point when a whole number is wanted.
    public enum Rounding: String, Sendable, Hashable, CaseIterable {
        /// Refuse it.
        case exact
        /// Towards zero.
        case down
        /// Away from zero.
        case up
        /// To the nearest, a half away from zero.
        case halfUp
        /// To the nearest, a half to the even neighbour.
        case halfEven
    }

    /// Why there is no whole number.
    public enum Failure: Error, Sendable, Hashable {
        case notWhole
        case outOfRange
    }

    let isNegative: Bool
    let coefficient: UInt128
    let exponent: Int

    /// Reads `-12`, `0.1`, `1e3`, `+2.50`; nil for anything else, digit grouping included, and beyond 38 digits.
    public init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        guard bytes.count <= 64 else { return nil }
        var isNegative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            bytes.removeFirst()
        }
        var coefficient: UInt128 = 0
        var exponent = 0
        var digits = 0
        var hasPoint = false
        while let byte = bytes.first, byte | 0x20 != UInt8(ascii: "e") {
            bytes.removeFirst()
            if byte == UInt8(ascii: "."), !hasPoint, digits > 0 {
                hasPoint = true
                continue
            }
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (times, overflows) = coefficient.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = times.addingReportingOverflow(UInt128(byte - 0x30))
            if overflows || overflowsToo { return nil }
            coefficient = sum
            digits += 1
            if hasPoint { exponent -= 1 }
        }
        guard digits > 0, !hasPoint || exponent < 0 else { return nil }
        if bytes.first != nil {
            // At most four digits after a sign: nothing greater could become a whole number of 64 bits.
            let power = String(decoding: bytes.dropFirst(), as: UTF8.self)
            guard power.utf8.count <= 5, let value = Int(power) else { return nil }
            exponent += value
        }
        self.isNegative = isNegative
        self.coefficient = coefficient
        self.exponent = exponent
    }

    /// Returns the whole number that this is when multiplied by a factor, rounded as told.
    public func whole(times factor: ExactDecimal? = nil, rounding: Rounding = .exact) throws(Failure) -> Int64 {
        var value = coefficient
        var power = exponent
        var negative = isNegative
        if let factor {
            let (product, overflows) = value.multipliedReportingOverflow(by: factor.coefficient)
            if overflows { throw .outOfRange }
            value = product
            power += factor.exponent
            negative = negative != factor.isNegative
        }
        if value == 0 { return 0 }
        while power > 0 {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            if overflows { throw .outOfRange }
            value = product
            power -= 1
        }
        if power < 0 { value = try Self.rounded(value, dividedByTenTo: -power, rounding) }
        guard value <= UInt128(Int64.max) + (negative ? 1 : 0) else { throw .outOfRange }
        return negative ? Int64(-Int128(value)) : Int64(value)
    }

    private static func rounded(
        _ value: UInt128, dividedByTenTo power: Int, _ rounding: Rounding
    ) throws(Failure) -> UInt128 {
        // 10³⁸ fits; beyond, every coefficient is less than a half.
        guard power <= 38 else {
            if rounding == .exact { throw .notWhole }
            return rounding == .up ? 1 : 0
        }
        var divisor: UInt128 = 1
        for _ in 0..<power { divisor *= 10 }
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        if remainder == 0 { return quotient }
        let half = divisor / 2
        switch rounding {
        case .exact: throw .notWhole
        case .down: return quotient
        case .up: return quotient + 1
        case .halfUp: return remainder >= half ? quotient + 1 : quotient
        case .halfEven:
            if remainder == half { return quotient + quotient % 2 }
            return remainder > half ? quotient + 1 : quotient
        }
    }
}
