import HTTPTypes
import Synchronization
import Testing

@testable import WebAPI

/// Who asks whether requests can be served is told at once, whatever the database does.
@Suite struct ReadinessTests {
    private struct Refusal: Error {}

    @Test func whoseDatabaseStandsStillOrRefusesIsNotReadyUntilItAnswers() async throws {
        let passed = Mutex(Duration.zero)
        let begin = ContinuousClock.now
        let readiness = Readiness(now: { begin + passed.withLock { $0 } })
        let routes = ServiceRoutes(
            before: SampleRoutes(), metrics: EdgeMetrics(), isReady: { readiness.isReady })
        func status(_ page: String) async -> Int? {
            let request = APIRequest(method: .get, path: [page])
            let slow = await routes.respond(to: request).status.code
            return routes.respondAtOnce(to: request)?.status.code == slow ? slow : nil
        }
        let (looks, looking) = AsyncStream<CheckedContinuation<Void, any Error>>.makeStream()
        let (rests, resting) = AsyncStream<CheckedContinuation<Void, Never>>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await readiness.follow(rest: { await withCheckedContinuation { _ = resting.yield($0) } }) {
                    try await withCheckedThrowingContinuation { _ = looking.yield($0) }
                }
            }
            var (nextLook, nextRest) = (looks.makeAsyncIterator(), rests.makeAsyncIterator())

            var look = try #require(await nextLook.next())
            #expect(await status("readyz") == 200)
            passed.withLock { $0 += Readiness.patience }
            #expect(await status("readyz") == 200)
            passed.withLock { $0 += .seconds(2) }
            // Nobody has answered yet: it is told without waiting for that.
            #expect(await status("readyz") == 503)
            #expect(await status("healthz") == 200)
            look.resume()
            var rest = try #require(await nextRest.next())
            #expect(await status("readyz") == 200)

            rest.resume()
            look = try #require(await nextLook.next())
            look.resume(throwing: Refusal())
            rest = try #require(await nextRest.next())
            #expect(await status("readyz") == 503)

            rest.resume()
            look = try #require(await nextLook.next())
            look.resume()
            rest = try #require(await nextRest.next())
            #expect(await status("readyz") == 200)
            group.cancelAll()
            rest.resume()
        }
    }
}
