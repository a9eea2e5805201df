/// Reads the ALLOC1 text of an instance, piece by piece.
///
/// The text is whitespace-separated whole numbers: `ALLOC1 W O E SEED`, then for each offer `capacity area`, then for
/// each wish `quantity area urgency n` and `n` pairs `offer score`. Pieces may end anywhere, also within a number, so a
/// file need never stand in memory as a whole.
public struct AllocationInstanceReader {
    private enum Field {
        case magic, wishes, offers, edges, seed, capacity, offerArea, quantity, wishArea, urgency, count, offer, score,
            end
    }

    private static let magic = Array("ALLOC1".utf8)
    private static let greatestArea: Int = 1_000_000

    private var field = Field.magic
    private var magicSeen = 0
    private var value = 0
    private var inNumber = false
    private var line = 1
    private var wishes = 0
    private var offers = 0
    private var edges = 0
    private var pairsLeft = 0
    private var pairOffer: Int32 = 0
    private var capacities: [Int32] = []
    private var offerAreas: [Int32] = []
    private var quantities: [Int32] = []
    private var wishAreas: [Int32] = []
    private var urgencies: [Int32] = []
    private var rowStart: [Int32] = [0]
    private var candidates: [AllocationCandidate] = []
    private var seen: [Int32] = []

    /// Makes a reader that waits for the first piece.
    public init() {}

    /// Reads an instance from a whole text.
    ///
    /// - Throws: ``AllocationError`` with the line of the first fault.
    public static func instance(from text: some Sequence<UInt8>) throws -> AllocationInstance {
        var reader = AllocationInstanceReader()
        let done: Void? = try text.withContiguousStorageIfAvailable { try reader.append(UnsafeRawBufferPointer($0)) }
        if done == nil {
            try Array(text).withUnsafeBytes { try reader.append($0) }
        }
        return try reader.finish()
    }

    /// Takes the next piece of the text.
    ///
    /// - Throws: ``AllocationError`` with the line of the first fault.
    public mutating func append(_ piece: UnsafeRawBufferPointer) throws {
        var index = 0
        let end = piece.count
        while index < end, field == .magic {
            try takeMagic(piece[index])
            index += 1
        }
        // The loop reads through the buffer's base only below `end`, which is the buffer's own length.
        guard index < end, let bytes = piece.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var value = self.value
        var inNumber = self.inNumber
        while index < end {
            let byte = bytes[index]
            index &+= 1
            let digit = byte &- 48
            if digit < 10 {
                value = value &* 10 &+ Int(digit)
                inNumber = true
                // No field takes more than ten digits, so this stops long before 63 bits are used.
                if value > 99_999_999_999 {
                    throw fault(.outOfRange, "A number has too many digits. Every number here fits in 11.")
                }
            } else if byte == 32 || byte == 10 || byte == 13 || byte == 9 {
                if inNumber {
                    try take(value)
                    value = 0
                    inNumber = false
                }
                if byte == 10 { line &+= 1 }
            } else {
                throw fault(
                    .malformed,
                    "The byte \(byte) is neither a digit nor a space. Only whole numbers without a sign are read here.")
            }
        }
        self.value = value
        self.inNumber = inNumber
    }

    /// Ends the text and returns the instance.
    ///
    /// - Throws: ``AllocationError`` when the text stops early or the head's counts do not fit.
    public mutating func finish() throws -> AllocationInstance {
        if inNumber {
            inNumber = false
            try take(value)
        }
        guard field == .end else {
            throw fault(
                .wrongCount,
                "The text ends early: \(capacities.count) of \(offers) offers and \(quantities.count) of \(wishes) "
                    + "wishes were read. Check that the file is whole.")
        }
        guard candidates.count == edges else {
            throw fault(
                .wrongCount,
                "The head announces \(edges) candidates, but the wishes have \(candidates.count). Correct the head.")
        }
        return AllocationInstance(
            checkedCapacities: capacities, offerAreas: offerAreas, quantities: quantities, wishAreas: wishAreas,
            urgencies: urgencies, rowStart: rowStart, candidates: candidates)
    }

    private func fault(_ code: AllocationError.Code, _ message: String) -> AllocationError {
        AllocationError(code, message: message, line: line)
    }

    private mutating func takeMagic(_ byte: UInt8) throws {
        if magicSeen < Self.magic.count, byte == Self.magic[magicSeen] {
            magicSeen += 1
        } else if magicSeen == Self.magic.count, byte == 32 || byte == 9 {
            field = .wishes
        } else {
            throw fault(.malformed, "The text does not begin with ALLOC1. Give a file in the ALLOC1 format.")
        }
    }

