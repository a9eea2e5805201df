internal import MatchCore

extension JSONSchema {
    /// What is wrong with a value, each fault with its place as a JSON pointer and a sentence that says what to do; at
    /// most fifty.
    public func faults(in value: JSONValue) -> [FieldFault] {
        var check = SchemaCheck()
        check.check(value, self)
        return check.faults
    }
}

/// One walk over a value beside its schema.
private struct SchemaCheck {
    private(set) var faults: [FieldFault] = []
    private var place: [String] = []

    /// More would help nobody, and a hostile body could ask for a hundred thousand.
    private static let most = 50

    mutating func check(_ value: JSONValue, _ schema: JSONSchema) {
        guard faults.count < Self.most else { return }
        switch schema.form {
        case .text(let format, let lengths): check(text: value, format, lengths, isExact: schema.isExact)
        case .integer(let range):
            guard case .integer(let number) = value else {
                return add(
                    "This must be a whole number, such as \(range.lowerBound).", "此处应为整数，例如 \(range.lowerBound)。")
            }
            if !range.contains(number) {
                add(
                    "\(number) is out of range; give \(range.lowerBound) to \(range.upperBound).",
                    "\(number) 超出范围，应为 \(range.lowerBound) 至 \(range.upperBound)。")
            }
        case .number(let range): check(number: value, range)
        case .flag:
            if case .flag = value { return }
            add("This must be true or false.", "此处应为 true 或 false。")
        case .choice(let values): check(choice: value, values)
        case .list(let element, let counts):
            check(list: value, element, counts)
            if schema.isDistinct { check(distinct: schema.settled(value), counts) }
        case .object(_, let properties):
            guard case .object(let object) = value else { return add("This must be an object.", "此处应为对象。") }
            check(object, properties)
            if let kinds = schema.kinds { check(object, properties, kinds) }
        case .tagged(_, let tag, let variants): check(tagged: value, tag, variants)
        case .map(let element, let most):
            guard case .object(let object) = value else { return add("This must be an object.", "此处应为对象。") }
            if object.members.count > most { add("At most \(most) members are accepted.", "最多 \(most) 个成员。") }
            for member in object.members { inside(member.name) { $0.check(member.value, element) } }
        case .nullable(let schema):
            if value != .null { check(value, schema) }
        case .anything: break
        }
    }

    private mutating func check(_ object: JSONObject, _ properties: [JSONSchema.Property], except tag: String? = nil) {
        var isMissing = Array(repeating: true, count: properties.count)
        for member in object.members where member.name != tag {
            guard let index = properties.firstIndex(where: { $0.name == member.name }) else {
                let known = properties.map(\.name).joined(separator: ", ")
                inside(member.name) {
                    $0.add(
                        "'\(member.name)' is not known here. Known: \(known.isEmpty ? "none" : known).",
                        "此处没有“\(member.name)”。可用：\(known.isEmpty ? "无" : known)。")
                }
                if faults.count >= Self.most { return }
                continue
            }
            isMissing[index] = false
            inside(member.name) { $0.check(member.value, properties[index].schema) }
        }
        for (property, isMissing) in zip(properties, isMissing) where isMissing && property.isRequired {
            inside(property.name) {
                $0.add(
                    "'\(property.name)' is missing. Give it: \(property.about.en)",
                    "缺少“\(property.name)”，请填写：\(property.about.zhHans)")
            }
        }
    }

    /// What the kind that the object is of needs and refuses.
    private mutating func check(
        _ object: JSONObject, _ properties: [JSONSchema.Property], _ kinds: JSONSchema.Kinds
    ) {
        guard let kind = kinds.kind(of: object), case .text(let value)? = object[kinds.member] else { return }
        for property in properties {
            let isThere = object[property.name] != nil
            if !isThere, kind.needs.contains(property.name) {
                inside(property.name) {
                    $0.add(
                        "'\(property.name)' is missing, which '\(value)' needs. Give it: \(property.about.en)",
                        "“\(value)”须填写“\(property.name)”：\(property.about.zhHans)")
                }
            } else if isThere, kind.refuses.contains(property.name) {
                inside(property.name) {
                    $0.add(
                        "'\(value)' has no '\(property.name)'. Leave it out: \(property.about.en)",
                        "“\(value)”没有“\(property.name)”，请删去：\(property.about.zhHans)")
                }
            }
        }
    }

    /// Looked at as text, and not beyond the most that the list may hold.
    private mutating func check(distinct value: JSONValue, _ counts: ClosedRange<Int>) {
        guard case .list(let values) = value, counts.contains(values.count) else { return }
        var seen: Set<JSONValue> = []
        for (index, value) in values.enumerated() where !seen.insert(value).inserted {
            inside("\(index)") { $0.add("This stands in the list already. Leave it out.", "数组中已有此项，请删去。") }
        }
    }

