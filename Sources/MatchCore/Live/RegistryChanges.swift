/// What changed in a program since the last call of ``LiveRegistry/apply(_:)``.
///
/// Within one value later matters win: parties come first, then offers and wishes, then quantities, then what is
/// withdrawn.
public struct RegistryChanges: Sendable {
    /// Parties that are new or whose facts changed; the facts count for all of their offers at once.
    public var parties: [Party] = []
    /// Offers that are new, or that replace the offer with the same id.
    public var offers: [Offer] = []
    /// Wishes that are new, or that replace the wish with the same id.
    public var wishes: [Wish] = []
    /// What claims left free of offer lines. An offer that is not in the registry is passed over.
    public var available: [LineQuantity] = []
    /// What claims left open of wish lines. A wish that is not in the registry is passed over.
    public var wanted: [LineQuantity] = []
    public var withdrawnOffers: [RecordID] = []
    public var withdrawnWishes: [RecordID] = []
    /// Distances between sites, each in the place of the one that was known for its pair.
    public var distances: [DistanceTable.Row] = []

    public init() {}

    /// The quantity of one line of an offer or a wish.
    public struct LineQuantity: Sendable, Hashable {
        public var record: RecordID
        /// The number of the line; 1 for the first.
        public var line: Int
        /// 0…``Quantity/greatest``; nil where none is stated.
        public var quantity: Int64?

        public init(record: RecordID, line: Int, quantity: Int64?) {
            self.record = record
            self.line = line
            self.quantity = quantity
        }
    }

    public var isEmpty: Bool {
        parties.isEmpty && offers.isEmpty && wishes.isEmpty && available.isEmpty && wanted.isEmpty
            && withdrawnOffers.isEmpty && withdrawnWishes.isEmpty && distances.isEmpty
    }
}
