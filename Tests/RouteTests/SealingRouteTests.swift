import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Synchronization
import Testing
import Wire

/// Master keys are changed where they are kept; of them only numbers travel.
@Suite struct SealingRouteTests {
    private func answer(
        _ operation: Operations.Operation<SealingInput, SealingView>, as role: Role, areas: [String] = [],
        with means: SealingMeans?
    ) throws -> SealingView {
        let service = try RouteService()
        var room = service.room
        room.office.sealing = means
        return try service.store.blockingWrite { [room] store in
            let actor = CaseActor(id: RecordID(high: 9, low: 9), role: role)
            return try operation.answer(
                SealingInput(),
                in: room.context(in: store, for: Viewer(actor: actor, areas: areas), at: RouteService.now))
        }
    }

    @Test func anAdminChangesTheKey() throws {
        let version = Mutex<Int64>(1)
        let means = SealingMeans(
            masters: {
                let version = version.withLock { $0 }
                return [.init(version: version, madeAt: Timestamp(milliseconds: version), keys: 3)]
            }, isSealed: { true }, rotate: { _, _ in version.withLock { $0 += 1 } })
        #expect(try answer(SealingOperations.show, as: .auditor, with: means).masters.map(\.version) == [1])
        let changed = try answer(SealingOperations.rotate, as: .admin, with: means)
        #expect(changed.masters.map(\.version) == [2] && changed.masters.first?.keys == 3 && changed.isSealed)
        for role in [Role.auditor, .coordinator, .integration, .donor] {
            #expect(throws: Problem.self) { try answer(SealingOperations.rotate, as: role, with: means) }
        }
        // Nor an admin of some areas: the key is the whole program's.
        #expect(throws: Problem.self) { try answer(SealingOperations.rotate, as: .admin, areas: ["c1"], with: means) }
        #expect(throws: Problem.self) { try answer(SealingOperations.show, as: .admin, areas: ["c1"], with: means) }
        #expect(version.withLock { $0 } == 2)
    }

    @Test func whereNoKeyStoreIsOpenTheServiceSaysSo() async throws {
        let service = try RouteService()
        let refused = try await service.send(.post, "/v1/sealing/rotate", key: "r")
        #expect(refused.status == 503 && refused.problem == "unavailable")
    }
}
