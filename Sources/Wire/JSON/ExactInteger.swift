/// Reads a JSON number whose value is whole, exactly, or not at all.
enum ExactInteger {
    /// The value; nil where it is no whole number or does not fit 64 bits.
    static func read(_ text: some Sequence<UInt8>) -> Int64? {
        var isNegative = false
        var digits: [UInt8] = []
        var fraction = 0
        var isFraction = false
        var exponent = 0
        var isExponent = false
        var exponentIsNegative = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"):
                if isExponent { exponentIsNegative = true } else { isNegative = true }
            case UInt8(ascii: "+"): break
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): isExponent = true
            default:
                if isExponent {
                    // Beyond this no digit of a bounded number is left, so the sum can stop growing.
                    exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), 100_000)
                } else {
                    digits.append(byte - UInt8(ascii: "0"))
                    if isFraction { fraction += 1 }
                }
            }
        }
        guard digits.contains(where: { $0 != 0 }) else { return 0 }
        var power = (exponentIsNegative ? -exponent : exponent) - fraction
        while power < 0 {
            guard digits.last == 0 else { return nil }
            digits.removeLast()
            power += 1
        }
        guard power < 20 else { return nil }
        // Downwards, because the least number has no positive counterpart.
        var value: Int64 = 0
        for digit in digits + [UInt8](repeating: 0, count: power) {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.subtractingReportingOverflow(Int64(digit))
            if tooLarge || overflow { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
