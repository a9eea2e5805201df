internal import MatchCore

/// What is done to the texts of a value before it is decoded: the same as an import does to the cells of a file.
extension JSONSchema {
    /// The text without anything taken off its ends: what is compared with something that was kept as it was typed, or counted
    /// by the place of its characters.
    public var exact: JSONSchema {
        var schema = self
        schema.isExact = true
        return schema
    }

    /// The value with its free texts as they are kept, see `trimmed`; codes, ids and moments stay as they were sent, since
    /// they are refused with a space.
    public func settled(_ value: JSONValue) -> JSONValue { changed(value) ?? value }

    /// Nil where nothing changes, which is nearly always.
    private func changed(_ value: JSONValue) -> JSONValue? {
        switch (form, value) {
        case (.text(.plain, _), .text(let text)) where !isExact:
            let kept = text.trimmed
            return kept.utf8.count == text.utf8.count ? nil : .text(kept)
        case (.nullable(let schema), _): return schema.changed(value)
        case (.list(let element, _), .list(var values)):
            var differs = false
            for (index, value) in values.enumerated() {
                guard let kept = element.changed(value) else { continue }
                (values[index], differs) = (kept, true)
            }
            return differs ? .list(values) : nil
        case (.object(_, let properties), .object(let object)): return Self.changed(object, properties)
        case (.tagged(_, let tag, let variants), .object(let object)):
            guard case .text(let name)? = object[tag], let variant = variants.first(where: { $0.value == name }) else {
                return nil
            }
            return Self.changed(object, variant.schema.properties)
        case (.map(let element, _), .object(let object)): return Self.changed(object) { _ in element }
        default: return nil
        }
    }

    private static func changed(_ object: JSONObject, _ properties: [Property]) -> JSONValue? {
        changed(object) { name in properties.first { $0.name == name }?.schema }
    }

    private static func changed(_ object: JSONObject, _ schema: (String) -> JSONSchema?) -> JSONValue? {
        var members: [JSONObject.Member]?
        for (index, member) in object.members.enumerated() {
            guard let kept = schema(member.name)?.changed(member.value) else { continue }
            var some = members ?? object.members
            some[index].value = kept
            members = some
        }
        return members.map { .object(JSONObject(distinct: $0)) }
    }
}
