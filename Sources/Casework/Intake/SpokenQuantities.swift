internal import MatchCore

/// The quantities that a text plainly says: a number with its measure, such as 两张, 三小时, 5000元, two pieces.
struct SpokenQuantities {
    struct Said: Hashable {
        let quantity: Int64
        let unit: Unit
        /// The number with its measure.
        let place: Range<Int>
        let words: String
        /// A bare number counts only the very next word.
        let hasMeasure: Bool
    }

    private let text: FoldedText
    private let all: [Said]
    private let people: [FoldedText]

    /// How many characters may stand between a number's measure and the thing.
    private static let reach = 4

    init(_ text: FoldedText, _ words: IntakeWords) {
        self.text = text
        people = words.people.map { FoldedText($0) }
        var measures: [(word: FoldedText, unit: Unit, times: Int64)] = []
        measures += words.measures.piece.map { (FoldedText($0), .piece, 1) }
        measures += words.measures.minute.map { (FoldedText($0.key), .minute, $0.value) }
        measures += words.measures.fen.map { (FoldedText($0.key), .fen, $0.value) }
        // The longest first, so that 个小时 is not taken for 个; a dictionary's order must not decide.
        measures.sort {
            ($1.word.scalars.count, $0.unit.rawValue, $0.word.text(0..<$0.word.scalars.count))
                < ($0.word.scalars.count, $1.unit.rawValue, $1.word.text(0..<$1.word.scalars.count))
        }
        var all: [Said] = []
        for number in SpokenNumber.all(in: text.scalars) {
            var longest: [Unit: Int] = [:]
            func add(_ unit: Unit, _ times: Int64, _ end: Int, hasMeasure: Bool) {
                let (quantity, tooMuch) = number.value.multipliedReportingOverflow(by: times)
                guard !tooMuch, quantity <= Quantity.greatest else { return }
                let place = number.place.lowerBound..<end
                all.append(
                    Said(
                        quantity: quantity, unit: unit, place: place, words: text.text(place), hasMeasure: hasMeasure))
            }
            let spaced = Self.skippingSpace(text.scalars, number.place.upperBound)
            for measure in measures where longest[measure.unit] == nil {
                let length = measure.word.scalars.count
                guard length > 0, spaced + length <= text.scalars.count,
                    text.scalars[spaced..<spaced + length].elementsEqual(measure.word.scalars),
                    // What is a longer measure of another kind (个小时) is not a shorter one (个).
                    longest.values.allSatisfy({ $0 <= length })
                else { continue }
                var end = spaced + length
                if let last = measure.word.scalars.last, last.value < 0x80, end < text.scalars.count,
                    text.scalars[end] == "s"
                {
                    end += 1
                }
                // min is no measure in "2 mini fridges".
                if let last = measure.word.scalars.last, Self.isLatin(last), end < text.scalars.count,
                    Self.isLatin(text.scalars[end])
                {
                    continue
                }
                longest[measure.unit] = length
                add(measure.unit, measure.times, end, hasMeasure: true)
            }
            if longest.isEmpty {
                if number.isInTenThousands { add(.fen, 100, number.place.upperBound, hasMeasure: true) }
                add(.piece, 1, number.place.upperBound, hasMeasure: false)
            }
        }
        self.all = all
    }

    /// The quantity of a unit said right before or right after a word; nil where there is none.
    func near(_ word: Range<Int>, unit: Unit) -> Said? {
        func isAbout(_ said: Said) -> Bool {
            if said.place.upperBound <= word.lowerBound {
                let between = said.place.upperBound..<word.lowerBound
                // "3 轮椅" may be a floor and then a wheelchair; "3 wheelchairs" is a number of them.
                guard said.hasMeasure || between.isEmpty || Self.isLatin(text.scalars[word.lowerBound]) else {
                    return false
                }
                let reach = said.hasMeasure ? Self.reach : 1
                // A space may have been a comma, behind which something else is spoken of.
                let distance = between.count + 2 * text.scalars[between].count { $0 == " " }
                let isNear = distance <= (said.hasMeasure ? reach : 3) && between.count <= reach
                return (isNear || between.count <= latinReach(between)) && !speaksOfPeople(between)
            }
            let between = word.upperBound..<max(said.place.lowerBound, word.upperBound)
            return said.hasMeasure && between.count <= 1
        }
        return all.first { $0.unit == unit && $0.place.upperBound <= word.lowerBound && isAbout($0) }
            ?? all.first { $0.unit == unit && $0.place.lowerBound >= word.upperBound && isAbout($0) }
    }

    /// The one quantity of a unit in the text; nil where there are two different ones, or none.
    func only(of unit: Unit) -> Said? {
        let said = all.filter { $0.unit == unit && $0.hasMeasure }
        return Set(said.map(\.quantity)).count == 1 ? said.first : nil
    }

    /// "two new folding wheelchairs": in a text of letters a word or two may stand between.
    private func latinReach(_ between: Range<Int>) -> Int {
        let isLatin = text.scalars[between].allSatisfy { $0.value < 0x80 }
        return isLatin && text.scalars[between].filter { $0 == " " }.count <= 3 ? 24 : 0
    }

    private func speaksOfPeople(_ between: Range<Int>) -> Bool {
        let words = FoldedText(text.text(between))
        return people.contains { words.firstPlace(of: $0) != nil }
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool { (0x61...0x7A).contains(scalar.value) }

    private static func skippingSpace(_ scalars: [Unicode.Scalar], _ index: Int) -> Int {
        index < scalars.count && scalars[index] == " " ? index + 1 : index
    }
}