    private mutating func check(
        text value: JSONValue, _ format: TextFormat, _ lengths: ClosedRange<Int>, isExact: Bool
    ) {
        guard case .text(let text) = value else { return add("This must be a text.", "此处应为文字。") }
        switch format {
        case .plain, .listed:
            let length = text.unicodeScalars.count
            if text.utf8.contains(0) { return add("The character U+0000 is not accepted.", "不接受字符 U+0000。") }
            // What stands at its ends is not kept, but counts towards the most, which is of what is sent.
            let settled = isExact ? length : text.trimmed.unicodeScalars.count
            if length > 0, lengths.contains(length), lengths.lowerBound > 0, text.trimmed.isEmpty {
                // Whoever has to give a text and gives spaces, or what nobody sees, gives none.
                add(
                    "The text is blank. Write something, or leave the member out where it may be.", "文字为空白，请填写；可不填的请省略。"
                )
            } else if length > lengths.upperBound || settled < lengths.lowerBound {
                let count = length > lengths.upperBound ? length : settled
                add(
                    "The text has \(count) \(count == 1 ? "character" : "characters"); give \(lengths.lowerBound) to \(lengths.upperBound).",
                    "文字共 \(count) 字，应为 \(lengths.lowerBound) 至 \(lengths.upperBound) 字。")
            }
        case .id:
            if RecordID(text) == nil {
                add(
                    "This is not an id: give a UUID, 8-4-4-4-12 hexadecimal digits.",
                    "不是有效编号，应为 UUID（8-4-4-4-12 位十六进制）。")
            }
        case .day:
            if Day(text) == nil { add("This is not a day: give one such as 2026-11-22.", "不是有效日期，应如 2026-11-22。") }
        case .moment:
            if Timestamp(internet: text) == nil {
                add(
                    "This is not a moment: give one such as 2026-11-22T08:30:00.000Z or 2026-11-22T16:30:00+08:00.",
                    "不是有效时间，应如 2026-11-22T08:30:00.000Z 或 2026-11-22T16:30:00+08:00。")
            }
        case .code, .listedCode:
            let isCode = (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isCodeByte)
            if !isCode {
                add(
                    "This is not a code: use 1 to 64 ASCII letters, digits or . - _ /.",
                    "不是有效代码：请用 1 至 64 个英文字母、数字或 . - _ /。")
            }
        }
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func check(number value: JSONValue, _ range: ClosedRange<Double>) {
        let number: Double? =
            switch value {
            case .integer(let number): Double(number)
            case .decimal(let text): Double(text)
            default: nil
            }
        guard let number else { return add("This must be a number.", "此处应为数字。") }
        if !range.contains(number) {
            add(
                "\(number) is out of range; give \(range.lowerBound) to \(range.upperBound).",
                "\(number) 超出范围，应为 \(range.lowerBound) 至 \(range.upperBound)。")
        }
    }

    private mutating func check(choice value: JSONValue, _ values: [String]) {
        if case .text(let text) = value, values.contains(text) { return }
        let list = values.joined(separator: ", ")
        add("This must be one of: \(list).", "应为以下之一：\(list)。")
    }

    private mutating func check(list value: JSONValue, _ element: JSONSchema, _ counts: ClosedRange<Int>) {
        guard case .list(let values) = value else { return add("This must be a list.", "此处应为数组。") }
        if !counts.contains(values.count) {
            add(
                "The list has \(values.count) \(values.count == 1 ? "entry" : "entries"); give \(counts.lowerBound) to \(counts.upperBound).",
                "数组共 \(values.count) 项，应为 \(counts.lowerBound) 至 \(counts.upperBound) 项。")
        }
        for (index, value) in values.prefix(counts.upperBound).enumerated() {
            inside("\(index)") { $0.check(value, element) }
        }
    }

    private mutating func check(
        tagged value: JSONValue, _ tag: String, _ variants: [(value: String, schema: JSONSchema)]
    ) {
        guard case .object(let object) = value else { return add("This must be an object.", "此处应为对象。") }
        guard case .text(let name)? = object[tag], let variant = variants.first(where: { $0.value == name }) else {
            let list = variants.map(\.value).joined(separator: ", ")
            return inside(tag) { $0.add("This must be one of: \(list).", "应为以下之一：\(list)。") }
        }
        check(object, variant.schema.properties, except: tag)
    }

    private mutating func inside(_ name: String, _ body: (inout SchemaCheck) -> Void) {
        place.append(name)
        body(&self)
        place.removeLast()
    }

    private mutating func add(_ en: String, _ zhHans: String) {
        guard faults.count < Self.most else { return }
        faults.append(FieldFault(JSONPointer.text(place), LocalizedText(zhHans: zhHans, en: en)))
    }
}

/// JSON pointers (RFC 6901).
public enum JSONPointer {
    /// The pointer to what these members and indices lead to, from the root on.
    public static func text(_ place: [String]) -> String { place.map { "/" + escaped($0) }.joined() }

    static func escaped(_ name: String) -> String {
        var escaped = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
