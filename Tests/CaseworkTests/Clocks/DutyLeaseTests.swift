import Casework
import Testing

struct DutyLeaseTests {
    private let noon = at("2026-03-02 12:00")

    @Test func aDutyIsOpenToWhoIsOnItAndToAllOnceTheLeaseIsOver() {
        let lease = DutyLease(.clocks, node: rid(1), until: noon)
        let before = noon.adding(milliseconds: -1)
        #expect(lease.isOpen(to: rid(1), at: before) && !lease.isOpen(to: rid(2), at: before))
        #expect(lease.isOpen(to: rid(2), at: noon))
    }

    @Test func aLeaseTakenByAClockSetWrongKeepsNobodyAway() {
        let lease = DutyLease(.clocks, node: rid(1), until: at("2031-01-01"))
        #expect(lease.isOpen(to: rid(2), at: noon))
        // A clock that is ahead by less than a lease is still believed.
        let ahead = DutyLease(.clocks, node: rid(1), until: noon.adding(milliseconds: 2 * DutyLease.length))
        #expect(!ahead.isOpen(to: rid(2), at: noon))
    }

    @Test func aLeaseIsFreshForHalfItsLengthAndForNobodyElse() {
        let lease = DutyLease(.clocks, node: rid(1), until: noon.adding(milliseconds: DutyLease.length))
        let half = noon.adding(milliseconds: DutyLease.length / 2)
        #expect(lease.isFresh(for: rid(1), at: noon) && lease.isFresh(for: rid(1), at: half))
        #expect(!lease.isFresh(for: rid(1), at: half.adding(milliseconds: 1)) && !lease.isFresh(for: rid(2), at: noon))
    }

    @Test func noMomentEndsTheProcess() {
        for until in [Int64.min, 0, .max] {
            for now in [Int64.min, 0, .max] {
                let lease = DutyLease(.sealing, node: rid(1), until: Moment(milliseconds: until))
                _ = lease.isOpen(to: rid(2), at: Moment(milliseconds: now))
                _ = lease.isFresh(for: rid(1), at: Moment(milliseconds: now))
            }
        }
    }
}
