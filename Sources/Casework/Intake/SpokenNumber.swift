/// Reads whole numbers as people write them: `12`, `十二`, `两百`, `六十万`, `two`.
enum SpokenNumber {
    /// A number in a folded text, and where it stands.
    struct Found: Hashable {
        let value: Int64
        let place: Range<Int>
        /// Written with 万, as sums of money are even where nobody says yuan.
        let isInTenThousands: Bool
    }

    /// Every number of a folded text, in its order. What is not plainly one (`一千五`, `二〇二六`) is left out.
    static func all(in scalars: [Unicode.Scalar]) -> [Found] {
        var found: [Found] = []
        var start = 0
        while start < scalars.count {
            if let word = english(scalars, start) {
                found.append(word)
                start = word.place.upperBound
                continue
            }
            guard isDigit(scalars[start]) || magnitudes[scalars[start]] == 10 else {
                start += 1
                continue
            }
            var end = start
            while end < scalars.count, isDigit(scalars[end]) || magnitudes[scalars[end]] != nil { end += 1 }
            // A number within a word (W12, 第三) counts nothing.
            let isApart = start == 0 || !(isLatin(scalars[start - 1]) || scalars[start - 1] == "第")
            if isApart, let value = value(scalars[start..<end]) {
                found.append(
                    Found(value: value, place: start..<end, isInTenThousands: scalars[start..<end].contains("万")))
            }
            start = end
        }
        return found
    }

    /// Makes the text ready for folding, which takes points and commas for spaces: thousands are closed up, and a number
    /// with decimals becomes no number at all, so that 1.5 is never read as 5.
    static func withoutPoints(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        func isPlain(_ index: Int) -> Bool {
            scalars.indices.contains(index) && (0x30...0x39).contains(scalars[index].value)
        }
        var result = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            guard isPlain(index) else {
                result.append(scalars[index])
                index += 1
                continue
            }
            var digits = String.UnicodeScalarView()
            var isWhole = true
            while isPlain(index)
                || (index < scalars.count && ".,".unicodeScalars.contains(scalars[index])
                    && isPlain(index + 1))
            {
                if isPlain(index) {
                    digits.append(scalars[index])
                } else {
                    let isThousand =
                        scalars[index] == "," && isPlain(index + 2) && isPlain(index + 3)
                        && !isPlain(index + 4)
                    isWhole = isWhole && isThousand
                }
                index += 1
            }
            if isWhole { result.append(contentsOf: digits) } else { result.append("n") }
        }
        return String(result)
    }

    private static let digits: [Unicode.Scalar: Int64] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let magnitudes: [Unicode.Scalar: Int64] = ["十": 10, "百": 100, "千": 1_000, "万": 10_000]
    private static let words: [String: Int64] = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    ]

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { digit(scalar) != nil }

    private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
        (0x30...0x39).contains(scalar.value) ? Int64(scalar.value - 0x30) : digits[scalar]
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool { (0x61...0x7A).contains(scalar.value) }

    private static func english(_ scalars: [Unicode.Scalar], _ start: Int) -> Found? {
        guard isLatin(scalars[start]), start == 0 || !isLatin(scalars[start - 1]) && !isDigit(scalars[start - 1]) else {
            return nil
        }
        var end = start
        while end < scalars.count, end - start < 8, isLatin(scalars[end]) { end += 1 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<end])
        return words[String(text)].map { Found(value: $0, place: start..<end, isInTenThousands: false) }
    }

    private static func value(_ scalars: ArraySlice<Unicode.Scalar>) -> Int64? {
        var (total, section) = (Int64(0), Int64(0))
        var number: Int64?
        var digitCount = 0
        var isChinese = false
        for scalar in scalars {
            if let digit = digit(scalar) {
                isChinese = isChinese || digits[scalar] != nil
                digitCount += 1
                // Chinese digits in a row are a year or a number of a house; sixteen plain ones are no quantity.
                guard digitCount <= (isChinese ? 1 : 12) || number == 0 else { return nil }
                number = (number ?? 0) * 10 + digit
            } else if let magnitude = magnitudes[scalar] {
                if magnitude == 10_000 {
                    guard section > 0 || number != nil else { return nil }
                    total = (total + section + (number ?? 0)) * 10_000
                    section = 0
                } else {
                    section += (number ?? 1) * magnitude
                }
                (number, digitCount) = (nil, 0)
            }
            guard total < 1_000_000_000_000, section < 1_000_000_000_000 else { return nil }
        }
        // 一千五 is 1,500 to some and 1,005 to others.
        if let last = scalars.last, digits[last] ?? 0 > 0, let before = scalars.dropLast().last,
            magnitudes[before] ?? 0 > 10
        {
            return nil
        }
        let sum = total + section + (number ?? 0)
        return sum > 0 ? sum : nil
    }
}
