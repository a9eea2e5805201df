import Casework
import MatchCore
import Operations
import Testing

@Suite struct ViewerTests {
    @Test func thoseWhoWorkForTheProgramAreStaff() {
        let staff = Role.allCases.filter { Viewer(actor: CaseActor(id: RecordID(high: 0, low: 9), role: $0)).isStaff }
        #expect(staff == [.intake, .coordinator, .approver, .auditor, .admin, .integration])
    }
}
