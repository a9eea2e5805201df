/// The origin of a page as browsers send it in `Origin`: scheme, host, and the port where it is not the scheme's usual one.
///
/// It is compared to the byte, so another spelling of the same site would let nobody in, and nobody would be told why.
struct BrowserOrigin {
    let text: String

    /// Nil for a text that no browser sends.
    init?(_ text: String) {
        guard Self.nearest(to: text) == text else { return nil }
        self.text = text
    }

    /// Why a text can be nobody's own origin, though browsers send it.
    enum Opacity {
        /// `null`: what pages in a sandbox, in a file or in the address itself send, whoever made them.
        case null
        /// A scheme of an app or an extension. By the URL standard such an address has no origin of its own, and what programs
        /// send instead differs.
        case ownScheme
    }

    /// What keeps a text from being an origin that could be let in; nil where it is only written wrongly, or right.
    static func opacity(of text: String) -> Opacity? {
        let lower = text.lowercased()
        if lower == "null" { return .null }
        let halves = lower.split(separator: "/", maxSplits: 1)
        guard halves.count == 2, let scheme = halves.first, scheme.hasSuffix(":"), halves[1].hasPrefix("/"),
            halves[1].count > 1, !["http:", "https:"].contains(scheme),
            scheme.dropLast().utf8.allSatisfy({ byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
            })
        else { return nil }
        return .ownScheme
    }

    /// The origin that a text seems to mean; nil where it means none.
    static func nearest(to text: String) -> String? {
        guard opacity(of: text) == nil else { return nil }
        let lower = text.lowercased()
        let scheme: String
        var rest: Substring
        if let found = ["https", "http"].first(where: { lower.hasPrefix("\($0)://") }) {
            scheme = found
            rest = lower.dropFirst(found.count + 3)
        } else {
            guard !lower.contains("://") else { return nil }
            scheme = "https"
            rest = lower[...]
        }
        rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        var port = ""
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") {
            port = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
            guard let number = UInt16(port), number > 0 else { return nil }
            if port == (scheme == "https" ? "443" : "80") { port = "" }
        }
        guard isHost(rest) else { return nil }
        return "\(scheme)://\(rest)" + (port.isEmpty ? "" : ":\(port)")
    }

    private static func isHost(_ text: Substring) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") {
            return text.count > 4 && text.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        return !text.isEmpty && !text.hasPrefix(".") && !text.hasPrefix("-")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
