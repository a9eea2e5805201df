import Testing
import Wire

@Suite struct ProblemTests {
    @Test func everyKindHasAStatusOfAnError() {
        for kind in ProblemKind.allCases {
            #expect((400...507).contains(kind.status))
        }
    }
}
