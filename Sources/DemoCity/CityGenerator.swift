internal import Exchange
internal import MatchCore

/// Writes a generated city as `parties.csv`, `offers.csv` and `wishes.csv`, in the product's own columns.
///
/// Row by row: memory does not grow with the size. All names bear the mark 示例, and no row names a person.
public struct CityGenerator: Sendable {
    private let city: City

    /// Throws ``CityError`` with the code `badSize` where a number is negative, or there are offers and no party.
    public init(options: CityOptions, material: CityMaterial) throws(CityError) {
        guard options.wishes >= 0, options.parties >= 0, options.offers >= 0 else {
            throw CityError(.badSize, "A number of records is negative. Give 0 or more.", "记录数不能为负数，请给出 0 或更大的数。")
        }
        guard options.offers == 0 || options.parties > 0 else {
            throw CityError(.badSize, "Offers need a party. Give at least 1 party.", "资源须有主体，请至少生成 1 个主体。")
        }
        city = City(options: options, material: material)
    }

    /// Writes the three files into a folder, which is made where it is missing. Each appears under its name only once
    /// all three are complete; files of an earlier city are replaced.
    ///
    /// - Parameter progress: hears every 10,000 rows how many are written in all.
    public func write(to directory: String, progress: (Int) -> Void = { _ in }) throws(CityError) {
        let options = city.options
        var written = 0
        func count() {
            written += 1
            if written.isMultiple(of: 10_000) { progress(written) }
        }
        try CityFile.makeFolder(directory)
        let parties = try CityFile("parties.csv", in: directory, columns: PartySheet.columns)
        for number in 0..<options.parties {
            let identity = city.identity(number)
            try parties.write(
                PartySheet.cells(
                    of: city.party(number, identity), externalID: city.key("P", number).handle, name: identity.name))
            count()
        }
        try parties.finish()
        let offers = try CityFile("offers.csv", in: directory, columns: OfferSheet.columns)
        for number in 0..<options.offers {
            let made = city.offer(number)
            for line in made.offer.lines {
                try offers.write(
                    OfferSheet.cells(of: line, in: made.offer, party: made.party.handle, received: made.received))
            }
            count()
        }
        try offers.finish()
        let wishes = try CityFile("wishes.csv", in: directory, columns: WishSheet.columns)
        for number in 0..<options.wishes {
            let wish = city.wish(number)
            for line in wish.lines { try wishes.write(WishSheet.cells(of: line, in: wish)) }
            count()
        }
        try wishes.finish()
        for file in [parties, offers, wishes] { try file.publish() }
    }
}
