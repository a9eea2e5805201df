/// Rows and columns that align whatever the script, in the width of the terminal.
struct Table: Sendable {
    struct Column: Sendable {
        var title: String
        var alignment: Alignment
        var room: Room

        enum Alignment: Sendable { case left, right }

        /// What becomes of a cell that is wider than the room there is.
        enum Room: Sendable {
            /// Always shown in full: numbers, names to copy.
            case full
            /// Cut with `…`, but never below so many columns.
            case truncating(least: Int)
            /// Broken into lines, each of at least so many columns.
            case wrapping(least: Int)

            var least: Int? {
                switch self {
                case .full: nil
                case .truncating(let least), .wrapping(let least): least
                }
            }
        }

        static func text(_ title: String, least: Int = 12) -> Column {
            Column(title: title, alignment: .left, room: .truncating(least: least))
        }
        static func prose(_ title: String, least: Int = 20) -> Column {
            Column(title: title, alignment: .left, room: .wrapping(least: least))
        }
        static func name(_ title: String) -> Column { Column(title: title, alignment: .left, room: .full) }
        static func number(_ title: String) -> Column { Column(title: title, alignment: .right, room: .full) }
    }

    struct Cell: Sendable, ExpressibleByStringLiteral {
        var text: String
        var style: Style

        init(_ text: String, _ style: Style = .plain) {
            self.text = PrintableText.clean(text)
            self.style = style
        }

        init(stringLiteral value: String) { self.init(value) }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []
    private static let gutter = 2

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row with one cell for each column.
    mutating func add(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "a row has one cell for each column")
        rows.append(cells)
    }

    /// The table in lines without their ends, the titles first; no line is wider than the terminal unless the columns
    /// that are always shown in full need more.
    func lines(on terminal: Terminal) -> [String] {
        let widths = widths(within: terminal.width)
        var lines = [
            line(columns.map { Cell($0.title, .heading) }, widths: widths, isColoured: terminal.isColoured),
            Style.faint.applied(
                to: widths.map { String(repeating: "─", count: $0) }.joined(
                    separator: String(repeating: " ", count: Table.gutter)), isColoured: terminal.isColoured),
        ]
        for row in rows {
            for physical in broken(row, widths: widths) {
                lines.append(line(physical, widths: widths, isColoured: terminal.isColoured))
            }
        }
        return lines
    }

    /// Natural widths, shrunk from the widest flexible column down until they fit.
    private func widths(within limit: Int?) -> [Int] {
        var widths = columns.map { DisplayWidth.of($0.title) }
        for row in rows {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], DisplayWidth.of(cell.text)) }
        }
        guard let limit else { return widths }
        let room = limit - Table.gutter * (columns.count - 1)
        var excess = widths.reduce(0, +) - room
        while excess > 0 {
            let shrinkable = columns.indices.filter { index in
                columns[index].room.least.map { widths[index] > max($0, DisplayWidth.of(columns[index].title)) }
                    ?? false
            }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func broken(_ row: [Cell], widths: [Int]) -> [[Cell]] {
        let cells: [[Cell]] = row.enumerated().map { index, cell in
            switch columns[index].room {
            case .full: [cell]
            case .truncating: [Cell(PrintableText.truncated(cell.text, to: widths[index]), cell.style)]
            case .wrapping: PrintableText.wrapped(cell.text, to: widths[index]).map { Cell($0, cell.style) }
            }
        }
        let height = cells.map(\.count).max() ?? 1
        return (0..<height).map { level in cells.map { level < $0.count ? $0[level] : Cell("") } }
    }

    private func line(_ cells: [Cell], widths: [Int], isColoured: Bool) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(cell.text)))
            let text = cell.style.applied(to: cell.text, isColoured: isColoured)
            if index > 0 { line += String(repeating: " ", count: Table.gutter) }
            line += columns[index].alignment == .left ? text + padding : padding + text
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
