import MatchCore
import Testing

/// What is taken off a text before it is kept.
@Suite struct KeptTextTests {
    @Test(arguments: [
        ("轮椅", "轮椅"), (" 轮椅 ", "轮椅"), ("\u{3000}轮 椅\u{3000}\n", "轮 椅"), ("\t a\u{00A0}", "a"),
        // Spaces of no width, and a mark of byte order.
        ("\u{200B}轮椅\u{2060}\u{FEFF}", "轮椅"), ("", ""), (" ", ""), ("\u{200B}", ""), (" \u{FEFF}\u{3000}", ""),
        // What leaves no mark alone: joiners, a soft hyphen, a filler of Hangul, the blank of Braille, a selector.
        ("\u{200D}", ""), ("\u{200C} \u{200D}", ""), ("\u{00AD}", ""), ("\u{3164}", ""), ("\u{2800}", ""),
        ("\u{FE0F}", ""), ("\u{202E}", ""), ("\u{E0041}", ""),
        // Inside a word, and behind a sign, they belong to it.
        ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("❤\u{FE0F}", "❤\u{FE0F}"), ("क्\u{200D}", "क्\u{200D}"), (".", "."),
        ("👨\u{200D}👩\u{200D}👧", "👨\u{200D}👩\u{200D}👧"),
    ])
    func spacesAtTheEndsGoAndWhatNobodySeesIsNothing(text: String, kept: String) {
        #expect(Array(text.trimmed.unicodeScalars) == Array(kept.unicodeScalars))
        #expect(text.trimmed.trimmed == text.trimmed)
    }
}
