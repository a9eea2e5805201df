public import MatchCore

/// The lines of a program's promise ledger, as a value: what a store must do, stated in code.
public struct PromiseLedger: Hashable, Sendable {
    public private(set) var offers: [RecordID: OfferBalance]
    public private(set) var wishes: [RecordID: WishBalance]

    public init(offers: [RecordID: OfferBalance] = [:], wishes: [RecordID: WishBalance] = [:]) {
        self.offers = offers
        self.wishes = wishes
    }

    /// Pledges `quantity` on an offer line; on a line that exists, tops it up.
    public mutating func pledge(_ quantity: Int64, on line: RecordID) throws {
        offers[line] = try offers[line]?.toppedUp(by: quantity) ?? OfferBalance(total: quantity)
    }

    /// Wants `quantity` on a wish line; on a line that exists, wants more.
    public mutating func want(_ quantity: Int64, on line: RecordID) throws {
        wishes[line] = try wishes[line]?.toppedUp(by: quantity) ?? WishBalance(total: quantity)
    }

    /// Takes back what is still available on an offer line. What is promised already must first be released.
    public mutating func withdraw(_ quantity: Int64, from line: RecordID) throws {
        offers[line] = try balance(offers[line], line).ending(quantity)
    }

    /// Cancels what is still open on a wish line.
    public mutating func cancel(_ quantity: Int64, of line: RecordID) throws {
        wishes[line] = try balance(wishes[line], line).ending(quantity)
    }

    /// Makes all the moves or none: the first that a line refuses leaves the ledger as it was.
    public mutating func apply(_ moves: [LedgerMove]) throws {
        // One or two lines per side change, so the new balances are kept aside instead of a copy of the ledger.
        var newOffers: [RecordID: OfferBalance] = [:]
        var newWishes: [RecordID: WishBalance] = [:]
        for move in moves {
            let offer = try balance(newOffers[move.offerLine] ?? offers[move.offerLine], move.offerLine)
            let wish = try balance(newWishes[move.wishLine] ?? wishes[move.wishLine], move.wishLine)
            let (offerParts, wishParts) = (move.kind.offer, move.kind.wish)
            newOffers[move.offerLine] = try offer.moving(move.quantity, from: offerParts.from, to: offerParts.to)
            newWishes[move.wishLine] = try wish.moving(move.quantity, from: wishParts.from, to: wishParts.to)
        }
        offers.merge(newOffers) { _, new in new }
        wishes.merge(newWishes) { _, new in new }
    }

    /// Throws `unsound` for the first line (by id) whose balance does not hold.
    public func check() throws {
        for line in offers.keys.sorted() { try offers[line]?.check() }
        for line in wishes.keys.sorted() { try wishes[line]?.check() }
    }

    private func balance<Part>(_ found: Balance<Part>?, _ line: RecordID) throws -> Balance<Part> {
        guard let found else {
            throw CaseworkError(
                .unknown, "The ledger has no line \(line).", zhHans: "台账中没有明细 \(line)。")
        }
        return found
    }
}
