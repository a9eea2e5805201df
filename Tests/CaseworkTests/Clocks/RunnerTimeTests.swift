import Casework
import Testing

struct RunnerTimeTests {
    let noon = at("2026-03-02 12:00")
    private let hour: Int64 = 3_600_000

    @Test func afterAJumpBackTimeStandsUntilTheHostHasCaughtUp() {
        var time = RunnerTime(now: noon)
        let reading1 = time.read(host: noon.adding(hours: -30))
        #expect(reading1 == .stands(noon))
        let reading2 = time.read(host: noon.adding(hours: -1))
        #expect(reading2 == .stands(noon))
        let reading3 = time.read(host: noon.adding(hours: 1))
        #expect(reading3 == .runs(noon.adding(hours: 1)))
    }

    @Test func aJumpOfOverADayAheadStopsTheRunner() throws {
        var time = RunnerTime(now: noon)
        let far = noon.adding(hours: 24).adding(milliseconds: 1)
        let reading4 = time.read(host: far)
        #expect(reading4 == .alarm(since: noon, host: far))
        #expect(time.now == noon)
        let reading5 = time.read(host: far.adding(hours: 1))
        #expect(reading5 == .alarm(since: noon, host: far.adding(hours: 1)))
        // The host was set right again: nothing was lost, nothing has to be accepted.
        let reading6 = time.read(host: noon.adding(hours: 2))
        #expect(reading6 == .runs(noon.adding(hours: 2)))
        #expect(refusal { try time.accept(far, by: .coordinator, reason: Reason("hostWasOff")) } == .roleNotAllowed)
        #expect(refusal { try time.accept(far, by: .runner, reason: nil) } == .reasonRequired)
        try time.accept(far, by: .runner, reason: Reason("hostWasOff"))
        let reading7 = time.read(host: far)
        #expect(reading7 == .runs(far))
    }

    @Test func duringAnAlarmNothingIsDone() {
        #expect(RunnerTime.Reading.alarm(since: noon, host: noon.adding(hours: 90)).workUntil == nil)
        #expect(RunnerTime.Reading.stands(noon).workUntil == noon)
        #expect(RunnerTime.Reading.runs(noon).workUntil == noon)
    }

    @Test func exactlyADayAheadIsNoAlarm() {
        var time = RunnerTime(now: noon)
        let reading8 = time.read(host: noon.adding(hours: 24))
        #expect(reading8 == .runs(noon.adding(hours: 24)))
    }

    @Test func twoDaysThatReallyPassedAreNoJump() {
        var time = RunnerTime(now: noon, uptime: 10 * hour)
        let reading9 = time.read(host: noon.adding(hours: 48), uptime: 58 * hour)
        #expect(reading9 == .runs(noon.adding(hours: 48)))
        let far = noon.adding(hours: 48 + 30)
        let reading10 = time.read(host: far, uptime: 59 * hour)
        #expect(reading10 == .alarm(since: noon.adding(hours: 48), host: far))
    }

    @Test func aJumpBackIsAJumpBackWhateverTheUptimeSays() {
        var time = RunnerTime(now: noon, uptime: 10 * hour)
        let back = time.read(host: noon.adding(hours: -5), uptime: 11 * hour)
        let further = time.read(host: noon.adding(hours: -1), uptime: 15 * hour)
        let caughtUp = time.read(host: noon.adding(hours: 1), uptime: 17 * hour)
        #expect([back, further, caughtUp] == [.stands(noon), .stands(noon), .runs(noon.adding(hours: 1))])
    }

    @Test func noHostTimeEndsTheProcess() {
        for host in [Int64.min, -1, 0, .max] {
            for uptime in [Int64.min, 0, .max] {
                var time = RunnerTime(now: Moment(milliseconds: .max - 1), uptime: .min)
                _ = time.read(host: Moment(milliseconds: host), uptime: uptime)
                time = RunnerTime(now: Moment(milliseconds: .min), uptime: .max)
                _ = time.read(host: Moment(milliseconds: host), uptime: uptime)
            }
        }
    }
}
