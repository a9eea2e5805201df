internal import MatchCore

/// What a person said of themselves, in plain words, on its way to the blind index. It is never stored, logged or shown.
public struct PersonHints: Sendable, CustomStringConvertible, CustomReflectable {
    public var name: String?
    public var phone: String?
    public var idNumber: String?
    /// The door: street, number, flat.
    public var address: String?
    public var street: String?
    public var birthYear: Int?

    public init(
        name: String? = nil, phone: String? = nil, idNumber: String? = nil, address: String? = nil,
        street: String? = nil, birthYear: Int? = nil
    ) {
        self.name = name
        self.phone = phone
        self.idNumber = idNumber
        self.address = address
        self.street = street
        self.birthYear = birthYear
    }

    /// The earliest year of birth that is believed of somebody who asks for help.
    public static let earliestBirthYear = 1_900

    /// Throws `malformed` for a year of birth that cannot be one: before 1900, or after this year.
    public static func check(birthYear: Int?, thisYear: Int) throws {
        guard let birthYear, !(earliestBirthYear...max(earliestBirthYear, thisYear)).contains(birthYear) else {
            return
        }
        throw CaseworkError(
            .malformed, "\(birthYear) is no year of birth; give one from \(earliestBirthYear) to \(thisYear).",
            zhHans: "\(birthYear) 不是有效的出生年份，应为 \(earliestBirthYear) 至 \(thisYear)。")
    }

    /// Whether nothing is said.
    public var isEmpty: Bool {
        birthYear == nil && [name, phone, idNumber, address, street].allSatisfy { $0 == nil }
    }

    /// Finds the first mobile number and the first identity number that stand in somebody's words.
    public init(saidIn words: String) {
        var run: [Unicode.Scalar] = []
        func take() {
            let text = String(String.UnicodeScalarView(run))
            if run.count == 18, PersonText.birthYear(ofIDNumber: text) != nil {
                idNumber = idNumber ?? text
            } else if let number = PersonText.phone(text), number.count == 11, number.hasPrefix("1") {
                phone = phone ?? text
            }
            run = []
        }
        for scalar in words.unicodeScalars.prefix(InboxRecord.longest) {
            let plain = PersonText.plain(scalar)
            if (0x30...0x39).contains(plain.value) || plain == "+" || (plain == "X" || plain == "x") && run.count == 17
            {
                run.append(plain)
            } else if plain == "-" || plain == " ", !run.isEmpty, run.count < 18 {
                continue
            } else {
                take()
            }
        }
        take()
    }

    /// What is given here, else what is given there.
    public func filled(from other: PersonHints) -> PersonHints {
        PersonHints(
            name: name ?? other.name, phone: phone ?? other.phone, idNumber: idNumber ?? other.idNumber,
            address: address ?? other.address, street: street ?? other.street,
            birthYear: birthYear ?? other.birthYear)
    }

    /// Says how many hints there are, and none of them.
    public var description: String {
        let count = [name, phone, idNumber, address, street].count { $0 != nil } + (birthYear == nil ? 0 : 1)
        return "PersonHints(\(count))"
    }

    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One way of writing for what people write in many.
enum PersonText {
    /// Digits alone: without spaces, hyphens, brackets, and without +86, 0086 or 86 before a number of the mainland.
    /// Nil for what has fewer than 7 digits or more than 15.
    static func phone(_ text: String) -> String? {
        // Of several numbers the first one; words beside it are left out.
        let pieces = text.unicodeScalars.map(plain).split { scalar in
            scalar.properties.isAlphabetic || "/,;、".unicodeScalars.contains(scalar)
        }
        guard let scalars = pieces.first(where: { $0.count { (0x30...0x39).contains($0.value) } >= 7 }) else {
            return nil
        }
        var digits = scalars.filter { (0x30...0x39).contains($0.value) }.map { Character($0) }
        let isInternational = scalars.first { $0 != " " } == "+"
        if digits.starts(with: "0086") {
            digits.removeFirst(4)
        } else if digits.starts(with: "86"), isInternational || digits.count == 13 {
            digits.removeFirst(2)
        } else if isInternational {
            digits.insert("+", at: 0)
        }
        // An area code written after +86 has lost its 0.
        if isInternational, digits.first != "+", digits.first != "1", digits.first != "0" { digits.insert("0", at: 0) }
        return (7...16).contains(digits.count) ? String(digits) : nil
    }

    /// Upper case, letters and digits alone; nil for fewer than 6 of them.
    static func idNumber(_ text: String) -> String? {
        let kept = text.unicodeScalars.map(plain).filter { scalar in
            (0x30...0x39).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
                || (0x61...0x7A).contains(scalar.value)
        }
        let number = String(String.UnicodeScalarView(kept)).uppercased()
        return (6...32).contains(number.utf8.count) ? number : nil
    }

    /// The year of birth in an 18-digit identity number of the mainland; nil for another.
    static func birthYear(ofIDNumber text: String) -> Int? {
        guard let number = idNumber(text), number.utf8.count == 18, number.dropLast().utf8.allSatisfy({ $0 < 0x3A }),
            let year = Int(number.dropFirst(6).prefix(4)), (PersonHints.earliestBirthYear...2200).contains(year),
            let month = Int(number.dropFirst(10).prefix(2)), (1...12).contains(month)
        else { return nil }
        return year
    }

    /// Folded, without spaces; nil for nothing.
    static func folded(_ text: String) -> String? {
        let folded = FoldedText(text)
        let kept = folded.scalars.filter { $0 != " " }
        return kept.isEmpty ? nil : String(String.UnicodeScalarView(kept))
    }

    /// The street of an address: up to and with its last 路, 街, 巷, 道 or 里; nil where none of these stands in it.
    static func street(ofAddress text: String) -> String? {
        guard let folded = folded(text) else { return nil }
        let scalars = Array(folded.unicodeScalars)
        guard let end = scalars.lastIndex(where: { "路街巷道里".unicodeScalars.contains($0) }), end > 0 else { return nil }
        return String(String.UnicodeScalarView(scalars[...end]))
    }

    static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value == 0x3000 { return " " }
        return (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
}
