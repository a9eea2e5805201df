/// Chance as this machine has it, for what is to be guessed by nobody: salts.
public enum HostRandom {
    @Sendable public static func next() -> UInt64 { .random(in: .min ... .max) }
}

/// A generator over a source of chance that was handed in.
struct DrawnRandom: RandomNumberGenerator {
    let draw: @Sendable () -> UInt64

    mutating func next() -> UInt64 { draw() }
}
