extension JSONSchema {
    /// What a text of a query or a path means where this schema is expected: numbers and truths are written plainly, the
    /// elements of a list are parted by commas. A text that means nothing here stays a text, and the check names it.
    public func value(ofText text: String) -> JSONValue {
        switch form {
        case .integer:
            let isNumber =
                (1...20).contains(text.utf8.count) && text.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) }
            return isNumber ? Int64(text).map { .integer($0) } ?? .text(text) : .text(text)
        case .number: return Double(text).map { _ in .decimal(text) } ?? .text(text)
        case .flag: return text == "true" ? true : text == "false" ? false : .text(text)
        case .list(let element, _):
            return .list(
                text.split(separator: ",", omittingEmptySubsequences: false).map { element.value(ofText: String($0)) })
        case .nullable(let schema): return schema.value(ofText: text)
        case .text(.moment, _):
            // The plus of an offset that was written as it is, and not as %2B, is a space in a query: a moment has no other.
            return .text(text.replacing(" ", with: "+", maxReplacements: 1))
        default: return .text(text.composed)
        }
    }
}
