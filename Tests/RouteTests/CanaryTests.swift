import Casework
import MatchCore
import Operations
import Testing
import Wire

/// Texts that stand in one sealed field each: wherever they turn up, the table of access says so.
@Suite struct CanaryTests {
    private struct Canary {
        let text: String
        /// Any of these shows it.
        let places: [(AccessRecord, AccessStage, AccessPart)]
    }

    private func canaries(_ side: AccessWorld.Side) -> [Canary] {
        let number = side == .own ? 0 : 1
        return [
            Canary(text: "SAIDWORDS-\(side.rawValue)", places: [(.inbox, .always, .words), (.person, .always, .file)]),
            Canary(
                text: "DRAFTTEXT-\(side.rawValue)",
                places: [(.wish, .beforeApproval, .wording), (.person, .always, .file)]),
            Canary(text: "HANDLE-draft-\(side.rawValue)", places: [(.wish, .beforeApproval, .handle)]),
            Canary(
                text: "MEMBERNAME-\(side.rawValue)",
                places: [(.household, .always, .members), (.person, .always, .file)]),
            Canary(
                text: "hardship-\(side.rawValue)",
                places: [(.household, .always, .circumstances), (.person, .always, .file)]),
            Canary(
                text: "derived-\(side.rawValue)",
                places: [(.household, .always, .circumstances), (.person, .always, .file)]),
            Canary(
                text: "VISITNOTE-\(side.rawValue)",
                places: [(.history, .always, .notes), (.person, .always, .file)]),
            Canary(text: "NOTEWORDS-\(side.rawValue)", places: [(.approval, .always, .notes)]),
            Canary(
                text: "22.81\(number)7123",
                places: [(.wish, .beforeApproval, .exactPlace), (.person, .always, .file)]),
        ]
    }

    @Test func nothingPersonalTurnsUpWhereTheTableDoesNotSayIt() async throws {
        let world = try await AccessWorld()
        var found: Set<String> = []
        for operation in OperationList.all {
            if case .intake? = operation.stream { continue }
            for role in Role.allCases {
                let viewer = world.viewer(role, calling: operation)
                for asked in AccessWorld.Side.allCases {
                    let outcome = world.call(operation, try world.input(operation, asked), as: viewer)
                    #expect(outcome.problem != .internalError, "\(role) \(operation.facts.id): \(outcome.text)")
                    for side in AccessWorld.Side.allCases {
                        for canary in canaries(side) where outcome.text.contains(canary.text) {
                            let standing = world.standing(viewer, to: .wish, isOwn: side == .own)
                            let isSaid = canary.places.contains { record, stage, part in
                                AccessTable.standard.parts(of: record, at: stage, for: role, standing).contains(part)
                            }
                            #expect(isSaid, "\(role) reads \(canary.text) in \(operation.facts.id)")
                            found.insert("\(canary.text)")
                        }
                    }
                }
            }
        }
        // The sweep sees what may be seen: else it would prove nothing.
        #expect(
            found.count >= 8 && found.isSuperset(of: ["MEMBERNAME-own", "hardship-own", "derived-own"]), "\(found)")
        #expect(world.service.reports.isEmpty)
    }
}
