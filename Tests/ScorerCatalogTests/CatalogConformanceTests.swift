import AlmonerTesting
import MatchCore
import ScorerCatalog
import Testing

@Suite struct CatalogConformanceTests {
    @Test(arguments: ScorerCatalog.all.map { $0.descriptor.id })
    func scorerKeepsTheContract(id: String) throws {
        let type = try #require(ScorerCatalog.all.first { $0.descriptor.id == id })
        for fault in ScorerConformance.faults(of: type) { Issue.record("\(id): \(fault)") }
    }
}
