internal import Foundation
internal import InputGate
internal import MatchCore

/// Turns the rows of one CSV file into records, as its mapping says.
public struct MappingEngine: Sendable {
    /// Where a column's text is found.
    enum Place: Sendable {
        case cell(Int)
        case table(Int, Int)
        case rowNumber
        case flag
    }

    let mapping: Mapping
    private let header: [String]
    private let tables: [MappingTable]
    private let names: [String: Place]
    private let skip: [(place: Place, test: Mapping.Condition.Test)]
    private let matches: [[(column: Int, value: ValuePlan, isPrefix: Bool)]]
    private let fields: [FieldPlan]
    private let flags: [(cell: Int, name: String, fields: [FieldPlan])]

    /// Fits a mapping to the header of a file.
    ///
    /// Throws `MappingError` where a column that the mapping names is not there or there twice, or a table is missing.
    public init(_ mapping: Mapping, header: [String], tables loaded: [String: MappingTable] = [:]) throws(MappingError)
    {
        try mapping.checkBare(header)
        self.mapping = mapping
        self.header = header
        var names: [String: Place] = ["@row": .rowNumber]
        var twice: Set<String> = []
        for (index, name) in header.enumerated() {
            if names.updateValue(.cell(index), forKey: name) != nil { twice.insert(name) }
        }
        if mapping.flags != nil { names["@flag"] = .flag }
        var plans = PlanMaker(names: names, twice: twice)
        skip = try mapping.skip.map { (condition) throws(MappingError) in
            (try plans.place(condition.column, condition.line), condition.test)
        }
        var tables: [MappingTable] = []
        var matches: [[(column: Int, value: ValuePlan, isPrefix: Bool)]] = []
        for (number, rule) in mapping.tables.enumerated() {
            guard let table = loaded[rule.name] else {
                throw MappingError(
                    .tableUnreadable, line: rule.line, "the table '\(rule.name)' has not been loaded.",
                    "表“\(rule.name)”尚未载入。")
            }
            matches.append(
                try rule.matches.map { (match) throws(MappingError) in
                    guard let column = table.header.firstIndex(of: match.column) else {
                        throw MappingError.unknownColumn(match.column, known: table.header, line: rule.line)
                    }
                    return (column, try plans.value(match.value), match.isPrefix)
                })
            tables.append(table)
            for (column, name) in table.header.enumerated() {
                plans.names["\(rule.name).\(name)"] = .table(number, column)
            }
        }
        self.tables = tables
        self.matches = matches
        // A column that the mapping says may be missing leaves its field out, as an empty cell does; but not one that is
        // there under a name which was misspelt.
        let named = Set(mapping.columns)
        let strangers = header.filter { !named.contains($0) }
        var present: [Mapping.FieldRule] = []
        for rule in mapping.fields {
            guard rule.isOptional, case .column(let name) = rule.value.source, plans.names[name] == nil else {
                present.append(rule)
                continue
            }
            if !Suggestion(strangers).misspellings(of: name).isEmpty {
                throw MappingError.unknownColumn(name, known: strangers, line: rule.value.line)
            }
        }
        fields = try present.map { (rule) throws(MappingError) in try plans.field(rule) }
        flags = try (mapping.flags?.columns ?? []).map { (flag) throws(MappingError) in
            guard case .cell(let cell) = try plans.place(flag.name, flag.line) else {
                throw MappingError.unknownColumn(flag.name, known: header, line: flag.line)
            }
            return (cell, flag.name, try flag.fields.map { (rule) throws(MappingError) in try plans.field(rule) })
        }
        self.names = plans.names
    }

    /// Makes the records of one row. A row with a fault has none; a row of blank cells is skipped.
    public func map(_ row: CSVRow) -> MappedRow {
        var result = MappedRow()
        // Spreadsheets write rows of bare delimiters below the last one that is filled in.
        if (0..<row.count).allSatisfy(row.isBlank) {
            result.isSkipped = true
            return result
        }
        var context = RowContext(row: row, tables: tables, header: header)
        for condition in skip where isMet(condition.test, context.text(condition.place).trimmed) {
            result.isSkipped = true
            return result
        }
        for number in tables.indices where !find(number, &context, &result) {
            result.isSkipped = result.faults.isEmpty
            if !result.isSkipped { result.faultyID = identity(context) }
            return result
        }
        guard let rules = mapping.flags else {
            result.records = [record(nil, [], context, &result.faults)]
            if !result.faults.isEmpty { giveUp(&result, context) }
            return result
        }
        for flag in flags {
            let text = row[flag.cell].trimmed
            if rules.set.contains(text) {
                context.flag = flag.name
                result.records.append(record(flag.name, flag.fields, context, &result.faults))
            } else if !rules.clear.contains(text) {
                let known = (rules.set.sorted() + rules.clear.sorted()).map { "'\($0)'" }.joined(separator: ", ")
                result.faults.append(
                    ImportFault(
                        .badFlag, at: context.origin(.cell(flag.cell)),
                        Wording(
                            "'\(text)' is neither set nor clear. Write one of: \(known).",
                            "“\(text)”不是可识别的标记，可用：\(known)。")))
            }
        }
        if !result.faults.isEmpty { giveUp(&result, context) }
        return result
    }

