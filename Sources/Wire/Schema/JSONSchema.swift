public import MatchCore

/// What a piece of JSON looks like: checked before decoding, printed as JSON Schema (2020-12), proved by tests.
///
/// Objects are closed: a member that is not described is a fault, so that a misspelt name never passes unnoticed.
public struct JSONSchema: Sendable {
    public indirect enum Form: Sendable {
        /// Lengths are in Unicode scalars.
        case text(TextFormat, ClosedRange<Int>)
        case integer(ClosedRange<Int64>)
        case number(ClosedRange<Double>)
        case flag
        case choice([String])
        case list(JSONSchema, ClosedRange<Int>)
        /// With a name it is a component of its own in the printed document.
        case object(name: String?, [Property])
        /// Objects that are told apart by the value of one member.
        case tagged(name: String?, tag: String, [(value: String, schema: JSONSchema)])
        case map(JSONSchema, most: Int)
        case nullable(JSONSchema)
        case anything
    }

    public let form: Form
    public private(set) var about: LocalizedText?
    /// Of an object: which members each of its kinds holds.
    var kinds: Kinds?
    /// Of a list: whether nothing may stand in it twice.
    var isDistinct = false
    /// Of a text: whether it is taken to the letter, as passwords are.
    var isExact = false

    public init(_ form: Form) {
        self.form = form
    }

    /// The schema with words about the place where it stands.
    public func about(_ en: String, zhHans: String) -> JSONSchema {
        var schema = self
        schema.about = LocalizedText(zhHans: zhHans, en: en)
        return schema
    }

    /// One member of an object.
    public struct Property: Sendable {
        public let name: String
        public let schema: JSONSchema
        public let isRequired: Bool
        public let about: LocalizedText

        /// A member that is always there.
        public static func required(_ name: String, _ schema: JSONSchema, _ en: String, _ zhHans: String) -> Property {
            Property(name: name, schema: schema, isRequired: true, about: LocalizedText(zhHans: zhHans, en: en))
        }

        /// A member that is left out where there is nothing to say.
        public static func optional(_ name: String, _ schema: JSONSchema, _ en: String, _ zhHans: String) -> Property {
            Property(name: name, schema: schema, isRequired: false, about: LocalizedText(zhHans: zhHans, en: en))
        }
    }

    /// The members of an object; empty for everything else.
    public var properties: [Property] {
        if case .object(_, let properties) = form { properties } else { [] }
    }

    public var name: String? {
        switch form {
        case .object(let name, _), .tagged(let name, _, _): name
        default: nil
        }
    }
}

/// What a text holds, beyond its length.
public enum TextFormat: Sendable, Hashable {
    case plain
    /// A ``RecordID``.
    case id
    /// `2026-11-22`.
    case day
    /// RFC 3339; printed in UTC with milliseconds.
    case moment
    /// 1 to 64 of ASCII letters, digits and `. - _ /`.
    case code
    /// A code of a list that every program has its own of, such as `AreaCode`; whether it is in it is looked up by the
    /// operation.
    case listed(String)
    /// The same, written as a ``code``.
    case listedCode(String)
}

extension JSONSchema {
    public static let id = JSONSchema(.text(.id, 36...36))
    public static let day = JSONSchema(.text(.day, 10...10))
    public static let moment = JSONSchema(.text(.moment, 20...40))
    public static let code = JSONSchema(.text(.code, 1...64))
    public static let flag = JSONSchema(.flag)
    /// The code of an area of the program; whether there is such an area is looked up by the operation.
    public static let area = JSONSchema(.text(.listed("AreaCode"), 1...64)).about("Code of an area.", zhHans: "区划代码。")
    /// The code of a category of the catalogue; looked up by the operation.
    public static let category = JSONSchema(.text(.listed("CategoryCode"), 1...64)).about(
        "Code of a category.", zhHans: "类目代码。")
    /// Why something is done: a code that the program declares; looked up by the operation.
    public static let reason = JSONSchema(.text(.listedCode("ReasonCode"), 1...64))
    /// Why a wish is closed without being fulfilled, or ended.
    public static let closingReason = JSONSchema(.text(.listedCode("ClosingReason"), 1...64))
    /// Why an approval is refused.
    public static let refusalReason = JSONSchema(.text(.listedCode("RefusalReason"), 1...64))
    /// What else may help somebody whose request is refused.
    public static let alternative = JSONSchema(.text(.listedCode("AlternativeCode"), 1...64))
    /// A hardship of a family, as the program declares it.
    public static let hardship = JSONSchema(.text(.listedCode("HardshipCode"), 1...64))
    /// A benefit that a family receives, as the program declares it.
    public static let benefit = JSONSchema(.text(.listedCode("BenefitCode"), 1...64))
    /// What a guardian may be to a person.
    public static let guardianRelation = JSONSchema(.text(.listedCode("GuardianRelation"), 1...64))
    /// A quantity that can be asked for: 1 to 9 × 10¹² pieces, minutes or fen.
    public static let quantity = JSONSchema(.integer(1...Quantity.greatest))
    /// A quantity that may be used up.
    public static let balance = JSONSchema(.integer(0...Quantity.greatest))

    public static func text(_ lengths: ClosedRange<Int>) -> JSONSchema { JSONSchema(.text(.plain, lengths)) }
    public static func integer(_ range: ClosedRange<Int64>) -> JSONSchema { JSONSchema(.integer(range)) }
    public static func number(_ range: ClosedRange<Double>) -> JSONSchema { JSONSchema(.number(range)) }
    public static func choice(_ values: [String]) -> JSONSchema { JSONSchema(.choice(values)) }

    public static func choice<Choice: CaseIterable & RawRepresentable>(_ type: Choice.Type) -> JSONSchema
    where Choice.RawValue == String { JSONSchema(.choice(type.allCases.map(\.rawValue))) }

    public static func list(of schema: JSONSchema, _ count: ClosedRange<Int>) -> JSONSchema {
        JSONSchema(.list(schema, count))
    }

    public static func object(_ name: String? = nil, _ properties: [Property]) -> JSONSchema {
        JSONSchema(.object(name: name, properties))
    }
}
