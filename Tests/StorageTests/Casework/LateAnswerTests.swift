import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// An answer that was given before a case was closed, and is entered after.
@Suite struct LateAnswerTests {
    private typealias Town = DeskTests.Town

    private let intake = CaseActor(id: RecordID(high: 5, low: 9), role: .intake)

    private func refusal(_ body: () throws -> Void) -> CaseworkError? {
        do { try body() } catch { return error as? CaseworkError }
        return nil
    }

    /// Enters an answer that was given at `moment`, while the clock stands where it is.
    private func enter(_ wish: LineReference, givenAt moment: Moment, _ reason: Reason? = nil, _ town: Town) throws {
        let now = town.now
        defer { (town.now, town.clock) = (now, nil) }
        (town.clock, town.now) = (now, moment)
        try town.desk(intake) { try $0.answer(wish.record, reason: reason) }
    }

    private func replied(_ town: Town, asOf moment: Moment? = nil) throws -> (replied: Share, onTime: Share)? {
        try town.store.blockingRead {
            try $0.figures(by: .all, asOf: moment ?? town.now, satisfaction: .standard)[.all]
        }.map { ($0.replied, $0.repliedOnTime) }
    }

    private func answerClock(_ wish: LineReference, _ town: Town) throws -> ServiceClock {
        try #require(try town.store.blockingRead { try $0.clocks(of: wish.record) }.first { $0.kind == .answer })
    }

    private func differences(_ town: Town) throws -> [ToldStates.Difference] {
        try town.store.blockingRead { transaction in
            var told = ToldStates()
            #expect(try Audit.verify(transaction, reading: { told.take($0) }) == nil)
            return try told.differences(in: transaction)
        }
    }

    @Test(arguments: ["closed", "ended"]) func itCountsFromTheTimeAtWhichItWasGiven(_ way: String) throws {
        let town = try Town()
        let wish = try town.wish(1)
        let given = town.now.adding(hours: 3)
        // Long after the answer was due.
        town.later(hours: 24 * 30)
        try town.desk {
            let reason = try $0.reason("no", words: "已告知", about: wish.record)
            if way == "closed" {
                try $0.close(wish.record, as: .unfulfilled, reason: reason)
            } else {
                try $0.end(wish.record, reason: reason)
            }
        }
        let closed = town.now
        #expect(try replied(town)?.onTime == Share(0, of: 1))
        town.later(hours: 5)
        let reason = Reason("paperForm")
        #expect(refusal { try enter(wish, givenAt: given, nil, town) }?.code == .reasonRequired)
        try enter(wish, givenAt: given, reason, town)
        let clock = try answerClock(wish, town)
        #expect(clock.end?.at == given && clock.end?.outcome == .met && clock.isOnTime == true)
        #expect(try replied(town)?.onTime == Share(1, of: 1), "\(way)")
        #expect(try replied(town, asOf: given.adding(hours: 1))?.replied == Share(1, of: 1), "as of any time since")
        #expect(try replied(town, asOf: given.adding(hours: -1))?.replied == Share(0, of: 0))
        #expect(
            try !town.store.blockingRead { try $0.overdue(asOf: closed.adding(hours: -1), areas: nil, limit: 9) }
                .contains { $0.clock == clock.id })
        // Who entered it, when and why stands in the history, beside when it was given.
        let entry = try #require(
            try town.store.blockingRead { try $0.history(of: [wish.record]) }
                .first { $0.action == "wish/answer" && $0.at == given })
        #expect(entry.actor == intake.id && entry.reason == reason)
        #expect(entry.changes.contains { $0.field == "enteredAt" && $0.after == .moment(town.now) })
        #expect(try differences(town).isEmpty)
        // It is the answer now, and there is no other.
        let again = refusal { try enter(wish, givenAt: given.adding(hours: 1), reason, town) }
        #expect(again?.code == .wrongState && again?.message.contains("entered already") == true)
    }

    @Test func oneThatWasLateStaysLate() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let due = try #require(try answerClock(wish, town).due?.moment)
        town.later(hours: 24 * 30)
        try town.desk {
            try $0.close(wish.record, as: .unfulfilled, reason: try $0.reason("no", words: "无", about: wish.record))
        }
        town.later(hours: 1)
        try enter(wish, givenAt: due.adding(hours: 1), Reason("paperForm"), town)
        #expect(try answerClock(wish, town).isOnTime == false)
        #expect(try replied(town)?.onTime == Share(0, of: 1) && replied(town)?.replied == Share(1, of: 1))
    }

    @Test func noAnswerIsGivenAfterTheClosingBeforeTheOpeningOrTomorrow() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let opened = town.now
        town.later(hours: 24)
        try town.desk {
            try $0.close(wish.record, as: .unfulfilled, reason: try $0.reason("no", words: "无", about: wish.record))
        }
        let closed = town.now
        town.later(hours: 24)
        let reason = Reason("paperForm")
        let after = refusal { try enter(wish, givenAt: closed.adding(hours: 1), reason, town) }
        #expect(after?.code == .wrongState && after?.message.contains("--given") == true)
        #expect(refusal { try enter(wish, givenAt: town.now.adding(hours: 2), reason, town) } != nil)
        #expect(refusal { try enter(wish, givenAt: opened.adding(hours: -1), reason, town) } != nil)
        #expect(try answerClock(wish, town).end?.at == closed)
    }

    @Test func whoWasAnsweredInTimeIsNotAnsweredEarlier() throws {
        let town = try Town()
        let wish = try town.wish(1)
        town.later(hours: 4)
        try town.desk { try $0.answer(wish.record) }
        let answered = town.now
        town.later(hours: 4)
        try town.desk {
            try $0.close(wish.record, as: .unfulfilled, reason: try $0.reason("no", words: "无", about: wish.record))
        }
        town.later(hours: 4)
        for hours in [-1, 1] {
            #expect(
                refusal { try enter(wish, givenAt: answered.adding(hours: hours), Reason("x"), town) }?.code
                    == .wrongState)
        }
        #expect(try answerClock(wish, town).end?.at == answered)
    }

    @Test func theAnswerOfARoundThatWasClosedIsEnteredAfterItWasOpenedAgain() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let given = town.now.adding(hours: 2)
        town.later(hours: 24 * 20)
        try town.desk {
            try $0.close(wish.record, as: .unfulfilled, reason: try $0.reason("no", words: "无", about: wish.record))
        }
        town.later(hours: 1)
        try town.desk { try $0.rate(wish.record, stars: 1) }
        town.later(hours: 1)
        try enter(wish, givenAt: given, Reason("paperForm"), town)
        #expect(try answerClock(wish, town).end?.at == given)
        #expect(try replied(town)?.onTime == Share(1, of: 1))
        #expect(try differences(town).isEmpty)
        // The answer of the new round is still to come.
        try town.desk { try $0.answer(wish.record) }
        #expect(
            try town.store.blockingRead { try $0.clocks(of: wish.record) }.filter { $0.kind == .answer }
                .allSatisfy { $0.end != nil })
    }
}
