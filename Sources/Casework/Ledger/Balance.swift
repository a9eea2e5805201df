public import MatchCore

/// The parts a promised or wanted quantity is divided into.
public protocol BalancePart: Hashable, Sendable, CaseIterable, RawRepresentable where RawValue == String {
    /// Where a new quantity enters, and where a quantity that came free returns to.
    static var free: Self { get }
    /// Where a quantity goes that is taken back for good.
    static var ended: Self { get }
    /// What people call the part.
    var name: LocalizedText { get }
}

/// The parts of an offer line: pledged = available + reserved + inTransit + received + withdrawn.
public enum OfferPart: String, BalancePart, Codable {
    case available, reserved, inTransit, received, withdrawn

    public static var free: OfferPart { .available }
    public static var ended: OfferPart { .withdrawn }
}

/// The parts of a wish line: wanted = open + reserved + inTransit + received + cancelled.
public enum WishPart: String, BalancePart, Codable {
    case open, reserved, inTransit, received, cancelled

    public static var free: WishPart { .open }
    public static var ended: WishPart { .cancelled }
}

public typealias OfferBalance = Balance<OfferPart>
public typealias WishBalance = Balance<WishPart>

/// The integer balance of one line, in pieces, minutes or fen.
///
/// No part is ever negative and the parts always sum to `total`; whatever numbers come in, a change either keeps
/// that or throws, and never traps. `total` is kept beside the parts, as the store keeps it, so that a fault shows.
public struct Balance<Part: BalancePart>: Hashable, Sendable {
    /// What was pledged or is wanted in all.
    public private(set) var total: Int64
    private var parts: [Part: Int64]

    /// A new line: all of `total` is free. Throws `quantity` when it is not above 0.
    public init(total: Int64) throws {
        guard total > 0 else { throw Self.notPositive(total) }
        self.total = total
        self.parts = [.free: total]
    }

    /// A line as a store gives it back. Throws `unsound` when a part is negative or the sum is not `total`.
    public init(total: Int64, parts: [Part: Int64]) throws {
        self.total = total
        self.parts = parts.filter { $0.value != 0 }
        try check()
    }

    /// The quantity in one part.
    public subscript(part: Part) -> Int64 { parts[part] ?? 0 }

    /// Throws `unsound`, with the numbers, when the balance does not hold.
    public func check() throws {
        var sum: Int64 = 0
        var overflows = false
        for amount in parts.values {
            guard amount >= 0 else { throw Self.unsound(total, parts) }
            let step = sum.addingReportingOverflow(amount)
            sum = step.partialValue
            overflows = overflows || step.overflow
        }
        guard !overflows, sum == total else { throw Self.unsound(total, parts) }
    }

    /// Returns the balance after `quantity` went from one part to another.
    ///
    /// Throws `quantity` when it is not above 0, `insufficient` when `source` holds less.
    public func moving(_ quantity: Int64, from source: Part, to target: Part) throws -> Balance {
        guard quantity > 0 else { throw Self.notPositive(quantity) }
        guard self[source] >= quantity else {
            throw CaseworkError.short(of: source, by: quantity) { self[$0] }
        }
        guard source != target else { return self }
        var result = self
        // No overflow: both sums stay within `total`, which is in range.
        result.parts[source] = self[source] - quantity
        result.parts[target] = self[target] + quantity
        if result.parts[source] == 0 { result.parts[source] = nil }
        return result
    }

    /// Returns the balance with `quantity` more pledged or wanted, free to be used.
    ///
    /// Throws `quantity` when it is not above 0, `unsound` when the total would leave 64 bits.
    public func toppedUp(by quantity: Int64) throws -> Balance {
        guard quantity > 0 else { throw Self.notPositive(quantity) }
        let sum = total.addingReportingOverflow(quantity)
        guard !sum.overflow else {
            throw CaseworkError(
                .unsound, "\(total) and \(quantity) more are beyond the largest number that can be kept.",
                zhHans: "\(total) 再加 \(quantity) 超出了可记录的最大数。")
        }
        var result = self
        result.total = sum.partialValue
        result.parts[.free] = self[.free] + quantity
        return result
    }

    /// Returns the balance with `quantity` of what is free taken back for good (withdrawn, cancelled).
    public func ending(_ quantity: Int64) throws -> Balance {
        try moving(quantity, from: .free, to: .ended)
    }

    private static func notPositive(_ quantity: Int64) -> CaseworkError {
        CaseworkError(
            .quantity, "The quantity is \(quantity); give a whole number of at least 1.",
            zhHans: "数量为 \(quantity)；应为不小于 1 的整数。")
    }

    private static func unsound(_ total: Int64, _ parts: [Part: Int64]) -> CaseworkError {
        let list = Part.allCases.map { "\($0.rawValue) \(parts[$0] ?? 0)" }.joined(separator: ", ")
        return CaseworkError(
            .unsound, "The balance does not hold: total \(total), \(list). Stop and look at the line's history.",
            zhHans: "台账不平：总数 \(total)，\(list)。请停止操作并核对该明细的历史。")
    }
}
