internal import Casework
internal import MatchCore
internal import Synchronization

/// What the transactions of all nodes touched, as far as this node has seen it.
///
/// Nobody polls: whoever asks for the registry first reads what its own snapshot shows of the table, so that what was
/// committed before it began is rankable, on whichever node that was. Who has not looked for so long that rows may have
/// been forgotten, or looks at another server than before, begins anew: everything counts as touched.
final class SharedRegistryLog: Sendable {
    private struct State {
        /// Of the server that the numbers are of.
        var timeline = 0
        /// In the log stands every transaction below this number that touched anything; nil before the first look.
        var horizon: Int64?
        /// The log's version once each transaction had come in, together with those that came with it.
        var versions: [Int64: UInt64] = [:]
        /// Of smaller numbers it is forgotten with which version they came in.
        var floor: Int64 = 0
    }

    private let log = RegistryLog()
    /// Of the feed of changes.
    let noted = NotedTimeline()
    private let state = Mutex(State())
    /// How far back rows are kept, in numbers of transactions.
    let kept: Int64
    /// How many transactions' versions are remembered before the older half is forgotten.
    private static let capacity = 20_000
    /// How often a look is taken again that another crossed.
    private static let attempts = 4

    /// - Parameter kept: the same for all nodes.
    init(kept: Int64) {
        self.kept = kept
    }

    /// Where a transaction stands in the log; nil for one whose snapshot is older than what is remembered.
    func seen(on connection: any SharedConnection, program: String) throws -> SeenRegistry? {
        let settled = try connection.settledTransactions()
        let timeline = connection.timeline
        let table = TouchTable(connection: connection, program: program)
        for _ in 0..<Self.attempts {
            guard let begin = state.withLock({ begin(&$0, at: settled, on: timeline) }) else { return nil }
            let rows = try table.all(from: begin)
            switch state.withLock({ take(rows, from: begin, into: &$0, at: settled, on: timeline) }) {
            case .seen(let seen): return seen
            case .tooOld: return nil
            case .crossed: continue
            }
        }
        return nil
    }

    /// From which number on to read; nil for a transaction of a server that was replaced.
    private func begin(_ state: inout State, at settled: Int64, on timeline: Int) -> Int64? {
        guard timeline >= state.timeline else { return nil }
        if timeline > state.timeline {
            // What the old server kept to itself was undone by nobody, and its numbers are given again.
            state = State(timeline: timeline)
        }
        guard let horizon = state.horizon, !isFar(horizon, from: settled) else { return settled }
        return min(horizon, settled)
    }

    /// Half of what is kept, for nodes of other versions forget by rules of their own.
    private func isFar(_ horizon: Int64, from settled: Int64) -> Bool { settled - horizon >= kept / 2 }

    private enum Look {
        case seen(SeenRegistry)
        case tooOld
        /// Another look has begun anew meanwhile, and what was read begins too late for it.
        case crossed
    }

    private func take(
        _ rows: [(number: Int64, touches: RegistryTouches)], from begin: Int64, into state: inout State,
        at settled: Int64, on timeline: Int
    ) -> Look {
        guard timeline == state.timeline, settled >= state.floor else { return .tooOld }
        if let horizon = state.horizon, !isFar(horizon, from: settled) {
            guard begin <= horizon else { return .crossed }
        } else {
            var everything = RegistryTouches()
            everything.insertEverything()
            log.append(everything)
            state.versions = [:]
            // A snapshot that is older still sees less than from now on counts as seen.
            state.floor = settled
        }
        var added = RegistryTouches()
        let new = rows.filter { state.versions[$0.number] == nil }
        for row in new { added.formUnion(row.touches) }
        log.append(added, of: new.count)
        for row in new { state.versions[row.number] = log.version }
        state.horizon = max(state.horizon ?? settled, settled)

        // Another transaction with a newer snapshot may have put into the log what this one cannot see, and with it, under
        // one version, what this one does see. The log counts transactions, and of two snapshots one sees all that the
        // other does: so how many this one sees says where it stands among them, and what it does not see came in later.
        let visible = Set(rows.map(\.number))
        var version = log.version
        var firstHidden = UInt64.max
        for (number, arrival) in state.versions where number >= settled && !visible.contains(number) {
            version -= 1
            firstHidden = min(firstHidden, arrival)
        }
        // A standby shows commits in an order of its own: whatever was not seen is told of once more.
        if firstHidden <= version { version = firstHidden - 1 }
        forget(&state)
        return .seen(SeenRegistry(log, version: version, reach: log.version))
    }

    private func forget(_ state: inout State) {
        guard state.versions.count > Self.capacity else { return }
        let numbers = state.versions.keys.sorted()
        let floor = min(numbers[numbers.count / 2], state.horizon ?? 0)
        state.floor = max(state.floor, floor)
        for number in numbers where number < floor { state.versions[number] = nil }
    }
}

/// Reads and writes what transactions touched.
struct TouchTable {
    let connection: any SharedConnection
    let program: String
    /// How far back it is kept, in numbers of transactions. Who has not looked for longer reads everything anew.
    static let kept: Int64 = 200_000

    /// - Parameter kept: how far back rows are kept, counted from the oldest transaction that is not over: what that one
    ///   touches is seen by everybody who looked since it began.
    func insert(_ touches: RegistryTouches, keeping kept: Int64 = Self.kept) throws {
        let number = try connection.transactionNumber(in: program)
        try connection.run(
            "INSERT INTO registry_touch (program, transaction_number, records) VALUES ($1, $2, $3)",
            [.text(program), .integer(number), .text(TouchText.encode(touches))])
        guard number % min(512, max(1, kept / 8)) == 0 else { return }
        let oldest = min(number, try connection.settledTransactions())
        try connection.run(
            "DELETE FROM registry_touch WHERE program = $1 AND transaction_number < $2",
            [.text(program), .integer(oldest - kept)])
    }

    func all(from number: Int64) throws -> [(number: Int64, touches: RegistryTouches)] {
        try connection.all(
            """
            SELECT transaction_number, records FROM registry_touch WHERE program = $1 AND transaction_number >= $2
            ORDER BY transaction_number
            """, [.text(program), .integer(number)]
        ).map { (number: try $0[0], touches: TouchText.decode(try $0[1])) }
    }
}

/// Records in one column: a letter for the kind and the id, with spaces between; `f` for the profiles, `*` for everything.
enum TouchText {
    static func encode(_ touches: RegistryTouches) -> String {
        if touches.isEverything { return "*" }
        let records =
            touches.parties.sorted().map { "p\($0)" } + touches.offers.sorted().map { "o\($0)" }
            + touches.wishes.sorted().map { "w\($0)" }
        return (records + (touches.hasProfiles ? ["f"] : [])).joined(separator: " ")
    }

    /// What is not understood, a newer version's, is everything.
    static func decode(_ text: String) -> RegistryTouches {
        var touches = RegistryTouches()
        for word in text.split(separator: " ") {
            if word == "f" {
                touches.insertProfiles()
                continue
            }
            let kinds: [Character: RecordKind] = ["p": .party, "o": .offer, "w": .wish]
            guard let kind = word.first.flatMap({ kinds[$0] }), let id = RecordID(word.dropFirst()) else {
                touches.insertEverything()
                break
            }
            touches.insert(kind, id)
        }
        return touches
    }
}
