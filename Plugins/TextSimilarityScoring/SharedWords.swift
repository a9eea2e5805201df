/// Turns shared grams back into something that a person can read: 学习, 习桌, 桌椅 into 学习桌椅.
enum SharedWords {
    /// Joins grams that overlap, the first of the list first; at most `limit` words.
    ///
    /// Grams of two characters overlap by one, grams of three letters by two. Single letters are left out.
    static func joined(_ grams: [String], limit: Int) -> [String] {
        // A reader looks at a handful; joining is quadratic, so it is done for a few dozen at most.
        // Grams are made of scalars, and comparing those costs far less than comparing characters.
        var open = grams.prefix(64).map { Array($0.unicodeScalars) }
        var words: [String] = []
        while !open.isEmpty, words.count < limit {
            var word = open.removeFirst()
            let length = word.count
            if length > 1 {
                while let next = open.firstIndex(where: {
                    $0.count == length && $0.dropLast() == word.suffix(length - 1)
                }) {
                    word.append(open.remove(at: next)[length - 1])
                }
                while let before = open.firstIndex(where: {
                    $0.count == length && $0.dropFirst() == word.prefix(length - 1)
                }) {
                    word.insert(open.remove(at: before)[0], at: 0)
                }
            }
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: word.lazy.filter { $0 != "^" && $0 != "$" })
            let text = String(scalars)
            let isLetter = text.utf8.count == 1
            if !text.isEmpty, !isLetter { words.append(text) }
        }
        return words
    }
}
