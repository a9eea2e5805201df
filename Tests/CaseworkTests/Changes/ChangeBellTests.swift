import Casework
import Testing

/// Whoever is not woken waits for an hour.
@Suite(.timeLimit(.minutes(10))) struct ChangeBellTests {
    @Test func aRingWakesAllWhoWait() async {
        let bell = ChangeBell()
        let heard = bell.count
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await bell.wait(after: heard, longest: .seconds(3_600)) } }
            while bell.waiterCount < 20 { await Task.yield() }
            bell.ring()
        }
        #expect(bell.waiterCount == 0)
    }

    @Test func whatRangBeforeIsNotWaitedFor() async {
        let bell = ChangeBell()
        let heard = bell.count
        bell.ring()
        await bell.wait(after: heard, longest: .seconds(3_600))
        #expect(bell.waiterCount == 0)
    }

    @Test func theTimeEndsWithoutARing() async {
        let bell = ChangeBell()
        await bell.wait(after: bell.count, longest: .milliseconds(20))
        #expect(bell.waiterCount == 0)
    }

    @Test func whoIsCancelledWaitsNoLonger() async {
        let bell = ChangeBell()
        let waiting = Task { await bell.wait(after: bell.count, longest: .seconds(3_600)) }
        while bell.waiterCount == 0 { await Task.yield() }
        waiting.cancel()
        await waiting.value
        #expect(bell.waiterCount == 0)
    }
}
