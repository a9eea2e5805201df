extension JSONValue {
    /// The value over several lines, two spaces deeper with each level: for documents that people compare.
    public func printed() -> String {
        var lines = ""
        print(into: &lines, depth: 0)
        return lines + "\n"
    }

    private func print(into text: inout String, depth: Int) {
        func open(_ bracket: String, _ closing: String, _ count: Int, _ each: (Int, inout String) -> Void) {
            guard count > 0 else {
                text += bracket + closing
                return
            }
            text += bracket
            for index in 0..<count {
                text += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: depth + 1)
                each(index, &text)
            }
            text += "\n" + String(repeating: "  ", count: depth) + closing
        }
        switch self {
        case .object(let object):
            open("{", "}", object.members.count) { index, text in
                let member = object.members[index]
                text += JSONValue.text(member.name).plain + ": "
                member.value.print(into: &text, depth: depth + 1)
            }
        case .list(let values):
            open("[", "]", values.count) { index, text in values[index].print(into: &text, depth: depth + 1) }
        default: text += plain
        }
    }

    /// A value without members or elements, on one line.
    private var plain: String {
        if case .decimal(let number) = self { return number }
        guard let bytes = try? WireEncoder().encode(self) else { return "null" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
