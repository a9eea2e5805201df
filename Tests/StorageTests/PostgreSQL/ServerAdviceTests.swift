import AlmonerTesting
import Testing

@testable import Storage

@Suite("What doctor says of a server")
struct ServerAdviceTests {
    private func findings(
        hosts: Int = 1, library: Int = 150_018, _ change: (inout ServerSettings) -> Void = { _ in }
    ) -> [ServerAdvice.Finding] {
        var settings = ServerSettings()
        change(&settings)
        return ServerAdvice(settings, hosts: hosts, ours: 20, library: library).findings
    }

    @Test("A sound server is not complained of")
    func sound() {
        #expect(findings() == [])
        #expect(
            findings(hosts: 2) {
                $0.standbyNames = "b"
                $0.standbys = (1, 1, 1)
            } == [])
    }

    @Test("A standby that is to be waited for has to follow, and be seen to")
    func replication() {
        #expect(findings(hosts: 2) == [.asynchronousReplication])
        #expect(findings(hosts: 2) { $0.standbyNames = "b" } == [.noSynchronousStandby])
        // One follows, but as an asynchronous one, or is still catching up.
        #expect(
            findings(hosts: 2) {
                $0.standbyNames = "b"
                $0.standbys = (1, 1, 0)
            } == [.noSynchronousStandby])
        #expect(
            findings(hosts: 2) {
                $0.standbyNames = "b"
                $0.standbys = (1, 0, 0)
                $0.seesReplication = false
            } == [.replicationUnseen])
    }

    @Test("The nodes that serve, and one more, have to find room among the connections that are theirs")
    func connections() {
        // 97 places: two nodes of 20 and ten more need 50, four and one that takes over 110.
        #expect(findings { $0.nodes = 2 } == [])
        #expect(findings { $0.nodes = 4 } == [.fewConnections])
        #expect(findings { ($0.nodes, $0.maxConnections) = (4, 113) } == [])
        #expect(findings { ($0.nodes, $0.maxConnections, $0.reserved) = (4, 113, 4) } == [.fewConnections])
        #expect(findings { $0.roleLimit = 49 } == [.fewConnections])
        #expect(findings { $0.databaseLimit = 49 } == [.fewConnections])
        #expect(findings { ($0.roleLimit, $0.databaseLimit) = (50, 50) } == [])
        let advice = ServerAdvice(ServerSettings(nodes: 4), hosts: 1, ours: 20, library: 150_000)
        #expect(advice.places == 97 && advice.needed == 110 && advice.nodes == 4)
    }

    @Test("Settings that lose what was acknowledged are named")
    func settings() {
        #expect(findings { ($0.fsync, $0.fullPageWrites) = ("off", "off") } == [.noFsync, .noFullPageWrites])
        #expect(findings(library: 140_009) == [.oldLibrary])
    }

    @Test("A server is asked for all of it", .enabled(if: TestDatabase.server != nil))
    func asked() async throws {
        let database = try PostgreSQLDatabase(PostgreSQLAddress(#require(try TestDatabase.freshAddress())))
        try Schema.migrate(database, at: 0)
        let advice = try database.advice()
        #expect(advice.version >= 150_000 && advice.places > 0 && advice.ours > 0 && advice.nodes == 0)
        #expect(advice.needed == 2 * advice.ours + 10)
        #expect(!advice.findings.contains(.noSynchronousStandby) && !advice.findings.contains(.replicationUnseen))
    }
}
