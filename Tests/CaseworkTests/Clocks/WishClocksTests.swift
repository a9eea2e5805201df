import Casework
import MatchCore
import Testing

struct WishClocksTests {
    private func source() throws -> WishClocks.Source {
        var next = 1_000
        return WishClocks.Source(
            policy: try dataFile("clocks/standard.yaml"), calendar: try .official(),
            newID: {
                next += 1
                return rid(next)
            })
    }

    private func wish() -> WishClocks {
        WishClocks(
            wish: rid(30),
            context: ClockContext(program: "dg", lane: "microWish", category: "wheelchair", urgency: .ordinary),
            area: "hengli", level: .village)
    }

    private func kindsRunning(_ clocks: WishClocks) -> [ClockKind] {
        clocks.clocks.filter { $0.end == nil }.map(\.kind)
    }

    @Test func aWishRunsThroughItsClocks() throws {
        var clocks = wish()
        let source = try source()
        _ = try clocks.take(.opened, by: .intake, at: at("2026-03-02 09:00"), from: source)
        #expect(kindsRunning(clocks) == [.answer, .decision, .delivery])
        _ = try clocks.take(.answered, by: .intake, at: at("2026-03-02 10:00"), from: source)
        _ = try clocks.take(.decided, by: .coordinator, at: at("2026-03-04 10:00"), from: source)
        #expect(kindsRunning(clocks) == [.delivery])
        _ = try clocks.take(.closed, by: .coordinator, at: at("2026-03-20 10:00"), from: source)
        #expect(kindsRunning(clocks) == [.callBack])
        _ = try clocks.take(.calledBack(.satisfied), by: .intake, at: at("2026-03-23 10:00"), from: source)
        #expect(kindsRunning(clocks) == [])
        #expect(clocks.clocks.allSatisfy { $0.isOnTime == true })
    }

    @Test func aPersonWhoIsNotSatisfiedOpensTheWishAgainWithNewClocks() throws {
        var clocks = wish()
        let source = try source()
        for (event, time) in [
            (WishClocks.Event.opened, "2026-03-02 09:00"), (.answered, "2026-03-02 10:00"),
            (.decided, "2026-03-03 10:00"), (.closed, "2026-03-04 10:00"),
            (.calledBack(.unsatisfied), "2026-03-05 10:00"),
        ] {
            _ = try clocks.take(event, by: .coordinator, at: at(time), from: source)
        }
        #expect(clocks.round == 2)
        #expect(kindsRunning(clocks) == [.answer, .delivery])
        #expect(
            clocks.clocks.filter { $0.end == nil }.allSatisfy {
                $0.round == 2 && $0.startedAt == at("2026-03-05 10:00")
            })
        #expect(Set(clocks.clocks.map(\.id)).count == clocks.clocks.count)
    }

    @Test func whatNoClockWaitsForIsRefused() throws {
        var clocks = wish()
        let source = try source()
        let before = clocks
        let code = refusal { _ = try clocks.take(.closed, by: .coordinator, at: at("2026-03-02"), from: source) }
        #expect(code == .wrongState)
        #expect(clocks == before)
    }
}
