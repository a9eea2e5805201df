/// The hash function of FIPS 180-4, written out here so that the check of a draw needs nobody else's code.
enum SHA256 {
    private static let constants: [UInt32] = (2..<312).filter(isPrime).map { fraction(cubeRootOf: $0) }
    private static let start: [UInt32] = (2..<20).filter(isPrime).map { fraction(squareRootOf: $0) }

    /// The 32 bytes of the hash.
    static func digest(of message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
        let bits = UInt64(message.count) * 8
        padded += (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
        var state = start
        var words = [UInt32](repeating: 0, count: 64)
        for block in stride(from: 0, to: padded.count, by: 64) {
            for index in 0..<16 {
                words[index] = (0..<4).reduce(0) { $0 << 8 | UInt32(padded[block + index * 4 + $1]) }
            }
            for index in 16..<64 {
                let (early, late) = (words[index - 15], words[index - 2])
                let first = turn(early, 7) ^ turn(early, 18) ^ early >> 3
                let second = turn(late, 17) ^ turn(late, 19) ^ late >> 10
                words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
            }
            mix(words, into: &state)
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func mix(_ words: [UInt32], into state: inout [UInt32]) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let choice = e & f ^ ~e & g
            let majority = a & b ^ a & c ^ b & c
            let first = h &+ (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) &+ choice &+ constants[index] &+ words[index]
            let second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) &+ majority
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
        }
        for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
    }

    private static func turn(_ word: UInt32, _ places: UInt32) -> UInt32 { word >> places | word << (32 - places) }

    private static func isPrime(_ number: Int) -> Bool { !(2..<number).contains { number % $0 == 0 } }

    /// The first 32 bits behind the point of a square root: whole numbers throughout, so that no rounding matters.
    private static func fraction(squareRootOf number: Int) -> UInt32 {
        fraction { root in root * root <= UInt128(number) << 64 }
    }

    private static func fraction(cubeRootOf number: Int) -> UInt32 {
        fraction { root in root * root * root <= UInt128(number) << 96 }
    }

    /// The greatest number of 32 bits behind and 5 bits before the point that fits.
    private static func fraction(_ fits: (UInt128) -> Bool) -> UInt32 {
        var root: UInt128 = 0
        for bit in (0..<37).reversed() where fits(root | 1 << UInt128(bit)) { root |= 1 << UInt128(bit) }
        return UInt32(truncatingIfNeeded: root)
    }
}
