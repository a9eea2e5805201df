internal import MatchCore

/// HTML as it is put together: what is text is never taken for markup.
struct HTMLText {
    private(set) var result = ""

    mutating func raw(_ markup: String) { result += markup }

    mutating func text(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Both languages; the style shows one of them.
    mutating func both(_ text: LocalizedText) {
        raw("<span class=\"zh\" lang=\"zh-Hans\">")
        self.text(text.zhHans)
        raw("</span><span class=\"en\" lang=\"en\">")
        self.text(text.en)
        raw("</span>")
    }
}
