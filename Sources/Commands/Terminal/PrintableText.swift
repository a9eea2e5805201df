/// Text that people sent, made safe to show on a terminal.
///
/// A control character could move the cursor, recolour or retitle the terminal, and a bidirectional override could
/// show a sentence in another order than it is written; neither is let through. Line breaks and tabs become a space,
/// so that a record stays on the lines of its own cell.
enum PrintableText {
    /// Marks on one letter beyond this many are dropped: they would smear over the lines above.
    static let greatestMarks = 8

    static func clean(_ text: String) -> String {
        // Nearly every text is clean already.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var clean = String.UnicodeScalarView()
        var marks = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x2028, 0x2029:
                clean.append(" ")
                marks = 0
            case 0..<0x20, 0x7F..<0xA0:
                clean.append("\u{FFFD}")
                marks = 0
            case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0xFEFF: continue
            default:
                if scalar.value >= 0x300, scalar.properties.generalCategory == .nonspacingMark {
                    marks += 1
                    if marks > greatestMarks { continue }
                } else {
                    marks = 0
                }
                clean.append(scalar)
            }
        }
        return String(clean)
    }

    /// The text in at most `width` columns; what is cut off is marked by `…`.
    static func truncated(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        guard width > 0 else { return "" }
        var kept = ""
        var used = 0
        for character in text {
            let step = DisplayWidth.of(character)
            if used + step > width - 1 { break }
            kept.append(character)
            used += step
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The text in lines of at most `width` columns: broken at spaces and between Chinese characters, and inside a
    /// word only where the word alone is too long. Punctuation that closes does not begin a line.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        guard width > 1, DisplayWidth.of(text) > width else { return [text] }
        var lines: [String] = []
        var line = ""
        var lineWidth = 0
        for piece in pieces(of: text) {
            let pieceWidth = DisplayWidth.of(piece)
            if lineWidth + pieceWidth <= width {
                line += piece
                lineWidth += pieceWidth
                continue
            }
            if piece == " " {
                close(&line, &lineWidth, &lines)
                continue
            }
            if lineWidth > 0 { close(&line, &lineWidth, &lines) }
            for character in piece {
                let step = DisplayWidth.of(character)
                if lineWidth + step > width { close(&line, &lineWidth, &lines) }
                line.append(character)
                lineWidth += step
            }
        }
        if !line.isEmpty { close(&line, &lineWidth, &lines) }
        return lines.isEmpty ? [""] : lines
    }

    private static func close(_ line: inout String, _ width: inout Int, _ lines: inout [String]) {
        while line.last == " " { line.removeLast() }
        if !line.isEmpty { lines.append(line) }
        line = ""
        width = 0
    }

    /// Words, spaces, and single wide characters with the closing punctuation behind them.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            if character == " " {
                if !word.isEmpty { pieces.append(word) }
                word = ""
                pieces.append(" ")
            } else if closing.contains(character), word.isEmpty, let last = pieces.last, last != " " {
                pieces[pieces.count - 1] = last + String(character)
            } else if DisplayWidth.of(character) == 2 {
                if !word.isEmpty { pieces.append(word) }
                word = ""
                pieces.append(String(character))
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { pieces.append(word) }
        return pieces
    }

    private static let closing: Set<Character> = ["，", "。", "、", "；", "：", "？", "！", "）", "》", "”", "’", "」"]
}
