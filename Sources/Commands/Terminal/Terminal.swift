#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is known of the place that output goes to.
struct Terminal: Sendable {
    /// Columns; nil where output is no terminal, and then nothing is cut or wrapped.
    var width: Int?
    var isColoured: Bool
    /// A progress line may be drawn and redrawn on the error stream.
    var showsProgress: Bool

    /// The widest that running text is made, however wide the window.
    static let greatestTextWidth = 100

    init(width: Int?, isColoured: Bool = false, showsProgress: Bool = false) {
        self.width = width
        self.isColoured = isColoured
        self.showsProgress = showsProgress
    }

    /// Looks at the process's streams. `NO_COLOR` (any value but an empty one) and `TERM=dumb` turn colours off
    /// unless `colour` says otherwise; `COLUMNS` overrides the width of a terminal.
    init(environment: [String: String], colour: ColourChoice, isQuiet: Bool) {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let wantsNoColour = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        width = isTerminal ? environment["COLUMNS"].flatMap(Int.init) ?? Terminal.windowWidth() ?? 80 : nil
        if let given = width, given < 40 { width = 40 }
        switch colour {
        case .auto: isColoured = isTerminal && !wantsNoColour
        case .always: isColoured = true
        case .never: isColoured = false
        }
        showsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb" && !isQuiet
    }

    private static func windowWidth() -> Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
