internal import InputGate
internal import MatchCore

extension JSONSchema {
    /// The schema as JSON Schema 2020-12; named objects become components and are referred to.
    public func document(in components: inout SchemaComponents) -> JSONValue {
        var document = form(in: &components)
        // Beside a reference words are allowed in 2020-12.
        if let about { document["description"] = .text(about.en + " " + about.zhHans) }
        return .object(document)
    }

    private func form(in components: inout SchemaComponents) -> JSONObject {
        switch form {
        case .text(.listed(let name), let lengths):
            return Self.list(name, in: &components) ?? Self.text(.plain, lengths)
        case .text(.listedCode(let name), let lengths):
            return Self.list(name, in: &components) ?? Self.text(.code, lengths)
        case .text(let format, let lengths): return Self.text(format, lengths)
        case .integer(let range):
            return JSONObject([
                ("type", "integer"), ("format", "int64"), ("minimum", .integer(range.lowerBound)),
                ("maximum", .integer(range.upperBound)),
            ])
        case .number(let range):
            return JSONObject([
                ("type", "number"), ("minimum", .decimal("\(range.lowerBound)")),
                ("maximum", .decimal("\(range.upperBound)")),
            ])
        case .flag: return JSONObject([("type", "boolean")])
        case .choice(let values):
            return JSONObject([("type", "string"), ("enum", .list(values.map { .text($0) }))])
        case .list(let element, let counts):
            var document = JSONObject([("type", "array"), ("items", element.document(in: &components))])
            if counts.lowerBound > 0 { document["minItems"] = .integer(Int64(counts.lowerBound)) }
            if counts.upperBound < Int.max { document["maxItems"] = .integer(Int64(counts.upperBound)) }
            if isDistinct { document["uniqueItems"] = true }
            return document
        case .object(let name, let properties):
            return components.reference(name) { components in
                guard let kinds else { return Self.object(properties, in: &components) }
                let variants = kinds.all.map { kind in
                    JSONValue.object(Self.object(kinds.properties(of: kind, among: properties), in: &components))
                }
                return JSONObject([("oneOf", .list(variants))])
            }
        case .tagged(let name, let tag, let variants):
            return components.reference(name) { components in
                JSONObject([
                    (
                        "oneOf",
                        .list(
                            variants.map { value, schema in
                                let kind = Property.required(tag, .choice([value]), "The kind.", "类别。")
                                return .object(Self.object([kind] + schema.properties, in: &components))
                            })
                    )
                ])
            }
        case .map(let element, let most):
            return JSONObject([
                ("type", "object"), ("additionalProperties", element.document(in: &components)),
                ("propertyNames", .object(JSONObject([("pattern", .text(Self.plainName))]))),
                ("maxProperties", .integer(Int64(most))),
            ])
        case .nullable(let schema):
            return JSONObject([
                ("anyOf", .list([schema.document(in: &components), .object(JSONObject([("type", "null")]))]))
            ])
        case .anything:
            return components.reference("Anything") { _ in
                let inside = JSONValue.object(JSONObject([("$ref", "#/components/schemas/Anything")]))
                return JSONObject([
                    ("pattern", .text(Self.withoutControls)),
                    ("propertyNames", .object(JSONObject([("pattern", .text(Self.plainName))]))),
                    ("additionalProperties", inside), ("items", inside),
                ])
            }
        }
    }

    /// What every name of a member has to be, before anything else is looked at: the gate takes plain ASCII without escapes,
    /// of at most so many bytes.
    static let plainName = "^[ !#-\\[\\]-~]{0,\(GateLimits.json.maximumKeyBytes)}$"

    /// The codes of a list; nil for one whose codes are not known here.
    private static func list(_ name: String, in components: inout SchemaComponents) -> JSONObject? {
        guard let codes = components.codes[name], !codes.isEmpty else { return nil }
        return components.reference(name) { _ in
            JSONObject([("type", "string"), ("enum", .list(codes.map { .text($0) }))])
        }
    }

    private static func text(_ format: TextFormat, _ lengths: ClosedRange<Int>) -> JSONObject {
        var document = JSONObject([("type", "string")])
        switch format {
        case .plain, .listed:
            document["minLength"] = .integer(Int64(lengths.lowerBound))
            document["maxLength"] = .integer(Int64(lengths.upperBound))
            document["pattern"] = .text(Self.withoutControls)
        case .id: document["format"] = "uuid"
        case .day: document["format"] = "date"
        case .moment: document["format"] = "date-time"
        case .code, .listedCode: document["pattern"] = "^[A-Za-z0-9._/-]{1,64}$"
        }
        return document
    }

    /// What the gate lets through: no control character but tab, line feed and carriage return.
    private static let withoutControls = #"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"#

    private static func object(_ properties: [Property], in components: inout SchemaComponents) -> JSONObject {
        var members = JSONObject()
        for property in properties {
            var document = property.schema.document(in: &components)
            if case .object(var object) = document {
                object["description"] = .text(property.about.en + " " + property.about.zhHans)
                document = .object(object)
            }
            members[property.name] = document
        }
        var document = JSONObject([("type", "object"), ("properties", .object(members))])
        let required = properties.filter(\.isRequired).map { JSONValue.text($0.name) }
        if !required.isEmpty { document["required"] = .list(required) }
        document["additionalProperties"] = false
        return document
    }

    /// The same object with no member that must be there: what `fields` leaves of it.
    public var partial: JSONSchema {
        guard case .object(let name, let properties) = form else { return self }
        return .object(
            name.map { $0 + "Part" },
            properties.map {
                Property(name: $0.name, schema: $0.schema, isRequired: false, about: $0.about)
            })
    }
}

/// The named schemas of a document, in the order in which they were first met.
public struct SchemaComponents: Sendable {
    public private(set) var schemas = JSONObject()
    private var known: Set<String> = []
    /// The codes of the lists that are known, by the lists' names.
    let codes: [String: [String]]

    public init(codes: [String: [String]] = [:]) {
        self.codes = codes
    }

    mutating func reference(_ name: String?, _ make: (inout SchemaComponents) -> JSONObject) -> JSONObject {
        guard let name else { return make(&self) }
        if known.insert(name).inserted {
            // Its place is taken before its parts are printed, so that a circle ends.
            schemas[name] = .object(JSONObject())
            schemas[name] = .object(make(&self))
        }
        return JSONObject([("$ref", .text("#/components/schemas/\(name)"))])
    }
}
