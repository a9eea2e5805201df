/// The square root by multiplications alone.
///
/// `squareRoot()` keeps a way out to the C library for arguments below zero, and a loop with a call in it is not
/// vectorised: a block of distances then takes several times as long.
@usableFromInline
enum SquareRoot {
    /// The root of a number from 0 to 10³⁸, with a relative error below 1.5 × 10⁻⁷ and exactly 0 for 0.
    @inlinable @inline(__always)
    static func of(_ number: Float) -> Float {
        // Halving the exponent in the bit pattern gives 1/√x within 3.5 %; each of Newton's steps squares the error.
        var reciprocal = Float(bitPattern: 0x5F37_59DF &- number.bitPattern &>> 1)
        let half = number * 0.5
        reciprocal = reciprocal * (1.5 - half * reciprocal * reciprocal)
        reciprocal = reciprocal * (1.5 - half * reciprocal * reciprocal)
        let root = number * reciprocal
        return root + (number - root * root) * (0.5 * reciprocal)
    }
}
