internal import Casework
internal import Dispatch
internal import MatchCore
internal import Synchronization

/// One registry of a server, as some eyes may see it.
final class HeldRegistry: Sendable {
    private struct Held {
        let live: LiveRegistry
        /// Everything that the store's log names until here is in the registry.
        let version: UInt64
        let hasDistances: Bool
    }

    private struct State {
        var held: Held?
        /// Profiles of the held version, by their names.
        var families: [String: ViewFamily] = [:]
    }

    private let source: RegistrySnapshots
    private let eyes: RegistrySnapshot.Eyes
    private let state = Mutex(State())
    /// One at a time reads what was touched and applies it: an older reading must not come after a newer one.
    private let updating = Mutex(())
    private let merges = DispatchQueue(label: "registry.merge", qos: .utility)

    init(_ source: RegistrySnapshots, for eyes: RegistrySnapshot.Eyes) {
        self.source = source
        self.eyes = eyes
    }

    func view(by profile: String, at now: Moment, in store: any CaseTransaction) throws -> MatchingView? {
        guard let version = store.registryVersion else {
            return try source.view(by: profile, at: now, in: store, for: eyes)
        }
        let view = try registry(at: version, in: store).current()
        guard let family = try family(profile, over: view, at: version, in: store) else { return nil }
        let voices = try family.profile.vote.map { _ in try family.profile.voices(in: store) } ?? []
        return source.matching(
            family, try voices.map { try self.family($0, over: view, at: version) }, view, now)
    }

    // MARK: Records

    private func registry(at version: UInt64, in store: any CaseTransaction) throws -> LiveRegistry {
        if let held = held(at: version) { return held.live }
        return try updating.withLock { _ in
            if let held = held(at: version) { return held.live }
            let held = try updated(to: version, in: store)
            return held.live
        }
    }

    private func held(at version: UInt64) -> Held? {
        state.withLock { state in state.held.flatMap { $0.version >= version ? $0 : nil } }
    }

    /// Called by one at a time.
    private func updated(to version: UInt64, in store: any CaseTransaction) throws -> Held {
        let known = state.withLock { $0.held }
        let touches = known.map { store.registryTouches(after: $0.version) }
        let held: Held
        if let known, let touches, !known.hasDistances || touches.count == 0,
            let changes = try RegistrySnapshot.changes(
                of: touches, in: store, areas: source.reference.areas,
                categories: source.reference.categories, for: eyes)
        {
            known.live.apply(changes)
            held = Held(live: known.live, version: version, hasDistances: known.hasDistances)
        } else {
            held = try loaded(at: version, in: store)
        }
        state.withLock { state in
            state.held = held
            if touches?.hasProfiles ?? true { state.families = [:] }
        }
        return held
    }

    private func loaded(at version: UInt64, in store: any CaseTransaction) throws -> Held {
        var hasDistances = false
        if eyes == .coordinators { try store.forEachDistance { _ in hasDistances = true } }
        let merges = merges
        let live = LiveRegistry(try source.registry(in: store, for: eyes)) { work in merges.async(execute: work) }
        return Held(live: live, version: version, hasDistances: hasDistances)
    }

    // MARK: Profiles

    private func family(
        _ name: String, over view: RegistryView, at version: UInt64, in store: any CaseTransaction
    ) throws -> ViewFamily? {
        let wanted = try ProfileName(name, at: "?profile")
        if wanted.isDraft {
            // A draft changes without anybody being told; it is read each time.
            return try wanted.find(in: store).map { try ViewFamily($0, scorers: source.scorers, view: view) }
        }
        let known = state.withLock { $0.families[name] }
        guard let profile = try known?.profile ?? wanted.find(in: store) else { return nil }
        return try family(profile, called: name, after: known, over: view, at: version)
    }

    /// Of a revision, which never changes.
    private func family(
        _ profile: ScoringProfile, over view: RegistryView, at version: UInt64
    ) throws -> ViewFamily {
        let known = state.withLock { $0.families[profile.reference] }
        return try family(profile, called: profile.reference, after: known, over: view, at: version)
    }

    private func family(
        _ profile: ScoringProfile, called name: String, after known: ViewFamily?, over view: RegistryView,
        at version: UInt64
    ) throws -> ViewFamily {
        let family = try ViewFamily(profile, scorers: source.scorers, view: view, reusing: known)
        state.withLock { state in
            // Only what was read where the registry stands: an older transaction may have seen an older revision.
            let isNewest =
                known == nil
                ? state.held?.version == version : state.families[name]?.profile.reference == profile.reference
            guard isNewest else { return }
            // Names of profiles are few; a bound keeps what nobody asks for any more from staying.
            if state.families.count >= 8, state.families[name] == nil { state.families = [:] }
            state.families[name] = family
        }
        return family
    }
}
