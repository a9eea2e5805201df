/// Everything an allocation is decided from: offers with capacities, wish lines, and for each line its candidates.
///
/// The candidates of all lines stand in one array, line after line (compressed rows): the candidates of line `w` are
/// `candidates[rowStart[w] ..< rowStart[w + 1]]`. Within a row the best score comes first and equal scores are ordered
/// by offer; the initialiser sorts, so that solvers may stop reading a row as soon as the rest cannot matter.
public struct AllocationInstance: Hashable, Sendable {
    /// The greatest score of a pair. Prices never pass it in a plain allocation, so 32 bits hold them.
    public static let greatestScore: Int32 = 100_000_000
    /// The most lines, offers or candidates. With it every sum of scores stays under 2^58.
    public static let greatestCount = Int(Int32.max) - 1

    /// How many units each offer can give.
    public let capacities: [Int32]
    /// The area of each offer.
    public let offerAreas: [Int32]
    /// How many units each wish line asks for.
    public let quantities: [Int32]
    /// The area of each wish line.
    public let wishAreas: [Int32]
    /// The urgency grade of each wish line; a greater number is more urgent.
    public let urgencies: [Int32]
    /// Where the candidates of each line begin; one entry more than there are lines.
    public let rowStart: [Int32]
    /// The candidates of all lines, line after line, best score first.
    public let candidates: [AllocationCandidate]

    /// The number of offers.
    public var offerCount: Int { capacities.count }
    /// The number of wish lines.
    public var wishCount: Int { quantities.count }

    /// Makes an instance and puts every row in order.
    ///
    /// - Throws: ``AllocationError`` when counts differ, a number is out of range, or a row names an offer that does not
    ///   exist or names one twice.
    public init(
        capacities: [Int32], offerAreas: [Int32], quantities: [Int32], wishAreas: [Int32], urgencies: [Int32],
        rowStart: [Int32], candidates: [AllocationCandidate]
    ) throws {
        let wishes = quantities.count
        guard offerAreas.count == capacities.count, wishAreas.count == wishes, urgencies.count == wishes,
            rowStart.count == wishes + 1, rowStart.first == 0, rowStart.last.map(Int.init) == candidates.count,
            wishes <= Self.greatestCount, capacities.count <= Self.greatestCount
        else {
            throw AllocationError(
                .wrongCount,
                message: "The columns of the instance differ in length. Give one entry per offer and per wish line, "
                    + "and one row start more than there are lines.")
        }
        if let offer = capacities.firstIndex(where: { $0 < 0 }) {
            throw AllocationError(
                .outOfRange, message: "Offer \(offer) has capacity \(capacities[offer]). Give 0 or more.")
        }
        if let wish = quantities.firstIndex(where: { $0 < 1 }) {
            throw AllocationError(
                .outOfRange, message: "Wish \(wish) has quantity \(quantities[wish]). Give 1 or more.")
        }
        if let wish = wishAreas.firstIndex(where: { $0 < 0 }) {
            throw AllocationError(.outOfRange, message: "Wish \(wish) has area \(wishAreas[wish]). Give 0 or more.")
        }
        var sorted = candidates
        var seen = [Int32](repeating: -1, count: capacities.count)
        for wish in 0..<wishes {
            let range = Int(rowStart[wish])..<max(Int(rowStart[wish]), Int(rowStart[wish + 1]))
            guard rowStart[wish] <= rowStart[wish + 1] else {
                throw AllocationError(.wrongCount, message: "The row of wish \(wish) ends before it begins.")
            }
            if let fault = Self.putInOrder(&sorted, range, wish: wish, seen: &seen) { throw fault }
        }
        self.init(
            checkedCapacities: capacities, offerAreas: offerAreas, quantities: quantities, wishAreas: wishAreas,
            urgencies: urgencies, rowStart: rowStart, candidates: sorted)
    }

    /// Takes columns that the caller has checked and ordered.
    init(
        checkedCapacities: [Int32], offerAreas: [Int32], quantities: [Int32], wishAreas: [Int32], urgencies: [Int32],
        rowStart: [Int32], candidates: [AllocationCandidate]
    ) {
        self.capacities = checkedCapacities
        self.offerAreas = offerAreas
        self.quantities = quantities
        self.wishAreas = wishAreas
        self.urgencies = urgencies
        self.rowStart = rowStart
        self.candidates = candidates
    }

    /// Checks the row of one wish and sorts it where it is not sorted yet.
    ///
    /// - Parameter seen: For each offer the last wish that named it; finds an offer named twice without sorting.
    static func putInOrder(
        _ candidates: inout [AllocationCandidate], _ range: Range<Int>, wish: Int, seen: inout [Int32]
    ) -> AllocationError? {
        var inOrder = true
        var last = AllocationCandidate(offer: -1, score: .max)
        for index in range {
            let candidate = candidates[index]
            guard candidate.offer >= 0, Int(candidate.offer) < seen.count else {
                return AllocationError(
                    .badCandidate,
                    message: "Wish \(wish) names offer \(candidate.offer), but offers run from 0 to \(seen.count - 1).")
            }
            guard candidate.score >= 0, candidate.score <= greatestScore else {
                return AllocationError(
                    .outOfRange,
                    message: "Wish \(wish) gives offer \(candidate.offer) the score \(candidate.score). "
                        + "Scores run from 0 to \(greatestScore).")
            }
            guard seen[Int(candidate.offer)] != Int32(truncatingIfNeeded: wish) else {
                return AllocationError(
                    .badCandidate,
                    message: "Wish \(wish) names offer \(candidate.offer) twice. Name each offer once per wish.")
            }
            seen[Int(candidate.offer)] = Int32(truncatingIfNeeded: wish)
            if candidate.score > last.score || (candidate.score == last.score && candidate.offer < last.offer) {
                inOrder = false
            }
            last = candidate
        }
        if !inOrder {
            candidates[range].sort { $0.score != $1.score ? $0.score > $1.score : $0.offer < $1.offer }
        }
        return nil
    }
}
