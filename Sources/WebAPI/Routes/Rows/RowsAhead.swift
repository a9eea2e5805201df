internal import Exchange
internal import InputGate
internal import MatchCore
internal import Operations
internal import Wire

/// The rows of an atomic import, read and mapped before its transaction begins, so that others write meanwhile.
struct RowsAhead: Sendable {
    let header: [String]
    /// Nil where they are too many bytes to hold; then they are read again.
    let rows: [ImportRow]?

    /// Bytes of a body whose rows are held.
    private static let heldBytes = 16 << 20
    /// Rows after which others have their turn.
    private static let stretch = 200

    /// Reads all rows. Throws `bodyTooLarge` for more than may be stored in one transaction.
    init(bytes: Int, most: Int, reading open: @Sendable () throws -> any ImportRows) async throws {
        let source = try open()
        var held: [ImportRow] = []
        var count = 0
        while let row = try source.readable() {
            count += 1
            guard count <= most else { throw Self.tooMany(most) }
            if bytes <= Self.heldBytes { held.append(row) }
            if count % Self.stretch == 0 {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
        header = source.header
        rows = bytes <= Self.heldBytes ? held : nil
    }

    private static func tooMany(_ most: Int) -> Problem {
        Problem(
            .bodyTooLarge,
            "An atomic import has \(most) rows at most, for nobody else writes meanwhile. Send it with mode=partial "
                + "('almoner import' with --rejects), or in parts.",
            zhHans: "整批导入最多 \(most) 行，因写入期间他人须等待。请用 mode=partial（almoner import 加 --rejects），或分次导入。")
    }
}

extension ImportRows {
    /// The next row; where nothing more can be read, that is a problem and no row at fault.
    func readable() throws -> ImportRow? {
        do { return try next() } catch let error as CSVError {
            throw Problem(.invalidInput, LocalizedText(zhHans: error.wording.chinese, en: error.wording.english))
        }
    }
}
