public import Casework
public import Exchange
internal import MatchCore
internal import Wire

/// What an import is done with: the same on the command line and over HTTP.
public struct ImportTerms: Sendable {
    public let mapping: Mapping
    private let reference: ReferenceData
    private let resolver: CodeResolver
    /// Nil where the installation has no key file; then nothing that is said of a person is compared.
    private let blind: BlindIndex?
    private let opensCases: Bool
    private let areApproved: Bool

    /// Throws `unavailable` for a mapping that says something of a person where there is no key to compare it by.
    ///
    /// - Parameters:
    ///   - opensCases: whether the cases of new wishes are opened, and their clocks start.
    ///   - areApproved: whether new wishes were approved where they come from; else each takes its lane's way.
    public init(
        _ mapping: Mapping, reference: ReferenceData, office: OfficeMeans, opensCases: Bool = true,
        areApproved: Bool = false
    ) throws {
        self.mapping = mapping
        self.reference = reference
        resolver = CodeResolver(areas: reference.areas, categories: reference.categories)
        let isPersonal = mapping.kind == .people || TargetField.personal.contains(where: mapping.fills)
        blind = try isPersonal ? office.requiredIndex() : office.makeIndex()
        self.opensCases = opensCases
        self.areApproved = areApproved
    }

    /// A run of one transaction.
    public func run(desk: CaseDesk, header: [String], undoesRows: Bool) -> ImportRun {
        run(desk: desk, header: header, undoesRows: undoesRows, memory: IntakeMemory())
    }

    func run(desk: CaseDesk, header: [String], undoesRows: Bool, memory: IntakeMemory) -> ImportRun {
        ImportRun(
            RecordIntake(
                transaction: desk.store, mapping: mapping,
                builder: RecordBuilder(resolver: resolver, source: mapping.source),
                admission: Admission(areas: reference.areas, categories: reference.categories), desk: desk,
                blind: blind, opensCases: opensCases, areApproved: areApproved, memory: memory),
            header: header, undoesRows: undoesRows)
    }
}
