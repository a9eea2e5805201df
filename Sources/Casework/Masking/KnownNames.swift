/// Finds the names of known people in a text.
struct KnownNames: Sendable {
    /// By their first character, the longest first: a long import looks each of its wordings over with the names of all staff.
    private var names: [Unicode.Scalar: [[Unicode.Scalar]]] = [:]

    init(_ names: some Sequence<String>) { add(names) }

    /// Names of one character and those that are masked already are left out: they tell nobody.
    mutating func add(_ names: some Sequence<String>) {
        for name in Set(names) {
            let plain = PlainScalars(name).scalars.filter { !$0.properties.isWhitespace && $0 != "·" }
            guard plain.count >= 2, !plain.contains("某"), !plain.contains("*"),
                plain.allSatisfy({ $0.isHan || $0.properties.isAlphabetic })
            else { continue }
            self.names[plain[0], default: []].append(plain)
            self.names[plain[0]]?.sort { $0.count > $1.count }
        }
    }

    func findings(in text: PlainScalars) -> [(MaskingKind, Range<Int>)] {
        guard !names.isEmpty else { return [] }
        return (0..<text.count).flatMap { start -> [(MaskingKind, Range<Int>)] in
            for name in names[text.scalars[start]] ?? [] {
                if let end = end(of: name, at: start, in: text) { return [(.name, start..<end)] }
            }
            return []
        }
    }

    /// Where a name ends that begins here, whatever spaces and points stand between its characters.
    private func end(of name: [Unicode.Scalar], at start: Int, in text: PlainScalars) -> Int? {
        guard text.scalars[start] == name[0] else { return nil }
        let isLatin = !name[0].isHan
        if isLatin, start > 0, text.scalars[start - 1].properties.isAlphabetic, !text.scalars[start - 1].isHan {
            return nil
        }
        var place = start + 1
        for scalar in name.dropFirst() {
            place = text.skipping(place, most: 2)
            guard place < text.count, text.scalars[place] == scalar else { return nil }
            place += 1
        }
        if isLatin, place < text.count, text.scalars[place].properties.isAlphabetic, !text.scalars[place].isHan {
            return nil
        }
        return place
    }

    private static let doubleSurnames: Set<String> = ["欧阳", "司徒", "上官", "诸葛", "司马", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容"]

    /// A surname with 某 behind it, or an initial.
    static func masked(_ name: ArraySlice<Unicode.Scalar>) -> String {
        guard let first = name.first else { return "" }
        guard first.isHan else { return "\(String(first).uppercased())." }
        let two = name.filter(\.isHan).prefix(2).map(String.init).joined()
        return (doubleSurnames.contains(two) ? two : String(first)) + "某"
    }
}
