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
/// It belongs to the store that it was first asked of; for another's transactions, and while the whole table is read, the
/// store counts itself. Whoever counts must not have written in the same transaction.
public final class ServedFigures: FigureCounting {
    private struct Held {
        var columns: MeasureColumns
        /// Everything that the store's log names until here is in the columns.
        var version: UInt64
        let log: any AnyObject & Sendable
    }

    private struct State {
        var held: Held?
        var isLoading = false
    }

    /// What a request goes on with.
    private enum Step {
        case count(MeasureColumns)
        case load
        case ask
    }

    private let state = Mutex(State())
    private let load: @Sendable (any CaseTransaction) throws -> MeasureColumns

    public convenience init() {
        self.init(loading: { try MeasureColumns(of: $0) })
    }

    /// - Parameter load: reads the whole table.
    package init(loading load: @escaping @Sendable (any CaseTransaction) throws -> MeasureColumns) {
        self.load = load
    }

    public func figures(
        by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule, in store: any CaseTransaction
    ) throws -> [FigureGroup: Figures] {
        guard let version = store.registryVersion, let log = store.registryLog else {
            return try StoredFigures().figures(by: kind, asOf: moment, satisfaction: rule, in: store)
        }
        switch try state.withLock({ try step(&$0, at: version, of: log, in: store) }) {
        case .count(let columns): return columns.figures(by: kind, asOf: moment, satisfaction: rule)
        case .ask: return try StoredFigures().figures(by: kind, asOf: moment, satisfaction: rule, in: store)
        case .load:
            let columns = Result { try load(store) }
            state.withLock { state in
                state.isLoading = false
                if case .success(let columns) = columns {
                    state.held = Held(columns: columns, version: version, log: log)
                }
            }
            return try columns.get().figures(by: kind, asOf: moment, satisfaction: rule)
        }
    }

    /// One at a time reads what was touched: an older reading must not come after a newer one. Nobody waits for who reads
    /// everything, which takes long.
    private func step(
        _ state: inout State, at version: UInt64, of log: any AnyObject & Sendable, in store: any CaseTransaction
    ) throws -> Step {
        if state.isLoading { return .ask }
        if let held = state.held {
            guard held.log === log else { return .ask }
            if held.version >= version { return .count(held.columns) }
            let touches = store.registryTouches(after: held.version)
            if !touches.isEverything {
                // In the columns' own place, so that they are copied only where somebody still counts in them.
                try state.held?.columns.read(Array(touches.wishes), from: store)
                state.held?.version = version
                return state.held.map { .count($0.columns) } ?? .ask
            }
        }
        // Let go first: a reading that fails leaves nothing half read, and there is room for the new columns.
        state.held = nil
        state.isLoading = true
        return .load
    }
}

extension MeasureColumns {
    package init(of store: any CaseTransaction) throws {
        self.init()
        try store.forEachMeasure { put($0, $1) }
        try store.forEachMeasuredParty { join($0, $1, at: $2) }
    }

    /// Putting the same in its place twice changes nothing, so a reading that fails half-way is simply done again.
    fileprivate mutating func read(_ wishes: [RecordID], from store: any CaseTransaction) throws {
        try store.forEachMeasure(of: wishes) { put($0, $1) }
        try store.forEachMeasuredParty(of: wishes) { join($0, $1, at: $2) }
    }
}
