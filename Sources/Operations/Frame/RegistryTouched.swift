internal import Wire

/// The registry is another than the one that was looked at before a change: nothing was changed, and it may be looked at
/// again.
public struct RegistryTouched: Error, Sendable, Equatable {
    public init() {}

    /// Looks and changes until nobody touches the registry between the two, a few times at most.
    ///
    /// - Throws: ``Problem`` `conflict` where the registry was touched during every look.
    public static func lookingAgain<Result>(
        attempts: Int = 4, _ body: () async throws -> Result
    ) async throws -> Result {
        for _ in 0..<attempts {
            do { return try await body() } catch is RegistryTouched { continue }
        }
        throw Problem(
            .conflict, "The registry was changed during every look at it. Nothing was changed. Try again.",
            zhHans: "每次核对期间登记库都有变动，什么也没有更改。请重试。")
    }
}
