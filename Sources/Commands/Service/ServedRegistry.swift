import Casework
import MatchCore
import Operations
import Storage
import Synchronization

/// The registry of a server: loaded when something in it has changed since, and then shared by all who ask.
final class ServedRegistry: RegistryViewing {
    private struct Held {
        let view: MatchingView
        let version: UInt64
        let loadedAt: ContinuousClock.Instant
    }

    private struct State {
        var held: [String: Held] = [:]
        var loading: Set<String> = []
    }

    private let source: RegistrySnapshots
    private let store: SQLCaseStore
    /// How old a view may be while the registry changes all the time.
    private let patience: Duration
    private let state = Mutex(State())

    init(source: RegistrySnapshots, store: SQLCaseStore, patience: Duration = .seconds(1)) {
        self.source = source
        self.store = store
        self.patience = patience
    }

    func view(by profile: String, at now: Moment, in transaction: any CaseTransaction) throws -> MatchingView? {
        // Asked for before reading: a change between the two only makes the view look older than it is.
        guard let version = store.registryVersion else { return try source.view(by: profile, at: now, in: transaction) }
        let known: MatchingView? = state.withLock { state in
            guard let held = state.held[profile] else { return nil }
            let isFresh = held.version == version || ContinuousClock.now - held.loadedAt < patience
            // While one loads, the others go on with what there is.
            if isFresh || state.loading.contains(profile) { return held.view }
            state.loading.insert(profile)
            return nil
        }
        if let known { return known }
        defer { state.withLock { _ = $0.loading.remove(profile) } }
        guard let view = try source.view(by: profile, at: now, in: transaction) else { return nil }
        state.withLock { state in
            guard state.held[profile].map({ $0.version <= version }) ?? true else { return }
            // Names of profiles are few; a bound keeps what nobody asks for any more from staying.
            if state.held.count >= 8 { state.held = [:] }
            state.held[profile] = Held(view: view, version: version, loadedAt: .now)
        }
        return view
    }
}
