/// An immutable snapshot of a program: its offers, wishes and parties as columns, with the trees and tables that
/// scorers need. A reader keeps the snapshot that it began with.
public final class Registry: Sendable {
    public let areas: AreaTree
    public let categories: CategoryTree
    public let offers: OfferColumns
    public let wishes: WishColumns
    public let parties: PartyColumns
    public let distances: DistanceTable
    public let grams: GramTable
    /// The numbers that the columns are written in.
    let lexicon: Lexicon
    /// Offers by number whose party is not in the snapshot, by their party.
    let strays: [RecordID: [Int32]]

    init(
        areas: AreaTree, categories: CategoryTree, offers: OfferColumns, wishes: WishColumns, parties: PartyColumns,
        distances: DistanceTable, grams: GramTable, lexicon: Lexicon, strays: [RecordID: [Int32]]
    ) {
        self.areas = areas
        self.categories = categories
        self.offers = offers
        self.wishes = wishes
        self.parties = parties
        self.distances = distances
        self.grams = grams
        self.lexicon = lexicon
        self.strays = strays
    }

    public var vocabularies: Vocabularies { lexicon.vocabularies }

    /// Distinct weekly hours.
    public var hours: [WeeklyHours] { lexicon.hours }

    /// Distinct lists of areas that offers serve, by numbers in the area tree.
    public var areaSets: [[Int32]] { lexicon.areaSets }
}

extension Registry {
    /// Bytes that the offers take in columns, block summaries and facts of their parties; texts and keys aside.
    public var byteCountOfOffers: Int {
        offers.byteCount + offers.summaries.byteCount + offers.coarseSummaries.byteCount + parties.byteCount
    }
}

/// The words that the sets of a snapshot are made of.
public struct Vocabularies: Sendable {
    /// Skills and qualifications.
    public var skills = Vocabulary()
    public var languages = Vocabulary()
    public var groups = Vocabulary()

    public init() {}
}
