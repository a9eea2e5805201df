/// The numbers that the words of a registry's records stand for: skills, languages and groups, weekly hours, lists of
/// areas and grams.
///
/// It only grows, so a registry that continues another's lexicon reads the other's numbers as they were meant.
struct Lexicon: Sendable {
    private(set) var vocabularies = Vocabularies()
    /// Distinct weekly hours.
    private(set) var hours: [WeeklyHours] = []
    /// Distinct lists of areas that offers serve, by numbers in the area tree.
    private(set) var areaSets: [[Int32]] = []
    private(set) var grams: [Gram] = []
    private var hoursNumbers: [WeeklyHours: Int32] = [:]
    private var areaSetNumbers: [[Int32]: Int32] = [:]
    private var gramNumbers: [Gram: Int32] = [:]

    /// How many numbers of 32 bits a set of skills, of languages and of groups takes.
    var planeCounts: [Int] {
        [vocabularies.skills, vocabularies.languages, vocabularies.groups].map { SetColumns.planeCount($0.count) }
    }

    mutating func intern(skills words: [String]) -> [Int32] { words.map { vocabularies.skills.intern($0) } }

    mutating func intern(languages words: [String]) -> [Int32] { words.map { vocabularies.languages.intern($0) } }

    mutating func intern(groups words: [String]) -> [Int32] { words.map { vocabularies.groups.intern($0) } }

    mutating func intern(_ weekly: WeeklyHours?) -> Int32 {
        guard let weekly else { return -1 }
        if let number = hoursNumbers[weekly] { return number }
        let number = Int32(hours.count)
        hours.append(weekly)
        hoursNumbers[weekly] = number
        return number
    }

    mutating func intern(serviceAreas codes: [String], _ tree: CodeTree) -> Int32 {
        let set = codes.compactMap { tree.index(of: $0) }.sorted()
        // Areas that the tree does not have serve nobody, so an offer that names only such stays restricted.
        guard !codes.isEmpty else { return -1 }
        if let number = areaSetNumbers[set] { return number }
        let number = Int32(areaSets.count)
        areaSets.append(set)
        areaSetNumbers[set] = number
        return number
    }

    /// The numbers of a text's grams, ascending.
    mutating func intern(grams ofText: [Gram]) -> [Int32] {
        var numbers: [Int32] = []
        numbers.reserveCapacity(ofText.count)
        for gram in ofText {
            if let number = gramNumbers[gram] {
                numbers.append(number)
            } else {
                let number = Int32(grams.count)
                gramNumbers[gram] = number
                grams.append(gram)
                numbers.append(number)
            }
        }
        return numbers.sorted()
    }
}
