/// How a text that people write is taken in, whichever way it comes: a file, a request, a command.
extension StringProtocol {
    /// The text without spaces at either end, the ideographic space and those of no width included; empty where nothing in it
    /// could be seen.
    ///
    /// What is inside stays as it is: a joiner between two letters of Persian or Hindi belongs to the word, as the selector
    /// behind a sign does.
    public var trimmed: String {
        var scalars = Substring(self).unicodeScalars
        while let first = scalars.first, first.isSpace { scalars.removeFirst() }
        while let last = scalars.last, last.isSpace { scalars.removeLast() }
        // Most texts begin with what can be seen.
        return scalars.allSatisfy(\.isUnseen) ? "" : String(scalars)
    }
}

extension Unicode.Scalar {
    /// White space, or a space of no width.
    fileprivate var isSpace: Bool {
        // Printable ASCII stands at the ends of most texts.
        guard value <= 0x20 || value >= 0x7F else { return false }
        switch value {
        case 0x200B, 0x2060, 0xFEFF: return true
        default: return properties.isWhitespace
        }
    }

    /// What leaves no mark when it stands without anything else: joiners, fillers, selectors, signs of direction.
    fileprivate var isUnseen: Bool {
        guard value <= 0x20 || value >= 0x7F else { return false }
        switch value {
        // The blank of Braille, and the anchors of annotations.
        case 0x2800, 0xFFF9...0xFFFB: return true
        default: return isSpace || properties.isDefaultIgnorableCodePoint
        }
    }
}
