/// Digits that stand together, whatever is put between them: a number may be written in groups, spaced or punctuated.
struct DigitRun {
    /// 0 to 9; 10 for the X at the end of an identity number.
    private(set) var digits: [Int] = []
    /// Where each stands in the text.
    private(set) var places: [Int] = []
    /// The indices of the digits with which groups begin, and the end of the last.
    private(set) var bounds: [Int] = []

    /// All runs of a text, in order.
    static func all(in text: PlainScalars) -> [DigitRun] {
        var runs: [DigitRun] = []
        var place = 0
        while place < text.count {
            guard text.digit(place) != nil else {
                place += 1
                continue
            }
            let run = DigitRun(text, from: place)
            runs.append(run)
            place = (run.places.last ?? place) + 1
        }
        return runs
    }

    private init(_ text: PlainScalars, from start: Int) {
        var place = start
        bounds = [0]
        while place < text.count {
            if let digit = text.digit(place) {
                digits.append(digit)
            } else if text.scalars[place] == "x", digits.count >= 17 {
                digits.append(10)
            } else {
                break
            }
            places.append(place)
            if digits.last == 10 { break }
            let next = text.skipping(place + 1)
            guard next < text.count, text.digit(next) != nil || text.scalars[next] == "x" else { break }
            if next > place + 1 { bounds.append(digits.count) }
            place = next
        }
        bounds.append(digits.count)
    }

    /// Where some of the digits stand in the text, with what is between them.
    func place(of range: Range<Int>) -> Range<Int> { places[range.lowerBound]..<(places[range.upperBound - 1] + 1) }

    /// Every stretch of whole groups that has one of these lengths, the longest first.
    func stretches(_ lengths: ClosedRange<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for (index, start) in bounds.enumerated() {
            for end in bounds[(index + 1)...] {
                if end - start > lengths.upperBound { break }
                if lengths.contains(end - start) { found.append(start..<end) }
            }
        }
        return found.sorted { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
    }
}
