/// Finds addresses in English: `12 Garden Road`, `Renmin Road No. 12`, `Block 3, Room 501`.
struct LatinAddressSearch {
    let text: PlainScalars

    private struct Word {
        var text: String
        var place: Range<Int>
        var isNumber: Bool
    }

    private static let roads: Set<String> = [
        "road", "rd", "street", "st", "lane", "ln", "avenue", "ave", "alley", "drive", "boulevard", "blvd", "village",
    ]
    private static let rooms: Set<String> = [
        "room", "rm", "flat", "unit", "apartment", "apt", "block", "building", "bldg", "tower", "floor", "house", "no",
    ]

    func findings() -> [Range<Int>] {
        let words = words()
        guard words.count >= 2 else { return [] }
        var found: [Range<Int>] = []
        for index in words.indices {
            if let range = road(words, index) ?? room(words, index) {
                if let last = found.last, range.lowerBound <= last.upperBound + 2 {
                    found[found.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
                } else {
                    found.append(range)
                }
            }
        }
        return found
    }

    private func words() -> [Word] {
        var words: [Word] = []
        var place = 0
        while place < text.count {
            let start = place
            while place < text.count, text.scalars[place].isASCIILetter || text.scalars[place].isASCIIDigit {
                place += 1
            }
            if place > start {
                let scalars = text.scalars[start..<place]
                let digits = scalars.filter(\.isASCIIDigit).count
                words.append(
                    Word(
                        text: scalars.map(String.init).joined(), place: start..<place,
                        isNumber: digits > 0 && scalars.count - digits <= 1 && digits <= 5))
            } else {
                place += 1
            }
        }
        return words
    }

    private func areNear(_ one: Word, _ other: Word) -> Bool { other.place.lowerBound - one.place.upperBound <= 3 }

    private func road(_ words: [Word], _ index: Int) -> Range<Int>? {
        guard Self.roads.contains(words[index].text), index > 0, areNear(words[index - 1], words[index]) else {
            return nil
        }
        var first = index - 1
        guard !words[first].isNumber else { return nil }
        // 12 Garden Road: one to three words of a name.
        for _ in 0..<3 {
            guard first > 0, areNear(words[first - 1], words[first]) else { break }
            if words[first - 1].isNumber { return words[first - 1].place.lowerBound..<words[index].place.upperBound }
            first -= 1
        }
        // Renmin Road 12, Renmin Road No. 12.
        var next = index + 1
        if next < words.count, words[next].text == "no", areNear(words[index], words[next]) { next += 1 }
        guard next < words.count, words[next].isNumber, areNear(words[next - 1], words[next]) else { return nil }
        return words[index - 1].place.lowerBound..<words[next].place.upperBound
    }

    /// A room with a number of three figures or more, or two numbered parts of a building.
    private func room(_ words: [Word], _ index: Int) -> Range<Int>? {
        var (next, pairs, end) = (index, 0, 0)
        while next + 1 < words.count, Self.rooms.contains(words[next].text), words[next + 1].isNumber,
            areNear(words[next], words[next + 1]), pairs == 0 || words[next].place.lowerBound - end <= 3
        {
            pairs += 1
            end = words[next + 1].place.upperBound
            next += 2
        }
        guard pairs > 0 else { return nil }
        let isDoor =
            ["room", "rm", "flat", "apartment", "apt"].contains(words[index].text) && words[index + 1].text.count >= 3
        return pairs >= 2 || isDoor ? words[index].place.lowerBound..<end : nil
    }
}
