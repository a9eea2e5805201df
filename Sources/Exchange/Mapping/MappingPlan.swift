internal import Foundation
internal import InputGate
internal import MatchCore

/// One row with the rows of other files that belong to it.
struct RowContext {
    let row: CSVRow
    let tables: [MappingTable]
    let header: [String]
    var found: [Int?]
    var flag = ""

    init(row: CSVRow, tables: [MappingTable], header: [String]) {
        self.row = row
        self.tables = tables
        self.header = header
        found = [Int?](repeating: nil, count: tables.count)
    }

    func text(_ place: MappingEngine.Place) -> String {
        switch place {
        case .cell(let index): index < row.count ? row[index] : ""
        case .table(let number, let column): found[number].map { tables[number].rows[$0][column] } ?? ""
        case .rowNumber: String(row.number)
        case .flag: flag
        }
    }

    /// Where a text stands in the file, for a message.
    func origin(_ place: MappingEngine.Place?) -> ImportPlace {
        var origin = ImportPlace(row: row.number, line: row.line)
        if case .cell(let index)? = place {
            origin.column = index + 1
            origin.columnName = header.indices.contains(index) ? header[index] : nil
        }
        return origin
    }
}

/// A value rule whose columns have been found.
struct ValuePlan: Sendable {
    enum Part: Sendable {
        case literal(String)
        case place(MappingEngine.Place)
    }

    let parts: [Part]
    let rule: Mapping.ValueRule
    let suggestion: Suggestion?
    let places: [MappingEngine.Place]

    /// The text, translated.
    func text(_ context: RowContext) throws(ImportFault) -> String {
        try translated(raw(context), context)
    }

    /// The items of a list, each translated, none of them empty or twice.
    func items(_ context: RowContext) throws(ImportFault) -> [String] {
        guard let delimiter = rule.split else {
            let text = try text(context)
            return text.isEmpty ? [] : [text]
        }
        var items: [String] = []
        for piece in raw(context).components(separatedBy: delimiter) {
            let item = try translated(piece.trimmed, context)
            if !item.isEmpty, !items.contains(item) { items.append(item) }
        }
        return items
    }

    private func raw(_ context: RowContext) -> String {
        var text = ""
        if parts.count == 1, case .place(let place) = parts[0] {
            text = context.text(place).trimmed
        } else {
            for part in parts {
                switch part {
                case .literal(let literal): text += literal
                case .place(let place): text += context.text(place).trimmed
                }
            }
        }
        if let part = rule.part {
            let pieces = text.components(separatedBy: part.delimiter)
            let index = part.place > 0 ? part.place - 1 : pieces.count + part.place
            text = pieces.indices.contains(index) ? pieces[index].trimmed : ""
        }
        if let first = rule.first { text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(first))) }
        return text.composed
    }

    private func translated(_ text: String, _ context: RowContext) throws(ImportFault) -> String {
        guard let translation = rule.translation else { return text }
        if let value = translation.values[text] { return value }
        switch translation.fallback {
        case .keep: return text
        case .constant(let constant): return text.isEmpty ? text : constant
        case .reject:
            if text.isEmpty { return text }
            let closest = suggestion?.sentence(for: text) ?? Wording("", "")
            throw ImportFault(
                .unknownValue, at: context.origin(places.first),
                Wording(
                    "'\(text)' is not a value that the mapping knows.\(closest.english)",
                    "映射中没有“\(text)”这个值。\(closest.chinese)"))
        }
    }
}

/// Finds the columns that rules name.
struct PlanMaker {
    var names: [String: MappingEngine.Place]
    let twice: Set<String>

    func place(_ name: String, _ line: Int) throws(MappingError) -> MappingEngine.Place {
        if twice.contains(name) {
            throw .columnTwice(name, line: line)
        }
        guard let place = names[name] else { throw .unknownColumn(name, known: names.keys.sorted(), line: line) }
        return place
    }

    func value(_ rule: Mapping.ValueRule) throws(MappingError) -> ValuePlan {
        var parts: [ValuePlan.Part] = []
        switch rule.source {
        case .column(let name): parts = [.place(try place(name, rule.line))]
        case .constant(let text): parts = [.literal(text)]
        case .template(let pieces):
            for piece in pieces {
                switch piece {
                case .literal(let text): parts.append(.literal(text))
                case .column(let name): parts.append(.place(try place(name, rule.line)))
                }
            }
        }
        return ValuePlan(
            parts: parts, rule: rule, suggestion: rule.translation.map { Suggestion($0.values.keys.sorted()) },
            places: parts.compactMap { if case .place(let place) = $0 { place } else { nil } })
    }

