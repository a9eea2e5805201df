/// Finds identity numbers, bank cards and telephones among the digits of a text.
struct NumberSearch {
    let text: PlainScalars
    /// The year of today, for what can be a date of birth.
    let thisYear: Int

    func findings() -> [(MaskingKind, Range<Int>)] {
        DigitRun.all(in: text).flatMap { run in
            var taken: [(kind: MaskingKind, range: Range<Int>)] = []
            func take(_ kind: MaskingKind, _ range: Range<Int>) {
                guard !taken.contains(where: { $0.range.overlaps(range) }) else { return }
                taken.append((kind, range))
            }
            for range in identityNumbers(run) { take(.idNumber, range) }
            for range in run.stretches(13...19) where isBankCard(run.digits[range]) { take(.bankCard, range) }
            for range in mobiles(run) { take(.mobile, range) }
            for range in run.stretches(7...12) where isLandline(run, range) { take(.landline, range) }
            return taken.map { ($0.kind, run.place(of: $0.range)) }
        }
    }

    // MARK: Identity cards (GB 11643)

    private func identityNumbers(_ run: DigitRun) -> [Range<Int>] {
        let digits = run.digits
        var found: [Range<Int>] = []
        var start = 0
        while start + 18 <= digits.count {
            let range = start..<(start + 18)
            if hasRegion(digits, start), hasDate(digits, start + 6, years: 4), Self.checkDigit(digits[range]) {
                found.append(range)
                start += 18
            } else {
                start += 1
            }
        }
        // A slip of the finger in one place leaves the rest as it is: still somebody's number.
        found += run.stretches(18...18).filter {
            hasRegion(digits, $0.lowerBound) && hasDate(digits, $0.lowerBound + 6, years: 4)
        }
        found += run.stretches(15...15).filter {
            hasRegion(digits, $0.lowerBound) && hasDate(digits, $0.lowerBound + 6, years: 2)
                && digits[$0.upperBound - 1] < 10
        }
        return found
    }

    /// The provinces, by the first two digits.
    private static let regions: Set<Int> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62,
        63, 64, 65, 71, 81, 82, 83, 91,
    ]

    private func hasRegion(_ digits: [Int], _ start: Int) -> Bool {
        Self.regions.contains(digits[start] * 10 + digits[start + 1])
    }

    private func hasDate(_ digits: [Int], _ start: Int, years: Int) -> Bool {
        let number = digits[start..<(start + years)].reduce(0) { $0 * 10 + $1 }
        let year = years == 4 ? number : 1_900 + number
        let month = digits[start + years] * 10 + digits[start + years + 1]
        let day = digits[start + years + 2] * 10 + digits[start + years + 3]
        guard (1_850...thisYear).contains(year), (1...12).contains(month) else { return false }
        return CivilDate(year, month, day) != nil
    }

    /// ISO 7064, MOD 11-2.
    static func checkDigit(_ digits: ArraySlice<Int>) -> Bool {
        var sum = 0
        for digit in digits.dropLast() {
            guard digit < 10 else { return false }
            sum = (sum + digit) * 2 % 11
        }
        return digits.last == (12 - sum) % 11
    }

    // MARK: Bank cards (ISO/IEC 7812)

    private func isBankCard(_ digits: ArraySlice<Int>) -> Bool {
        guard let first = digits.first, (3...6).contains(first) || first == 9, !digits.contains(10) else {
            return false
        }
        return Self.luhn(digits)
    }

    static func luhn(_ digits: ArraySlice<Int>) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = index % 2 == 1 ? digit * 2 : digit
            sum += value > 9 ? value - 9 : value
        }
        return sum % 10 == 0 && digits.contains { $0 != 0 }
    }

    // MARK: Telephones

    private static let prefixes: [[Int]] = [[], [0], [8, 6], [0, 8, 6], [0, 0, 8, 6]]

    private func mobiles(_ run: DigitRun) -> [Range<Int>] {
        var found = run.stretches(11...15).filter { range in
            let digits = run.digits[range]
            let start = digits.endIndex - 11
            return isMobile(digits, start) && Self.prefixes.contains(Array(digits[..<start]))
        }
        // Among more digits of one group, such as behind a number that ends there.
        for (index, start) in run.bounds.dropLast().enumerated() {
            let end = run.bounds[index + 1]
            var place = start
            while place + 11 <= end {
                if isMobile(run.digits[start..<end], place) {
                    found.append(place..<(place + 11))
                    place += 11
                } else {
                    place += 1
                }
            }
        }
        return found
    }

    private func isMobile(_ digits: ArraySlice<Int>, _ start: Int) -> Bool {
        digits[start] == 1 && (3...9).contains(digits[start + 1]) && !digits[start..<(start + 11)].contains(10)
    }

    private static let cues = ["电话", "座机", "固话", "联系", "致电", "拨打", "来电", "打给", "tel", "phone", "call", "號碼", "電話"]
        .map { Array($0.unicodeScalars) }

    /// With the area's code, or a local one that the words before it call a telephone.
    private func isLandline(_ run: DigitRun, _ range: Range<Int>) -> Bool {
        let digits = Array(run.digits[range])
        guard !digits.contains(10) else { return false }
        if digits[0] == 0 {
            let area = digits[1] == 1 || digits[1] == 2 ? 3 : 4
            guard digits[1] >= 1, [7, 8].contains(digits.count - area) else { return false }
            return (2...8).contains(digits[area])
        }
        guard digits.count <= 8, (2...8).contains(digits[0]) else { return false }
        return text.has(Self.cues, before: run.place(of: range).lowerBound, within: 8)
    }
}
