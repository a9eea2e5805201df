/// The hash function of FIPS 180-4, written out here so that the check of a plan needs nobody else's code.
struct SHA256 {
    private static let constants: [UInt32] = (2..<312).filter(isPrime).map { fraction(cubeRootOf: $0) }
    private static let start: [UInt32] = (2..<20).filter(isPrime).map { fraction(squareRootOf: $0) }

    private var state = SHA256.start
    private var words = [UInt32](repeating: 0, count: 64)
    /// What has come since the last whole block: fewer than 64 bytes.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    /// The 32 bytes of the hash.
    static func digest(of message: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(message)
        return hash.finish()
    }

    /// Adds some bytes of the message.
    mutating func update(_ bytes: [UInt8]) {
        count += UInt64(bytes.count)
        let message = rest + bytes
        let whole = message.count / 64 * 64
        for block in stride(from: 0, to: whole, by: 64) { take(message, at: block) }
        rest = Array(message[whole...])
    }

    /// The 32 bytes of the hash of all that was added.
    mutating func finish() -> [UInt8] {
        let bits = count * 8
        update([0x80] + [UInt8](repeating: 0, count: (119 - Int(count % 64)) % 64))
        update((0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) })
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private mutating func take(_ message: [UInt8], at block: Int) {
        for index in 0..<16 {
            let at = block + index * 4
            let (high, low) = (
                UInt32(message[at]) << 24 | UInt32(message[at + 1]) << 16,
                UInt32(message[at + 2]) << 8 | UInt32(message[at + 3])
            )
            words[index] = high | low
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first = Self.turn(early, 7) ^ Self.turn(early, 18) ^ early >> 3
            let second = Self.turn(late, 17) ^ Self.turn(late, 19) ^ late >> 10
            words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
        }
        mix()
    }

    private mutating func mix() {
        let constants = Self.constants
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let choice = e & f ^ ~e & g
            let majority = a & b ^ a & c ^ b & c
            let turned = Self.turn(e, 6) ^ Self.turn(e, 11) ^ Self.turn(e, 25)
            let first = h &+ turned &+ choice &+ constants[index] &+ words[index]
            let second = (Self.turn(a, 2) ^ Self.turn(a, 13) ^ Self.turn(a, 22)) &+ majority
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