    func field(_ rule: Mapping.FieldRule) throws(MappingError) -> FieldPlan {
        FieldPlan(rule: rule, source: try value(rule.value))
    }
}

/// A field rule whose columns have been found.
struct FieldPlan: Sendable {
    let rule: Mapping.FieldRule
    let source: ValuePlan

    /// The column that the value comes from, from 1; nil where it comes from none or several.
    var column: Int? {
        if source.places.count == 1, case .cell(let index) = source.places[0] { index + 1 } else { nil }
    }

    /// Makes the field's value; nil where the text is empty.
    func value(_ context: RowContext, _ mapping: Mapping) throws(ImportFault) -> MappedValue? {
        if rule.target.content == .list {
            let items = try source.items(context)
            return items.isEmpty ? nil : .list(items)
        }
        let text = try source.text(context)
        if text.isEmpty { return nil }
        switch rule.target.content {
        case .text, .list: return .text(text)
        case .integer(let range):
            let least = max(range.lowerBound, rule.minimum ?? range.lowerBound)
            let greatest = min(range.upperBound, rule.maximum ?? range.upperBound)
            return .integer(try whole(text, rule.multiply, rule.rounding ?? .exact, least, greatest, context))
        case .degrees(let limit):
            let units = TargetField.unitsPerDegree
            let factor = ExactDecimal(String(units))
            return .integer(
                try whole(
                    text, factor, rule.rounding ?? .halfEven, -limit * units, limit * units, context, shown: limit))
        case .metres:
            return .integer(try whole(text, mapping.metresPerUnit, rule.rounding ?? .halfEven, 0, .max, context))
        case .truth:
            switch text.lowercased() {
            case "true", "1", "yes", "y", "是", "√": return .truth(true)
            case "false", "0", "no", "n", "否": return .truth(false)
            default:
                throw fault(
                    .notTrueOrFalse, context, "'\(text)' is neither true nor false. Write true or false.",
                    "“\(text)”既不是“是”也不是“否”。请填“是”或“否”。")
            }
        case .timestamp:
            for pattern in rule.dates {
                if let time = pattern.milliseconds(text, in: mapping.timeZone, endOfDay: rule.endOfDay) {
                    return .timestamp(time)
                }
            }
            throw notADate(text, context)
        case .day:
            for pattern in rule.dates {
                if let day = pattern.day(text) { return .day(day) }
            }
            throw notADate(text, context)
        }
    }

    private func notADate(_ text: String, _ context: RowContext) -> ImportFault {
        let forms = rule.dates.map(\.pattern).prefix(3).joined(separator: ", ")
        return fault(
            .notADate, context, "'\(text)' is not a date of the form \(forms).", "“\(text)”不是 \(forms) 格式的日期。")
    }

    private func whole(
        _ text: String, _ factor: ExactDecimal?, _ rounding: ExactDecimal.Rounding, _ least: Int64, _ greatest: Int64,
        _ context: RowContext, shown: Int64? = nil
    ) throws(ImportFault) -> Int64 {
        guard let decimal = ExactDecimal(text) else {
            throw fault(
                .notANumber, context,
                "'\(text)' is not a number. Write digits without spaces or separators, such as 1200.",
                "“\(text)”不是数字。请只填数字，不加空格和千位分隔符，如 1200。")
        }
        let value: Int64?
        do throws(ExactDecimal.Failure) {
            value = try decimal.whole(times: factor, rounding: rounding)
        } catch .notWhole {
            throw fault(
                .notWhole, context,
                "'\(text)' does not make a whole number. Write one, or name a rounding in the mapping.",
                "“\(text)”不是整数。请填整数，或在映射中写明舍入方式。")
        } catch {
            value = nil
        }
        if let value, value >= least, value <= greatest { return value }
        let from = shown.map { -$0 } ?? least
        let to = shown ?? greatest
        throw fault(
            .outOfRange, context, "'\(text)' is outside the range \(from) to \(to).", "“\(text)”超出范围 \(from) 到 \(to)。")
    }

    private func fault(
        _ code: ImportFault.Code, _ context: RowContext, _ english: String, _ chinese: String
    ) -> ImportFault {
        ImportFault(code, at: context.origin(source.places.first), Wording(english, chinese))
    }
}
