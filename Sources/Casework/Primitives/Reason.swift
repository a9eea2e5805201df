public import MatchCore

/// Why a step was made: a code, and where the words stand when someone wrote some.
///
/// The words themselves stay in a field that can be sealed; the history carries only the reference.
public struct Reason: Hashable, Sendable, Codable {
    public let code: Code
    public let note: RecordID?

    public init(_ code: Code, note: RecordID? = nil) {
        self.code = code
        self.note = note
    }
}
