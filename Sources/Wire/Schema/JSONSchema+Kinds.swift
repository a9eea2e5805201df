/// What an object holds besides depends on one of its members, and what a list holds on the rest of it: said in the
/// document, so that nobody has to find out by asking, and checked with everything else.
extension JSONSchema {
    /// Objects that are told apart by the value of one member.
    struct Kinds: Sendable {
        let member: String
        let all: [Kind]
    }

    /// The objects in which that member has one of some values.
    public struct Kind: Sendable {
        public let values: [String]
        /// Optional members that these must hold.
        public let needs: [String]
        /// Optional members that only other kinds hold.
        public let refuses: [String]

        public init(_ values: [String], needs: [String] = [], refuses: [String] = []) {
            self.values = values
            self.needs = needs
            self.refuses = refuses
        }
    }

    /// The object with its kinds; `member` is a required choice, and each of its values belongs to one kind.
    public func told(apartBy member: String, _ kinds: [Kind]) -> JSONSchema {
        var schema = self
        schema.kinds = Kinds(member: member, all: kinds)
        return schema
    }

    /// The list without anything twice.
    public var distinct: JSONSchema {
        var schema = self
        schema.isDistinct = true
        return schema
    }
}

extension JSONSchema.Kinds {
    /// The kind that an object is of; nil where the member that tells is missing or at fault.
    func kind(of object: JSONObject) -> JSONSchema.Kind? {
        guard case .text(let value)? = object[member] else { return nil }
        return all.first { $0.values.contains(value) }
    }

    /// The members of one kind.
    func properties(of kind: JSONSchema.Kind, among properties: [JSONSchema.Property]) -> [JSONSchema.Property] {
        properties.filter { !kind.refuses.contains($0.name) }.map { property in
            JSONSchema.Property(
                name: property.name, schema: property.name == member ? .choice(kind.values) : property.schema,
                isRequired: property.isRequired || kind.needs.contains(property.name), about: property.about)
        }
    }
}
