public import InputGate

/// One thing that is wrong with a row, or doubtful where it stands among the warnings.
public struct ImportFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reasons. The list is closed and its names are stable.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The row itself could not be read; the message is that of the `CSVError`.
        case unreadableRow
        case missingValue
        case unknownValue
        case notANumber
        case notWhole
        case outOfRange
        case notADate
        case notTrueOrFalse
        case badFlag
        case joinMissing
        /// A warning: a lookup found nothing, its columns are empty.
        case lookupMissing
        /// A warning: a lookup found several, its columns are empty.
        case lookupAmbiguous
    }

    public let code: Code
    public let place: ImportPlace
    private let problem: Wording

    public init(_ code: Code, at place: ImportPlace, _ problem: Wording) {
        self.code = code
        self.place = place
        self.problem = problem
    }

    /// Wraps what the reader refused.
    public init(_ error: CSVError) {
        self.init(
            .unreadableRow,
            at: ImportPlace(row: error.row, line: error.line, column: error.column, columnName: error.columnName),
            error.problem)
    }

    /// The place and the sentence, in both languages.
    public var wording: Wording { place.prefixed(to: problem) }
    /// The place and the sentence in English.
    public var message: String { wording.english }
    public var description: String { message }
}
