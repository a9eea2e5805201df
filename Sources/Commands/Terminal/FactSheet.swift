/// Labels with their values, one below the other; values that are long go over several lines, and a label without a
/// value is left out.
struct FactSheet {
    private let facts: [(label: String, value: String)]

    init(_ facts: [(label: String, value: String)]) {
        self.facts = facts.filter { !$0.value.isEmpty }
    }

    func lines(on terminal: Terminal) -> [String] {
        let labelWidth = facts.map { DisplayWidth.of($0.label) }.max() ?? 0
        let room = terminal.width.map { max(20, min($0, Terminal.greatestTextWidth) - labelWidth - 2) }
        return facts.flatMap { label, value in
            let clean = PrintableText.clean(value)
            let pieces = room.map { PrintableText.wrapped(clean, to: $0) } ?? [clean]
            return pieces.enumerated().map { index, piece in
                let shown = index == 0 ? label : ""
                let padding = String(repeating: " ", count: labelWidth - DisplayWidth.of(shown) + 2)
                return Style.faint.applied(to: shown, isColoured: terminal.isColoured) + padding + piece
            }
        }
    }
}
