/// Keeps a spreadsheet from taking a cell for a formula, so that nothing is lost on the way back.
///
/// A cell that begins with `= + - @`, tab, CR, LF or the full-width `＝ ＋ － ＠`, or with apostrophes followed by one of
/// these, gets one apostrophe more; reading takes exactly one off such a cell. The two undo one another for every text,
/// those that really begin with an apostrophe among them.
public enum FormulaGuard {
    /// Says whether a cell, after any apostrophes, begins like a formula.
    @inline(__always)
    static func beginsLikeFormula(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count, bytes[index] == UInt8(ascii: "'") { index += 1 }
        guard index < bytes.count else { return false }
        switch bytes[index] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D:
            return true
        case 0xEF:
            guard index + 2 < bytes.count, bytes[index + 1] == 0xBC else { return false }
            // U+FF1D ＝, U+FF0B ＋, U+FF0D －, U+FF20 ＠
            return [0x9D, 0x8B, 0x8D, 0xA0].contains(bytes[index + 2])
        default:
            return false
        }
    }

    /// Returns the cell as it is written.
    public static func guarded(_ cell: String) -> String {
        needsApostrophe(cell) ? "'" + cell : cell
    }

    /// Returns the cell as it was before it was written.
    public static func unguarded(_ cell: String) -> String {
        cell.utf8.first == UInt8(ascii: "'") && needsApostrophe(cell)
            ? String(decoding: cell.utf8.dropFirst(), as: UTF8.self) : cell
    }

    private static func needsApostrophe(_ cell: String) -> Bool {
        var cell = cell
        return cell.withUTF8 { beginsLikeFormula(UnsafeRawBufferPointer($0)) }
    }
}
