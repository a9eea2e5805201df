internal import MatchCore

/// The rounds that a server makes besides answering requests: it seals the history and does the due work, as long as
/// the task runs.
public struct DutyRounds: Sendable {
    /// The machine, as far as the rounds look at it.
    public struct Host: Sendable {
        public let now: @Sendable () -> Moment
        /// Milliseconds of a clock that nobody sets, nil where there is none.
        public let uptime: @Sendable () -> Int64?
        /// Waits; throws when the task is cancelled.
        public let pause: @Sendable (Duration) async throws -> Void

        public init(
            now: @escaping @Sendable () -> Moment, uptime: @escaping @Sendable () -> Int64?,
            pause: @escaping @Sendable (Duration) async throws -> Void
        ) {
            self.now = now
            self.uptime = uptime
            self.pause = pause
        }
    }

    /// What a round came to, for the server's log and its alarms.
    public enum Event: Sendable {
        case sealed(DutyOutcome<HistorySealer.Report>)
        case ran(DutyOutcome<RunOutcome>)
        /// The round failed; the next one is made all the same.
        case failed(Duty, any Error)
    }

    private let store: any CaseStore
    private let sealer: HistorySealer
    private let runner: ClockRunner
    private let host: Host
    private let sealingEvery: Duration
    private let clocksEvery: Duration

    /// - Parameters:
    ///   - sealingEvery: less than a second, for that is how soon an entry is to have its number and hash.
    ///   - clocksEvery: how late a warning may come.
    public init(
        store: any CaseStore, sealer: HistorySealer, runner: ClockRunner, host: Host,
        sealingEvery: Duration = .milliseconds(500), clocksEvery: Duration = .seconds(60)
    ) {
        self.store = store
        self.sealer = sealer
        self.runner = runner
        self.host = host
        self.sealingEvery = sealingEvery
        self.clocksEvery = clocksEvery
    }

    /// Goes on until the task is cancelled, and then leaves its duties to the other nodes.
    public func run(_ tell: @escaping @Sendable (Event) -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await seal(tell) }
            group.addTask { await keepClocks(tell) }
        }
    }

    private func seal(_ tell: @Sendable (Event) -> Void) async {
        await repeating(.sealing, every: sealingEvery, tell) {
            tell(.sealed(try await sealer.run(on: store, now: host.now)))
        }
        await leave(.sealing, sealer.node, tell)
    }

    private func keepClocks(_ tell: @Sendable (Event) -> Void) async {
        var runner = runner
        await repeating(.clocks, every: clocksEvery, tell) {
            tell(.ran(try await runner.run(on: store, now: host.now(), uptime: host.uptime())))
        }
        await leave(.clocks, runner.node, tell)
    }

    private func repeating(
        _ duty: Duty, every interval: Duration, _ tell: @Sendable (Event) -> Void, _ round: () async throws -> Void
    ) async {
        while !Task.isCancelled {
            do { try await round() } catch is CancellationError { return } catch { tell(.failed(duty, error)) }
            do { try await host.pause(interval) } catch { return }
        }
    }

    /// In a task of its own, which the cancellation does not reach.
    private func leave(_ duty: Duty, _ node: RecordID, _ tell: @Sendable (Event) -> Void) async {
        let (store, moment) = (store, host.now())
        do {
            try await Task { try await store.write { try $0.leave(duty, node: node, at: moment) } }.value
        } catch { tell(.failed(duty, error)) }
    }
}
