import ArgumentParser

/// Whether output is coloured.
enum ColourChoice: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// On a terminal that has not asked for none.
    case auto
    case always
    case never
}

/// What a piece of output is, and with it how it looks where colours are on.
enum Style: Sendable {
    case plain
    case heading
    case faint
    case good
    case fair
    case poor
    case fault
    case advice

    /// The parameters of the SGR escape sequence; none for plain text.
    private var code: String? {
        switch self {
        case .plain: nil
        case .heading: "1"
        case .faint: "2"
        case .good: "32"
        case .fair: "33"
        case .poor: "31"
        case .fault: "1;31"
        case .advice: "36"
        }
    }

    /// The text in this style; unchanged where `isColoured` is false.
    func applied(to text: String, isColoured: Bool) -> String {
        guard isColoured, let code, !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    /// How a score value looks: good from two thirds, poor below one third.
    static func ofValue(_ value: Int32) -> Style { value >= 666_667 ? .good : value >= 333_334 ? .fair : .poor }
}
