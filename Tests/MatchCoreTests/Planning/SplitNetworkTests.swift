import Testing

@testable import MatchCore

/// How far lines can be served at the same time, asked again and again of one network.
@Suite struct SplitNetworkTests {
    /// Whatever was asked before, whether it went well or not, only what is served now says what else can be.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func aNetworkKnowsWhatOneMadeAfreshKnows(seed: UInt64) throws {
        var random = SmallInstance.Chance(state: seed)
        let problem = try Self.problem(&random)
        for part in SplitNetwork.parts(of: problem) {
            let network = SplitNetwork(problem, part)
            for _ in 0..<12 {
                let before = network.demand
                let line = Int.random(in: part.lines.indices, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0:
                    let wanted = before.map { $0 + Int64.random(in: 0...3, using: &random) }
                    let isServed = network.serve(wanted)
                    #expect(network.demand == (isServed ? wanted : before))
                    #expect(isServed == SplitNetwork(problem, part).serve(wanted), "seed \(seed)")
                case 1:
                    let hadRoom = network.hasRoom(for: line)
                    #expect(network.serveOneMore(line) == hadRoom)
                default:
                    _ = network.serve(before.map { $0 + 40 })
                }
                let fresh = SplitNetwork(problem, part)
                #expect(fresh.serve(network.demand), "seed \(seed)")
                for line in part.lines.indices {
                    #expect(network.hasRoom(for: line) == fresh.hasRoom(for: line), "seed \(seed)")
                }
            }
        }
    }

    /// A few offers of a few parties, some of which may not give all that they have, and lines that are short of them.
    private static func problem(_ random: inout SmallInstance.Chance) throws -> PlanProblem {
        let lines = Int.random(in: 2...7, using: &random)
        let offers = Int.random(in: 1...5, using: &random)
        let parties = Int.random(in: 1...3, using: &random)
        var pairs: [PlanProblem.Pair] = []
        for line in 0..<lines {
            for offer in 0..<offers where Bool.random(using: &random) {
                pairs.append(.init(line: line, offer: offer, score: 1))
            }
        }
        return try PlanProblem(
            lines: (0..<lines).map { _ in .init(quantity: Int64.random(in: 2...9, using: &random)) },
            offers: (0..<offers).map { _ in
                .init(
                    capacity: Int64.random(in: 0...12, using: &random),
                    party: Int.random(in: 0..<parties, using: &random))
            },
            partyCaps: (0..<parties).map { _ in Int64.random(in: 0...20, using: &random) }, guarantees: [0],
            pairs: pairs)
    }
}
