/// What a published seed draws for the pairs of a plan.
///
/// The lot of a pair is the first eight bytes of SHA-256 over the seed's 32 bytes, the line's name, a zero byte and the
/// offer's name, taken modulo 10¹². Nobody can steer it who published the seed's own SHA-256 before the registry was
/// what it is.
public struct PlanDraw: Sendable {
    private let seed: [UInt8]

    /// Nil where the plan has no seed.
    ///
    /// - Throws: ``PlanFault`` when the seed is none, or is not the one that was committed to.
    init?(_ plan: PlanDocument) throws {
        guard let text = plan.seed else {
            guard plan.commitment == nil else {
                throw PlanFault(message: "The plan has a commitment without its seed.")
            }
            return nil
        }
        guard let draw = PlanDraw(seed: text) else {
            throw PlanFault(message: "The seed is not 64 hexadecimal digits.")
        }
        guard plan.commitment == draw.commitment else {
            throw PlanFault(message: "The seed is not the one that was committed to.")
        }
        self = draw
    }

    /// Nil for anything but 64 hexadecimal digits.
    public init?(seed text: String) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for letter in text.utf8 {
            let digit: UInt8
            switch letter {
            case 48...57: digit = letter - 48
            case 97...102: digit = letter - 87
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard bytes.count == 32, high == nil else { return nil }
        seed = bytes
    }

    /// What is published before the draw.
    public var commitment: String { SHA256.hexadecimal(SHA256.digest(of: seed)) }

    /// The lot of one pair, 0 ..< 10¹².
    public func lot(line: String, offer: String) -> Int64 {
        let digest = SHA256.digest(of: seed + Array(line.utf8) + [0] + Array(offer.utf8))
        return Int64(digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000_000_000)
    }

    /// The lots of all pairs. Lines and offers without names have their numbers for names.
    func lots(of plan: PlanDocument) throws -> [Int64] {
        guard plan.lineNames?.count ?? plan.lines.count == plan.lines.count,
            plan.offerNames?.count ?? plan.offers.count == plan.offers.count
        else { throw PlanFault(message: "There are other numbers of names than of lines and offers.") }
        return plan.pairs.map { pair in
            lot(
                line: plan.lineNames?[Int(pair[0])] ?? String(pair[0]),
                offer: plan.offerNames?[Int(pair[1])] ?? String(pair[1]))
        }
    }
}
