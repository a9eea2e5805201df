import MatchCore

/// One line on the error stream that says how far a long piece of work is: share, rate, and the time that is left.
///
/// It is redrawn at most ten times a second however often it is told, and is wiped when the work ends, so that it
/// never mixes with the output. Without a terminal it shows nothing.
final class ProgressLine {
    private let title: String
    /// Nil where the end is not known.
    private let total: Int64?
    private let language: Language
    private let isShown: Bool
    private let width: Int
    private let clock: () -> ContinuousClock.Instant
    private let draw: (String) -> Void
    private let start: ContinuousClock.Instant
    private var last: ContinuousClock.Instant?
    private var drawn = 0

    static let interval: Duration = .milliseconds(100)

    /// Takes the clock and where to draw, so that a test can stand in for both.
    init(
        _ title: String, total: Int64?, language: Language, terminal: Terminal,
        clock: @escaping () -> ContinuousClock.Instant = { ContinuousClock.now },
        draw: @escaping (String) -> Void = { StandardStreams.writeError($0) }
    ) {
        self.title = title
        self.total = total
        self.language = language
        isShown = terminal.showsProgress
        width = terminal.width ?? 80
        self.clock = clock
        self.draw = draw
        start = clock()
    }

    /// Says that so much is done.
    func update(_ done: Int64) {
        guard isShown else { return }
        let now = clock()
        if let last, now - last < ProgressLine.interval { return }
        last = now
        let text = PrintableText.truncated(line(done: done, elapsed: now - start), to: width - 1)
        let textWidth = DisplayWidth.of(text)
        draw("\r" + text + String(repeating: " ", count: max(0, drawn - textWidth)))
        drawn = textWidth
    }

    /// Wipes the line.
    func finish() {
        guard isShown, drawn > 0 else { return }
        draw("\r" + String(repeating: " ", count: drawn) + "\r")
        drawn = 0
    }

    private func line(done: Int64, elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let rate = seconds > 0.2 ? Double(done) / seconds : 0
        var parts = [title]
        if let total, total > 0 {
            let share = min(1, Double(done) / Double(total))
            parts.append("\(Bar.text(share: share, width: 20)) \(Int(share * 100))%")
        }
        parts.append(total.map { "\(Numbers.grouped(done))/\(Numbers.grouped($0))" } ?? Numbers.grouped(done))
        if rate > 0 {
            parts.append("\(Numbers.grouped(Int64(rate)))/s")
            if let total, total > done {
                let left = Int64((Double(total - done) / rate).rounded(.up))
                parts.append(GeneralWords.timeLeft[language].filled(["time": Numbers.duration(seconds: left)]))
            }
        }
        return parts.joined(separator: "  ")
    }
}