    private func giveUp(_ result: inout MappedRow, _ context: RowContext) {
        result.records = []
        result.faultyID = identity(context)
    }

    private func identity(_ context: RowContext) -> String? {
        text("externalID", context).map { MappedRecord.identity(of: $0, source: text("source", context)) }
    }

    private func text(_ field: String, _ context: RowContext) -> String? {
        guard let plan = fields.first(where: { $0.rule.target.name == field }),
            case .text(let text)? = try? plan.value(context, mapping)
        else { return nil }
        return text
    }

    private func isMet(_ test: Mapping.Condition.Test, _ text: String) -> Bool {
        switch test {
        case .isOneOf(let texts): texts.contains(text)
        case .isNoneOf(let texts): !texts.contains(text)
        case .isEmpty(let empty): text.isEmpty == empty
        }
    }

    private func record(
        _ flag: String?, _ extra: [FieldPlan], _ context: RowContext, _ faults: inout [ImportFault]
    ) -> MappedRecord {
        var record = MappedRecord(row: context.row.number, line: context.row.line, flag: flag)
        record.fields.reserveCapacity(fields.count + extra.count)
        for plan in fields + extra {
            do throws(ImportFault) {
                if let value = try plan.value(context, mapping) {
                    record.fields.append(.init(name: plan.rule.target.name, value: value, column: plan.column))
                } else if plan.rule.isRequired {
                    throw ImportFault(
                        .missingValue, at: context.origin(plan.source.places.first),
                        Wording(
                            "'\(plan.rule.target.name)' is needed and empty here. Fill it in, or skip such rows in the mapping.",
                            "“\(plan.rule.target.name)”必填，此处为空。请补填，或在映射中跳过这样的行。"))
                }
            } catch {
                if !faults.contains(error) { faults.append(error) }
            }
        }
        return record
    }

    /// Finds the row of a table that belongs to this row; false where the row ends here.
    private func find(_ number: Int, _ context: inout RowContext, _ result: inout MappedRow) -> Bool {
        let rule = mapping.tables[number]
        let table = tables[number]
        var wanted: [String] = []
        var isAsked = true
        for match in matches[number] {
            do throws(ImportFault) {
                let text = try match.value.text(context).trimmed
                if text.isEmpty { isAsked = false }
                wanted.append(text)
            } catch {
                // A lookup never refuses a row: a value that the mapping cannot translate finds nothing.
                if rule.missing == nil { result.warnings.append(error) } else { result.faults.append(error) }
                return rule.missing == nil
            }
        }
        var found: [Int] = []
        if isAsked {
            found = table.rows(for: wanted[0]).filter { row in
                zip(matches[number], wanted).dropFirst().allSatisfy { match, text in
                    let cell = table.rows[row][match.column]
                    return match.isPrefix ? cell.hasPrefix(text) : cell == text
                }
            }
        }
        if found.count == 1 {
            context.found[number] = found[0]
            return true
        }
        let place = context.origin(matches[number][0].value.places.first)
        guard let missing = rule.missing else {
            if isAsked { result.warnings.append(warning(found.count, wanted[0], rule, table, place)) }
            return true
        }
        switch missing {
        case .empty: return true
        case .skip: return false
        case .reject:
            result.faults.append(
                ImportFault(
                    .joinMissing, at: place,
                    Wording("'\(wanted[0])' is not in '\(rule.file)'.", "“\(rule.file)”中没有“\(wanted[0])”。")))
            return false
        }
    }

    private func warning(
        _ count: Int, _ text: String, _ rule: Mapping.TableRule, _ table: MappingTable, _ place: ImportPlace
    ) -> ImportFault {
        if count > 1 {
            return ImportFault(
                .lookupAmbiguous, at: place,
                Wording(
                    "'\(text)' stands for \(count) rows of '\(rule.name)'; left empty rather than guessed.",
                    "“\(text)”在“\(rule.name)”中对应 \(count) 行，不作猜测，留空。"))
        }
        return ImportFault(
            .lookupMissing, at: place,
            Wording("'\(text)' is not found in '\(rule.name)'; left empty.", "“\(rule.name)”中找不到“\(text)”，留空。"))
    }
}
