/// Chance as this machine has it, for what is to be guessed by nobody: tokens, codes, salts. The domain draws from what it is
/// handed; this is what it is handed where nobody says otherwise.
public enum HostRandom {
    @Sendable public static func next() -> UInt64 { .random(in: .min ... .max) }
}
