internal import Casework
internal import HTTPTypes
internal import MatchCore
internal import Operations
internal import Synchronization

/// Answers that were given lately, to be given again to the same viewer as long as nothing they rest on has changed.
///
/// What changed is for the store's log to say, so whoever was told of a change never gets an answer from before it. Where
/// others may change the store unseen there is no log, and nothing is kept.
final class AnswerShelf: Sendable {
    /// What was asked, and by whom.
    struct Question: Hashable {
        private let operation: String
        private let members: [String]
        private let query: [String]
        private let viewer: Viewer

        init(_ operation: AnyOperation, _ match: RouteTable.Match, _ viewer: Viewer, _ request: APIRequest) {
            self.operation = operation.facts.id
            members = match.members
            query = request.query.isEmpty ? [] : request.query.flatMap { [$0.name, $0.value] }
            self.viewer = viewer
        }
    }

    struct Answer: Sendable {
        let response: APIResponse
        /// Without quotes.
        let tag: String
        /// The looks at sealed fields that it took.
        let reads: Set<SealedRead>
        let at: Moment
    }

    private struct State {
        /// Everything that the store's log names until here was taken away.
        var version: UInt64 = 0
        var rankings: [Question: Answer] = [:]
        var records: [RecordID: [Question: Answer]] = [:]
        var size = 0
    }

    private let store: any CaseStore
    private let capacity: Int
    private let state = Mutex(State())

    /// For how long a ranking is given again, in milliseconds: scores move with the time of day, slowly.
    static let greatestAge: Int64 = 10_000
    /// What an answer takes besides its body, in bytes; an estimate.
    private static let overhead = 1_024

    /// - Parameter capacity: bytes of bodies; beyond, all are made anew. 0 keeps none.
    init(_ store: any CaseStore, capacity: Int) {
        self.store = store
        self.capacity = capacity
    }

    /// Until where an answer sees that is made from now on; nil where it will not be kept.
    func version(for question: Question?) -> UInt64? {
        capacity > 0 && question != nil ? store.registryVersion : nil
    }

    /// The answer to a question, where it is known and may be shown without more ado.
    func answer(to question: Question, about record: RecordID?, at now: Moment) -> Answer? {
        guard let version = store.registryVersion else { return nil }
        let found = state.withLock { state in
            if state.version < version { forget(&state, until: version) }
            return record.map { state.records[$0]?[question] } ?? state.rankings[question]
        }
        guard let found else { return nil }
        if record == nil, !(0..<Self.greatestAge).contains(now.milliseconds - found.at.milliseconds) { return nil }
        guard found.reads.isEmpty || store.areOnRecord(Set(found.reads.map { $0.again(at: now) })) else { return nil }
        return found
    }

    /// - Parameter version: what ``version(for:)`` was before the answer was made.
    func keep(_ answer: Answer, to question: Question, about record: RecordID?, version: UInt64) {
        let size = Self.size(answer)
        guard size <= capacity / 8 else { return }
        state.withLock { state in
            if state.version < version { forget(&state, until: version) }
            // Something changed while it was made.
            guard state.version == version else { return }
            if state.size + size > capacity { state = State(version: version) }
            let before =
                if let record {
                    state.records[record, default: [:]].updateValue(answer, forKey: question)
                } else {
                    state.rankings.updateValue(answer, forKey: question)
                }
            state.size += size - (before.map { Self.size($0) } ?? 0)
        }
    }

    private static func size(_ answer: Answer) -> Int { answer.response.wholeCount + overhead }

    private func forget(_ state: inout State, until version: UInt64) {
        let touches = store.registryTouches(after: state.version, through: version)
        if touches.isEverything {
            state = State()
        } else {
            for answer in state.rankings.values { state.size -= Self.size(answer) }
            state.rankings = [:]
            for id in touches.wishes.union(touches.offers) {
                guard let answers = state.records.removeValue(forKey: id) else { continue }
                for answer in answers.values { state.size -= Self.size(answer) }
            }
        }
        state.version = version
    }
}

extension SealedRead {
    /// The same look at another moment.
    fileprivate func again(at moment: Moment) -> SealedRead {
        SealedRead(at: moment, actor: actor, role: role, holder: holder, field: field)
    }
}
