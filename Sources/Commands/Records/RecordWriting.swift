import MatchCore
import Operations

/// Quantities and places in words.
struct RecordWriting {
    let areas: AreaTree
    let categories: CategoryTree
    let language: Language

    /// A code of the program's own vocabulary in words.
    func code(_ kind: CodeWords.Kind, _ code: String) -> String { CodeWords.text(kind, code)?[language] ?? code }

    func category(_ code: String?) -> String {
        guard let code else { return GeneralWords.notStated[language] }
        return categories[code]?.name[language] ?? code
    }

    /// `3 件`, `CNY 120.00`; not stated for nil.
    func quantity(_ number: Int64?, _ unit: Unit) -> String {
        guard let number else { return GeneralWords.notStated[language] }
        if unit == .fen { return DataWords.priceValue[language].filled(["yuan": Numbers.yuan(fen: number)]) }
        return "\(Numbers.grouped(number)) \(DataWords.unit(unit)[language])"
    }

    func quantity(_ number: Int64?, _ unit: String) -> String { quantity(number, Unit(code: unit) ?? .piece) }

    func place(_ place: PlaceView) -> String {
        if let area = place.area { return areas.path(of: area, in: language) }
        if let latitude = place.latitude, let longitude = place.longitude { return "\(latitude), \(longitude)" }
        return GeneralWords.notStated[language]
    }

    func list(_ codes: [String]) -> String { codes.joined(separator: GeneralWords.listSeparator[language]) }

    func areas(_ codes: [String]) -> String { list(codes.map { areas.path(of: $0, in: language) }) }

    func window(_ from: Day?, _ until: Day?) -> String {
        guard from != nil || until != nil else { return "" }
        return "\(from?.description ?? "…") – \(until?.description ?? "…")"
    }

    func truth(_ flag: Bool) -> String { (flag ? GeneralWords.yes : .no)[language] }
}
