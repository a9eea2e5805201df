internal import MatchCore
internal import Synchronization

/// Counts the figures: from the store for a command, from memory for a server.
public protocol FigureCounting: Sendable {
    /// The figures of every group of a kind that has a wish, as they were at a moment, from what the transaction sees or
    /// a little newer.
    ///
    /// - Parameter rule: what counts as satisfied.
    func figures(
        by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule, in store: any CaseTransaction
    ) throws -> [FigureGroup: Figures]
}

/// Has the store count, in one pass over its table.
public struct StoredFigures: FigureCounting {
    public init() {}

    public func figures(
        by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule, in store: any CaseTransaction
    ) throws -> [FigureGroup: Figures] {
        try store.figures(by: kind, asOf: moment, satisfaction: rule)
    }
}

/// Keeps what the figures are counted from, and reads of it again what transactions touched: what a figure takes does not
/// grow with what a row in a database takes.
///
/// Serves the transactions of one store: versions of another's log say nothing here. Whoever counts must not have written
/// in the same transaction.
public final class ServedFigures: FigureCounting {
    private struct Held {
        var columns: MeasureColumns
        /// Everything that the store's log names until here is in the columns.
        var version: UInt64
    }

    private let held = Mutex<Held?>(nil)

    public init() {}

    public func figures(
        by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule, in store: any CaseTransaction
    ) throws -> [FigureGroup: Figures] {
        guard let version = store.registryVersion else {
            return try StoredFigures().figures(by: kind, asOf: moment, satisfaction: rule, in: store)
        }
        return try columns(at: version, in: store).figures(by: kind, asOf: moment, satisfaction: rule)
    }

    /// One at a time reads what was touched: an older reading must not come after a newer one.
    private func columns(at version: UInt64, in store: any CaseTransaction) throws -> MeasureColumns {
        try held.withLock { held in
            if let held, held.version >= version { return held.columns }
            let touches = held.map { store.registryTouches(after: $0.version) }
            if let touches, !touches.isEverything, held != nil {
                // In the columns' own place, so that they are copied only where somebody still counts in them.
                try held?.columns.read(Array(touches.wishes), from: store)
                held?.version = version
            } else {
                // Let go first: a reading that fails leaves nothing half read, and there is room for the new columns.
                held = nil
                var columns = MeasureColumns()
                try columns.readAll(from: store)
                held = Held(columns: columns, version: version)
            }
            return held?.columns ?? MeasureColumns()
        }
    }
}

extension MeasureColumns {
    fileprivate mutating func readAll(from store: any CaseTransaction) throws {
        try store.forEachMeasure { put($0, $1) }
        try store.forEachMeasuredParty { join($0, $1, at: $2) }
    }

    /// Putting the same in its place twice changes nothing, so a reading that fails half-way is simply done again.
    fileprivate mutating func read(_ wishes: [RecordID], from store: any CaseTransaction) throws {
        try store.forEachMeasure(of: wishes) { put($0, $1) }
        try store.forEachMeasuredParty(of: wishes) { join($0, $1, at: $2) }
    }
}
