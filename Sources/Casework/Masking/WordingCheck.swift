/// Looks a wording over before it is published: what tells who somebody is, how to reach them, or where they live.
///
/// Pure, and linear in the length of the text but for names. Digits are read in full width, in other scripts, as Chinese
/// numerals, spaced and punctuated. What it finds is certain to be looked at, not certain to be personal: a person decides,
/// except on ``MaskingKind/never``.
public struct WordingCheck: Sendable {
    private var names: KnownNames
    private let thisYear: Int

    /// - Parameters:
    ///   - names: of those who live in the household, and of staff.
    ///   - thisYear: for what can be a date of birth.
    public init(names: [String] = [], thisYear: Int) {
        self.names = KnownNames(names)
        self.thisYear = thisYear
    }

    /// The same that knows some more names.
    public func knowing(_ names: some Sequence<String>) -> WordingCheck {
        var check = self
        check.names.add(names)
        return check
    }

    /// What is found, in the order of the text; no two overlap.
    public func findings(in wording: String) -> [MaskingFinding] {
        let text = PlainScalars(wording)
        let isChinese = text.isChinese
        let accounts = AccountSearch(text: text).findings()
        let numbers = NumberSearch(text: text, thisYear: thisYear).findings()
        let found =
            numbers + accounts + AddressSearch(text: text).findings() + names.findings(in: text)
        var taken: [MaskingFinding] = []
        // The gravest first: of two that overlap it is the one to tell, over the place of both.
        for (kind, place) in found.sorted(by: { Self.rank($0.0) < Self.rank($1.0) }) {
            var (kind, place) = (kind, place)
            for other in taken where other.place.overlaps(place) {
                place = min(place.lowerBound, other.place.lowerBound)..<max(place.upperBound, other.place.upperBound)
                if Self.rank(other.kind) < Self.rank(kind) { kind = other.kind }
            }
            taken.removeAll { $0.place.overlaps(place) }
            let replacement =
                kind == .name ? KnownNames.masked(text.original[place]) : kind.replacement(isChinese: isChinese)
            taken.append(MaskingFinding(kind, at: place, replacement: replacement))
        }
        return taken.sorted { $0.place.lowerBound < $1.place.lowerBound }
    }

    private static func rank(_ kind: MaskingKind) -> Int { MaskingKind.allCases.firstIndex(of: kind) ?? 0 }

    /// The wording with each replacement in its place.
    public static func masked(_ wording: String, _ findings: [MaskingFinding]) -> String {
        let scalars = Array(wording.unicodeScalars)
        var masked = String.UnicodeScalarView()
        var place = 0
        for finding in findings where finding.place.lowerBound >= place && finding.place.upperBound <= scalars.count {
            masked.append(contentsOf: scalars[place..<finding.place.lowerBound])
            masked.append(contentsOf: finding.replacement.unicodeScalars)
            place = finding.place.upperBound
        }
        masked.append(contentsOf: scalars[place...])
        return String(masked)
    }
}

/// A wording that is not published as it stands. It says what kinds stand where, never what stands there.
public struct WordingRefusal: Error, Hashable, Sendable {
    public let findings: [MaskingFinding]

    public init(_ findings: [MaskingFinding]) { self.findings = findings }

    /// Whether a coordinator may publish it all the same, with a reason.
    public func mayBeOverridden(by rules: MaskingRules) -> Bool {
        findings.allSatisfy { rules.mayBeOverridden.contains($0.kind) }
    }
}

/// What a program lets a coordinator publish although it was found, with a reason (`Data/casework/masking.yaml`).
public struct MaskingRules: Hashable, Sendable, Codable {
    public let mayBeOverridden: [MaskingKind]

    public init(mayBeOverridden: [MaskingKind]) { self.mayBeOverridden = mayBeOverridden }

    /// All but identity numbers and bank cards.
    public static let standard = MaskingRules(
        mayBeOverridden: MaskingKind.allCases.filter { !MaskingKind.never.contains($0) })

    /// Throws `malformed` for rules that would let an identity number or a bank card be published.
    public func check() throws {
        guard MaskingKind.never.isDisjoint(with: mayBeOverridden) else {
            throw CaseworkError(
                .malformed, "An identity number or a bank card is never published: take it out of mayBeOverridden.",
                zhHans: "身份证号和银行卡号任何情况下都不得发布：请从 mayBeOverridden 中删除。")
        }
    }
}
