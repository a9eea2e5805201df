/// An error that knows how it is answered.
///
/// Errors of layers that the operations do not see (a store's) state it themselves; all others are mapped in one place.
public protocol ProblemSource: Error {
    var problem: Problem { get }
}

extension Problem: ProblemSource {
    public var problem: Problem { self }
}