    @inline(__always)
    private mutating func take(_ number: Int) throws {
        if field == .offer {
            guard number < offers else {
                throw fault(
                    .badCandidate,
                    "Wish \(quantities.count - 1) names offer \(number), but offers run from 0 to \(offers - 1).")
            }
            pairOffer = Int32(truncatingIfNeeded: number)
            field = .score
        } else if field == .score {
            guard number <= Int(AllocationInstance.greatestScore) else {
                throw fault(
                    .outOfRange,
                    "The score \(number) is too great. Scores run from 0 to \(AllocationInstance.greatestScore).")
            }
            candidates.append(AllocationCandidate(offer: pairOffer, score: Int32(truncatingIfNeeded: number)))
            pairsLeft &-= 1
            field = .offer
            if pairsLeft == 0 { try endRow() }
        } else {
            try takeOther(number)
        }
    }

    private mutating func takeOther(_ number: Int) throws {
        switch field {
        case .wishes:
            wishes = try count(number, "wishes")
            field = .offers
        case .offers:
            offers = try count(number, "offers")
            field = .edges
        case .edges:
            edges = try count(number, "candidates")
            field = .seed
        case .seed:
            reserve()
            field = offers > 0 ? .capacity : (wishes > 0 ? .quantity : .end)
        case .capacity:
            capacities.append(try small(number, least: 0, most: Int(Int32.max), "capacity"))
            field = .offerArea
        case .offerArea:
            offerAreas.append(try small(number, least: 0, most: Self.greatestArea, "area"))
            if capacities.count < offers {
                field = .capacity
            } else {
                seen = [Int32](repeating: -1, count: offers)
                field = wishes > 0 ? .quantity : .end
            }
        case .quantity:
            quantities.append(try small(number, least: 1, most: Int(Int32.max), "quantity"))
            field = .wishArea
        case .wishArea:
            wishAreas.append(try small(number, least: 0, most: Self.greatestArea, "area"))
            field = .urgency
        case .urgency:
            urgencies.append(try small(number, least: 0, most: 1000, "urgency"))
            field = .count
        case .count:
            guard number <= edges - candidates.count else {
                throw fault(
                    .wrongCount,
                    "Wish \(quantities.count - 1) announces \(number) candidates, but the head leaves "
                        + "\(edges - candidates.count). Correct one of the two.")
            }
            pairsLeft = number
            field = .offer
            if number == 0 { try endRow() }
        default:
            throw fault(.wrongCount, "The text goes on after the last wish. Remove what follows, or correct the head.")
        }
    }

    private mutating func endRow() throws {
        let range = Int(rowStart[rowStart.count - 1])..<candidates.count
        let fault = AllocationInstance.putInOrder(&candidates, range, wish: quantities.count - 1, seen: &seen)
        if let fault { throw AllocationError(fault.code, message: fault.message, line: line) }
        rowStart.append(Int32(truncatingIfNeeded: candidates.count))
        field = quantities.count < wishes ? .quantity : .end
    }

    /// Makes room at once, but never for more than a million records on the word of a head alone.
    private mutating func reserve() {
        capacities.reserveCapacity(min(offers, 1_000_000))
        offerAreas.reserveCapacity(min(offers, 1_000_000))
        quantities.reserveCapacity(min(wishes, 1_000_000))
        wishAreas.reserveCapacity(min(wishes, 1_000_000))
        urgencies.reserveCapacity(min(wishes, 1_000_000))
        rowStart.reserveCapacity(min(wishes, 1_000_000) + 1)
        candidates.reserveCapacity(min(edges, 32_000_000))
        candidates.withUnsafeMutableBufferPointer { empty in
            let bytes = min(edges, 32_000_000) * MemoryLayout<AllocationCandidate>.stride
            if let start = empty.baseAddress { MemoryAdvice.useLargePages(start, bytes: bytes) }
        }
    }

    private func count(_ number: Int, _ what: String) throws -> Int {
        guard number <= AllocationInstance.greatestCount else {
            throw fault(.outOfRange, "\(number) \(what) are too many. At most \(AllocationInstance.greatestCount).")
        }
        return number
    }

    private func small(_ number: Int, least: Int, most: Int, _ what: String) throws -> Int32 {
        guard number >= least, number <= most else {
            throw fault(.outOfRange, "The \(what) \(number) is not allowed. Give \(least) to \(most).")
        }
        return Int32(truncatingIfNeeded: number)
    }
}
