internal import Synchronization

/// Counts the transactions that changed keys.
///
/// The number moves after the commit and before it is reported: whoever reads keys first and the number of before keeps
/// what was true then, and whoever has been told of a change finds a new number.
final class KeysVersion: Sendable {
    private let number = Atomic<UInt64>(0)

    var current: UInt64 { number.load(ordering: .acquiring) }

    func watching<Result>(_ write: (@escaping @Sendable () -> Void) async throws -> Result) async throws -> Result {
        let mark = Mark()
        defer { if mark.isSet { move() } }
        return try await write { mark.set() }
    }

    func watching<Result>(_ write: (@escaping @Sendable () -> Void) throws -> Result) throws -> Result {
        let mark = Mark()
        defer { if mark.isSet { move() } }
        return try write { mark.set() }
    }

    private func move() { number.wrappingAdd(1, ordering: .acquiringAndReleasing) }

    private final class Mark: Sendable {
        private let mark = Atomic<Bool>(false)

        func set() { mark.store(true, ordering: .releasing) }
        var isSet: Bool { mark.load(ordering: .acquiring) }
    }
}
