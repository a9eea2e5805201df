import AvailabilityFitScoring
import MatchCore
import Testing

@Suite struct AvailabilityFitTests {
    private static func window(_ from: String?, _ until: String?) -> DayWindow {
        DayWindow(from: from.flatMap { Day($0) }, until: until.flatMap { Day($0) })
    }

    @Test func aLongerWindowNeverLowersTheScore() throws {
        let wish = Wish.sample(window: Self.window("2026-12-01", "2026-12-20"))
        let first = try #require(Day("2026-11-25")).number
        let offers = (0..<40).map { days in
            Offer.sample(
                UInt64(days) + 1,
                window: DayWindow(from: Day(number: first), until: Day(number: first + Int32(days))))
        }
        let values = try Pairing(wish, offers).values(AvailabilityFitScorer.self)
        for (shorter, longer) in zip(values, values.dropFirst()) { #expect(shorter <= longer) }
        #expect(values[0] == 0 && values[6] == 50_000 && values[39] == Score.best)
    }

    @Test func daysAndHoursMultiply() throws {
        let wish = Wish.sample(
            window: Self.window("2026-12-01", "2026-12-10"), hours: WeeklyHours("mon-fri 9-17"))
        let half = Self.window("2026-12-06", nil)
        let offers = [
            Offer.sample(1, window: half, hours: WeeklyHours("mon-fri 13-21")),
            Offer.sample(2, window: half), Offer.sample(3, hours: WeeklyHours("mon-fri 13-21")),
            Offer.sample(4, hours: WeeklyHours("sat-sun 0-24")), Offer.sample(5),
        ]
        let scores = try Pairing(wish, offers).scores(AvailabilityFitScorer.self)
        #expect(scores == [.value(250_000), .value(500_000), .value(500_000), .value(0), .notKnown])
    }

    @Test func anOpenEndIsCoveredByAnyDay() throws {
        let wish = Wish.sample(window: Self.window("2026-12-01", nil))
        let offers = [
            Offer.sample(1, window: Self.window(nil, "2026-12-01")),
            Offer.sample(2, window: Self.window(nil, "2026-11-30")),
            Offer.sample(3, window: Self.window("2027-05-01", "2027-05-02")),
        ]
        #expect(try Pairing(wish, offers).values(AvailabilityFitScorer.self) == [Score.best, 0, Score.best])
    }

    @Test func aWishThatNamesNoTimeDoesNotAsk() throws {
        let offer = Offer.sample(window: Self.window("2026-12-01", "2026-12-02"))
        #expect(try Pairing(.sample(), [offer]).scores(AvailabilityFitScorer.self) == [.notApplicable])
    }

    /// Days alone in the wish, hours alone in the offer: that says nothing of the days.
    @Test func anOfferThatSaysNothingOfWhatTheWishNamesIsNotKnown() throws {
        let wish = Wish.sample(window: Self.window("2026-12-01", "2026-12-10"))
        let offer = Offer.sample(hours: WeeklyHours("mon-fri 9-17"))
        #expect(try Pairing(wish, [offer]).scores(AvailabilityFitScorer.self) == [.notKnown])
    }
}
