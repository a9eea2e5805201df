internal import Foundation
internal import InputGate
public import MatchCore

/// Reads a history of decisions that another system kept: NDJSON (one decision a line) or CSV (one candidate a row).
///
/// CSV has the columns `decision`, `time` and `offer`, and any of `wish`, `area`, `lane`, `category`, `groups` (joined
/// by `|`), `profile`, `party`, `position`, `metres`, `fate`, `chosenTime`, `fateTime`, `reason`, `rating`,
/// `ratingTime`; every other column is a scorer's. A cell of one is 0…1,000,000, empty for not known, or `-` for not
/// applicable.
public enum DecisionFile {
    /// At most so many bytes, so that a history fits into memory.
    public static let maximumBytes = 1 << 30

    /// Throws ``DataFault`` naming the row.
    public static func read(_ path: String) throws -> DecisionHistory {
        let isTable = path.lowercased().hasSuffix(".csv")
        return try isTable ? table(path) : lines(path)
    }

    private static func lines(_ path: String) throws -> DecisionHistory {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw fault(path, nil, .missing, "无法读取该文件。", "The file cannot be read.")
        }
        guard data.count <= maximumBytes else {
            throw fault(path, nil, .tooLarge, "文件超过 1 GiB。", "The file is larger than 1 GiB.")
        }
        let gate = JSONGate()
        let decoder = JSONDecoder()
        var lines: [DecisionLine] = []
        for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            do {
                try gate.check([UInt8](line))
                lines.append(try decoder.decode(DecisionLine.self, from: Data(line)))
            } catch let error as GateError {
                throw fault(path, index + 1, .malformed, error.wording.chinese, error.wording.english)
            } catch let error as DecodingError {
                let field = error.field
                throw fault(
                    path, index + 1, .badValue, "“\(field)”缺失或有误。", "'\(field)' is missing or not what it should be.")
            }
        }
        let names = Set(lines.flatMap { $0.candidates.flatMap { $0.values.keys } })
        let scorers = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var decisions: [Decision] = []
        for (index, line) in lines.enumerated() {
            do {
                decisions.append(try line.decision(scorers: scorers))
            } catch {
                throw DataFault(.badValue, error.text, file: path, row: index + 1)
            }
        }
        return try history(path, scorers, decisions)
    }

    private static let columns: Set<String> = [
        "decision", "wish", "time", "area", "lane", "category", "groups", "profile", "offer", "party", "position",
        "metres",
        "fate", "chosenTime", "fateTime", "reason", "rating", "ratingTime",
    ]

    private static func table(_ path: String) throws -> DecisionHistory {
        let reader = try CSVReader(try FileSource(path: path))
        var places: [String: Int] = [:]
        for (index, name) in reader.header.enumerated() { places[name] = index }
        for needed in ["decision", "time", "offer"] where places[needed] == nil {
            throw fault(path, 1, .missingColumn, "缺少列“\(needed)”。", "The column '\(needed)' is missing.")
        }
        let scorers = reader.header.filter { !columns.contains($0) && !$0.isEmpty }
        var decisions: [Decision] = []
        while let row = try reader.next() {
            func text(_ name: String) -> String? {
                guard let place = places[name], place < row.count, !row.isBlank(place) else { return nil }
                return row[place]
            }
            func number(_ name: String) throws -> Int64? {
                guard let text = text(name) else { return nil }
                guard let number = Int64(text) else {
                    throw fault(
                        path, row.number, .badValue, "列“\(name)”应为整数：\(text)",
                        "'\(name)' should be a whole number: \(text)")
                }
                return number
            }
            func moment(_ name: String) throws -> Timestamp? {
                try number(name).map { Timestamp(milliseconds: $0) }
            }
            guard let name = text("decision"), let time = try number("time"), let offer = text("offer") else {
                throw fault(
                    path, row.number, .badValue, "decision、time、offer 不能为空。", "Fill in decision, time and offer.")
            }
            let isSame = decisions.last?.name == name
            guard let fate = Decision.Fate(rawValue: text("fate") ?? "passedOver") else {
                throw fault(
                    path, row.number, .badValue, "没有结局“\(text("fate") ?? "")”。",
                    "There is no fate '\(text("fate") ?? "")'.")
            }
            let candidate = Decision.Candidate(
                offer: offer, party: text("party"),
                position: Int(
                    clamping: try number("position") ?? Int64((isSame ? decisions.last?.candidates.count ?? 0 : 0) + 1)),
                values: try scorers.map { scorer in
                    if text(scorer) == "-" { return Score.notApplicable.raw }
                    guard let value = try number(scorer) else { return Score.notKnown.raw }
                    guard (0...Int64(Score.best)).contains(value) else {
                        throw fault(
                            path, row.number, .badValue, "列“\(scorer)”应为 0…1000000，留空（不知）或 -（不适用）：\(value)",
                            "'\(scorer)' should be 0…1,000,000, empty (not known) or - (not applicable): \(value)")
                    }
                    return Int32(value)
                }, metres: try number("metres"), fate: fate, chosenTime: try moment("chosenTime"),
                fateTime: try moment("fateTime"), reason: text("reason"),
                rating: try number("rating").map { Int(clamping: $0) }, ratingTime: try moment("ratingTime"))
            if isSame {
                decisions[decisions.count - 1].candidates.append(candidate)
            } else {
                decisions.append(
                    Decision(
                        name: name, wish: text("wish") ?? name, time: Timestamp(milliseconds: time), area: text("area"),
                        lane: text("lane"), category: text("category"),
                        groups: text("groups")?.split(separator: "|").map(String.init) ?? [],
                        profile: text("profile"), candidates: [candidate]))
            }
        }
        return try history(path, scorers, decisions)
    }

    private static func history(
        _ path: String, _ scorers: [String], _ decisions: [Decision]
    ) throws -> DecisionHistory {
        do {
            return try DecisionHistory(scorers: scorers, decisions: decisions)
        } catch {
            throw DataFault(.badValue, error.text, file: path)
        }
    }

    private static func fault(
        _ path: String, _ row: Int?, _ code: DataFault.Code, _ zhHans: String, _ en: String
    ) -> DataFault {
        DataFault(code, LocalizedText(zhHans: zhHans, en: en), file: path, row: row)
    }
}

extension DecodingError {
    /// The dotted name of the member at fault.
    fileprivate var field: String {
        switch self {
        case .keyNotFound(let key, let context): (context.codingPath + [key]).map(\.stringValue).joined(separator: ".")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.map(\.stringValue).joined(separator: ".")
        @unknown default: "?"
        }
    }
}
