public import Wire

/// What one viewer gets to see of a record: the only form in which a record leaves the program.
///
/// Records are not `Encodable`; projections are. So whoever adds an answer has to say here what it shows to whom.
public protocol Projection: Described {
    associatedtype Record

    /// What the viewer may see; nil where even that the record exists is none of the viewer's business.
    static func projecting(_ record: Record, in context: OperationContext) throws -> Self?

    /// Changes whenever the record does; nil where the record counts no versions, and then its bytes tell.
    var entityVersion: String? { get }
}

extension Projection {
    public var entityVersion: String? { nil }
}

/// An answer that is made of what everyone may see, or is made for its viewer in the first place.
public protocol OpenAnswer: Projection where Record == Self {}

extension OpenAnswer {
    public static func projecting(_ record: Self, in context: OperationContext) throws -> Self? { record }
}
