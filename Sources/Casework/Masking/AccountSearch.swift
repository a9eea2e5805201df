/// Finds e-mail addresses and accounts at messengers.
struct AccountSearch {
    let text: PlainScalars

    func findings() -> [(MaskingKind, Range<Int>)] {
        mails().map { (.email, $0) } + accounts().map { (.account, $0) }
    }

    private func isPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCIILetter || scalar.isASCIIDigit || ["-", "_", "+", "%"].contains(scalar)
    }

    // MARK: E-mail

    private static let signs = ["@", "(at)", "[at]", "{at}", "#at#"].map { Array($0.unicodeScalars) }

    private func mails() -> [Range<Int>] {
        var found: [Range<Int>] = []
        for index in 0..<text.count {
            for sign in Self.signs where text.begins(sign, at: index) {
                guard let start = before(index), let end = behind(index + sign.count) else { continue }
                if found.last.map({ $0.upperBound <= start }) ?? true { found.append(start..<end) }
            }
        }
        return found
    }

    /// Where the part before the sign begins, at most one space before it.
    private func before(_ sign: Int) -> Int? {
        var place = sign
        if place > 0, text.scalars[place - 1] == " " { place -= 1 }
        let end = place
        while place > 0, isPart(text.scalars[place - 1]) || text.scalars[place - 1] == "." { place -= 1 }
        return place < end ? place : nil
    }

    /// Where the domain behind the sign ends: two labels at least.
    private func behind(_ sign: Int) -> Int? {
        var (place, labels, end) = (skipSpace(sign), 0, 0)
        while true {
            let start = place
            while place < text.count, isPart(text.scalars[place]) { place += 1 }
            guard place > start else { break }
            (labels, end) = (labels + 1, place)
            let dot = skipSpace(place)
            guard dot < text.count, [".", "。", "·"].contains(text.scalars[dot]) else { break }
            place = skipSpace(dot + 1)
        }
        return labels >= 2 ? end : nil
    }

    private func skipSpace(_ index: Int) -> Int {
        index < text.count && text.scalars[index] == " " ? index + 1 : index
    }

    // MARK: Messengers

    private static let messengers = ["微信号", "微信", "wechat", "weixin", "vx", "qq号", "qq", "whatsapp"].map {
        Array($0.unicodeScalars)
    }
    private static let fillers: Set<Unicode.Scalar> = ["号", "是", "为", ":", "：", " ", "=", "→"]

    private func accounts() -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < text.count {
            guard let word = Self.messengers.first(where: { text.begins($0, at: index) }) else {
                index += 1
                continue
            }
            var place = index + word.count
            while place < text.count, place < index + word.count + 4, Self.fillers.contains(text.scalars[place]) {
                place += 1
            }
            let start = place
            while place < text.count, place - start < 32, isPart(text.scalars[place]) { place += 1 }
            if place - start >= 5 { found.append(start..<place) }
            index = max(place, index + word.count)
        }
        return found
    }
}
