/// A part of the program that a layer of a profile holds for.
public struct ProfileScope: Sendable, Hashable, CustomStringConvertible {
    /// In the order in which they are laid over each other unless a profile declares another one.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// One lane of approval.
        case lane
        /// A category with everything under it.
        case category
        /// An area with everything under it.
        case area
    }

    public var kind: Kind
    /// The code of a lane, a category or an area.
    public var code: String

    public init(_ kind: Kind, _ code: String) {
        self.kind = kind
        self.code = code
    }

    /// Reads `area:441900119`; nil for anything else.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let kind = Kind(rawValue: String(text[..<colon])) else {
            return nil
        }
        let code = String(text[text.index(after: colon)...])
        guard ProfileScope.allows(code) else { return nil }
        self.init(kind, code)
    }

    /// 1 to 64 ASCII letters, digits, `.`, `-`, `_` or `/`, so that a reference can be read back.
    public static func allows(_ code: String) -> Bool {
        (1...64).contains(code.utf8.count)
            && code.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }

    public var description: String { "\(kind.rawValue):\(code)" }
}

/// What differs in one part of the program; whatever it does not name is inherited.
public struct ProfileLayer: Sendable, Hashable {
    public var scope: ProfileScope
    public var changes: [Change]

    /// What a layer says about one scorer; nil stands for "as it is without the layer".
    public struct Change: Sendable, Hashable {
        public var scorer: String
        /// Leaves the scorer out, with its vetoes.
        public var isOff: Bool
        public var weight: Int32?
        public var neutral: Int32?
        /// Only these parameters change.
        public var parameters: [String: ParameterValue]

        public init(
            scorer: String, isOff: Bool = false, weight: Int32? = nil, neutral: Int32? = nil,
            parameters: [String: ParameterValue] = [:]
        ) {
            self.scorer = scorer
            self.isOff = isOff
            self.weight = weight
            self.neutral = neutral
            self.parameters = parameters
        }

        var saysNothing: Bool { !isOff && weight == nil && neutral == nil && parameters.isEmpty }
    }

    public init(scope: ProfileScope, changes: [Change]) {
        self.scope = scope
        self.changes = changes
    }
}
