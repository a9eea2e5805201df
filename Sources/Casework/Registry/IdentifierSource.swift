public import MatchCore

/// Makes ids: UUID version 7, so that ids made later sort later.
///
/// The clock and the chance come in from outside. Within one millisecond a counter keeps the order; where the clock
/// steps back, ids go on from the latest time seen.
public struct IdentifierSource<Random: RandomNumberGenerator> {
    private var random: Random
    private var lastMilliseconds: UInt64 = 0
    private var counter: UInt64 = 0

    public init(random: Random) {
        self.random = random
    }

    /// A new id for a record made at this time.
    public mutating func next(at time: Timestamp) -> RecordID {
        let milliseconds = UInt64(clamping: time.milliseconds) & 0xFFFF_FFFF_FFFF
        if milliseconds > lastMilliseconds {
            lastMilliseconds = milliseconds
            counter = random.next() & 0x3FF
        } else {
            counter += 1
            // The counter has 12 bits; when they are used up, time is taken from the next millisecond.
            if counter > 0xFFF {
                lastMilliseconds += 1
                counter = 0
            }
        }
        let high = lastMilliseconds << 16 | 0x7000 | counter
        let low = 0x8000_0000_0000_0000 | random.next() & 0x3FFF_FFFF_FFFF_FFFF
        return RecordID(high: high, low: low)
    }
}
