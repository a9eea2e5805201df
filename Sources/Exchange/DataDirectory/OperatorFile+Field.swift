import MatchCore
import Yams

extension OperatorFile {
    /// A value of the file with the place where it stands.
    struct Field {
        let node: Node
        let file: String
        /// The key under which it stands.
        let name: String?

        var line: Int? { node.mark?.line }

        /// The members of a mapping. Throws for a key that is not one of these.
        func members(_ known: [String]) throws(DataFault) -> [String: Field] {
            let members = try allMembers()
            for (key, field) in members.sorted(by: { ($0.value.line ?? 0) < ($1.value.line ?? 0) })
            where !known.contains(key) {
                throw field.unknown(key, known: known)
            }
            return members
        }

        /// The members of a mapping, whatever their keys.
        func allMembers() throws(DataFault) -> [String: Field] {
            guard case .mapping(let mapping) = node else {
                throw fault(
                    .badValue, "Expected keys with values, such as 'weight: 100'.", "应为“键: 值”的形式，如“weight: 100”。")
            }
            var members: [String: Field] = [:]
            for (key, value) in mapping {
                guard case .scalar(let scalar) = key else {
                    throw fault(.badValue, "A key must be a plain word.", "键应为普通文字。")
                }
                members[scalar.string] = Field(node: value, file: file, name: scalar.string)
            }
            return members
        }

        func items() throws(DataFault) -> [Field] {
            guard case .sequence(let sequence) = node else {
                throw fault(.badValue, "Expected a list, each item after '- '.", "应为列表，每项以“- ”开头。")
            }
            return sequence.map { Field(node: $0, file: file, name: name) }
        }

        func text() throws(DataFault) -> String {
            guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
                throw fault(.badValue, "Expected a text.", "应为文字。")
            }
            return scalar.string
        }

        func integer(in range: ClosedRange<Int64>) throws(DataFault) -> Int64 {
            let text = try text()
            // Digits may be grouped as in Swift, 1_000_000.
            guard let number = Int64(text.filter { $0 != "_" }), range.contains(number) else {
                throw fault(
                    .badValue, "'\(text)' is no whole number, \(range.lowerBound)…\(range.upperBound).",
                    "“\(text)”应为整数，\(range.lowerBound)…\(range.upperBound)。")
            }
            return number
        }

        /// A parameter's value as it is written: true or false, a whole number, else a word.
        func parameter() throws(DataFault) -> ParameterValue {
            let text = try text()
            switch text {
            case "true": return .flag(true)
            case "false": return .flag(false)
            default: return Int64(text.filter { $0 != "_" }).map { .integer($0) } ?? .text(text)
            }
        }

        func unknown(_ key: String, known: [String]) -> DataFault {
            let close = FoldedName.closest(to: key, among: known)
            let list = known.joined(separator: ", ")
            return fault(
                .unknownName,
                "There is no '\(key)' here. " + (close.first.map { "Did you mean '\($0)'?" } ?? "There are: \(list)."),
                "这里没有“\(key)”。" + (close.first.map { "是不是“\($0)”？" } ?? "可用：\(list)。"))
        }

        func fault(_ code: DataFault.Code, _ en: String, _ zhHans: String) -> DataFault {
            DataFault(code, LocalizedText(zhHans: zhHans, en: en), file: file, row: line, column: name)
        }
    }
}
