/// A text as words are looked for in it: without case, full-width forms as plain ones, and every run of spaces and
/// punctuation as one space.
public struct FoldedText: Sendable, Hashable {
    /// At most 65,536; what stands behind them is not looked at.
    public let scalars: [Unicode.Scalar]

    public init(_ text: String) { scalars = TextFolding.folded(text) }

    /// The words of a stretch, as they were folded.
    public func text(_ place: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[place])
        return String(text)
    }

    /// Where a word stands for the first time; nil where it does not.
    ///
    /// A word of letters must not be a part of a longer one (an English plural is the same word); Chinese has no such
    /// borders.
    public func firstPlace(of word: FoldedText) -> Range<Int>? {
        let (length, wanted) = (word.scalars.count, word.scalars)
        guard length > 0, length <= scalars.count else { return nil }
        for start in 0...scalars.count - length
        where scalars[start] == wanted[0] && scalars[start..<start + length].elementsEqual(wanted) {
            if Self.startsWord(scalars, start), Self.endsWord(scalars, start + length) {
                return start..<start + length
            }
        }
        return nil
    }

    /// Where a word ends for the last time; nil where it does not stand.
    public func lastEnd(of word: FoldedText) -> Int? {
        let (length, wanted) = (word.scalars.count, word.scalars)
        guard length > 0, length <= scalars.count else { return nil }
        for start in (0...scalars.count - length).reversed()
        where scalars[start] == wanted[0] && scalars[start..<start + length].elementsEqual(wanted) {
            if Self.startsWord(scalars, start), Self.endsWord(scalars, start + length) { return start + length }
        }
        return nil
    }

    /// Whether a word of letters that begins here is not the middle of a longer one.
    static func startsWord(_ scalars: [Unicode.Scalar], _ start: Int) -> Bool {
        start == 0 || !isLetter(scalars, start) || !isLetter(scalars, start - 1)
    }

    /// The same at the end, where an English plural (`-s`, `-es`) is the same word.
    static func endsWord(_ scalars: [Unicode.Scalar], _ end: Int) -> Bool {
        guard isLetter(scalars, end - 1), isLetter(scalars, end) else { return true }
        var plural = end
        if scalars[plural] == "e" { plural += 1 }
        return plural < scalars.count && scalars[plural] == "s" && !isLetter(scalars, plural + 1)
    }

    private static func isLetter(_ scalars: [Unicode.Scalar], _ at: Int) -> Bool {
        at < scalars.count && TextFolding.kind(scalars[at]) == .letter
    }
}
