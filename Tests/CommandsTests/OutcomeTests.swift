import Foundation
import MatchCore
import Testing

@testable import Commands

/// Real matches without distances: what is known on the day of a match, and nothing later.
@Suite("Outcomes of matches")
struct OutcomeTests {
    private func file(_ rows: String) throws -> OutcomeFile {
        let url = FileManager.default.temporaryDirectory.appending(path: "outcomes-\(UUID()).csv")
        defer { try? FileManager.default.removeItem(at: url) }
        let header =
            "matchkey,donorkey,facilitykey,matchstatus,matchsubstatus,matchCreated,closedOrDelivered,enumcode,qty\n"
        try Data((header + rows).utf8).write(to: url)
        return try OutcomeFile(path: url.path)
    }

    @Test("A donor's record holds what had ended before the match, not what ended later")
    func noLookingAhead() throws {
        let found = try file(
            """
            m1,d1,f1,delivered,,2020-05-01 00:00:00 UTC,2020-05-02 00:00:00 UTC,gown,10
            m2,d1,f2,closed,no_need,2020-05-02 00:00:00 UTC,2020-06-30 00:00:00 UTC,gown,10
            m3,d1,f3,delivered,,2020-05-20 10:00:00.5 UTC,2020-05-21 00:00:00 UTC,gown,10
            m4,d2,f3,closed,,2020-05-20 11:00:00 UTC,2020-05-22 00:00:00 UTC,gown,300
            m5,d2,f3,closed,test_match,2020-05-20 11:00:00 UTC,2020-05-22 00:00:00 UTC,gown,10
            m6,d2,f3,pre_match,,2020-05-20 11:00:00 UTC,,gown,10
            m7,d2,f3,closed,,2020-05-20 11:00:00 UTC,2020-05-22 00:00:00 UTC,gown,-1

            """)
        #expect(found.rows == 4 && found.delivered == 2 && found.skipped == 3)
        let late = try #require(found.history.decisions.last)
        #expect(late.candidates.map(\.fate) == [.delivered, .declined])
        // One of one delivered, with one success and one failure added; the other match ends only in June.
        #expect(late.candidates[0].values[0] == 666_666)
        #expect(late.candidates[1].values[0] == Score.notKnown.raw, "a donor of whom nothing has ended")
        #expect(late.candidates[0].values[3] > late.candidates[1].values[3])
    }

    @Test("A scorer that tells every pair apart has concordance 1, one that says nothing has none")
    func concordance() throws {
        let decisions = (0..<6).map { number in
            Decision(
                name: "\(number)", wish: "\(number)", time: Timestamp(milliseconds: Int64(number)),
                candidates: [
                    .init(offer: "a", position: 1, values: [10, -1], fate: .delivered),
                    .init(offer: "b", position: 1, values: [5, 7], fate: .declined),
                ])
        }
        let history = try DecisionHistory(scorers: ["S", "T"], decisions: decisions)
        #expect(Concordance.interval(of: "S", in: history)?.value == 1)
        #expect(Concordance.interval(of: "T", in: history) == nil)
    }
}
