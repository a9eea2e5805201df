import MatchCore
import Testing

struct AllocationReadingTests {
    private static let text = """
        ALLOC1 3 2 4 7
        1 0
        2 1
        1 0 2 2  0 50 1 90
        1 1 0 1 1 80
        1 1 0 1 1 70

        """

    @Test func instanceIsReadWithItsRowsInOrder() throws {
        let instance = try AllocationInstanceReader.instance(from: Array(Self.text.utf8))
        #expect(instance.capacities == [1, 2])
        #expect(instance.offerAreas == [0, 1])
        #expect(instance.wishAreas == [0, 1, 1])
        #expect(instance.urgencies == [2, 0, 0])
        #expect(instance.rowStart == [0, 2, 3, 4])
        #expect(instance.candidates.map(\.offer) == [1, 0, 1, 1])
        #expect(instance.candidates.map(\.score) == [90, 50, 80, 70])
    }

    @Test(arguments: 1...40)
    func piecesMayEndAnywhere(size: Int) throws {
        let whole = Array(Self.text.utf8)
        var reader = AllocationInstanceReader()
        for start in stride(from: 0, to: whole.count, by: size) {
            let piece = Array(whole[start..<min(start + size, whole.count)])
            try piece.withUnsafeBytes { try reader.append($0) }
        }
        #expect(try reader.finish() == AllocationInstanceReader.instance(from: whole))
    }

    @Test(arguments: [
        ("ALLOC2 0 0 0 0", AllocationError.Code.malformed, 1),
        ("ALLOC1 1 1 1 0\n-1 0\n1 0 0 1 0 5\n", .malformed, 2),
        ("ALLOC1 1 1 1 0\n1 0\n1 0 0 1 3 5\n", .badCandidate, 3),
        ("ALLOC1 1 2 2 0\n1 0\n1 0\n1 0 0 2 1 5 1 6\n", .badCandidate, 4),
        ("ALLOC1 1 1 1 0\n1 0\n1 0 0 1 0 100000001\n", .outOfRange, 3),
        ("ALLOC1 1 1 1 0\n1 0\n1 0 0 1 0 99999999999999999999\n", .outOfRange, 3),
        ("ALLOC1 1 1 1 0\n1 0\n0 0 0 1 0 5\n", .outOfRange, 3),
        ("ALLOC1 1 1 1 0\n1 0\n1 0 0 2 0 5\n", .wrongCount, 3),
        ("ALLOC1 1 1 2 0\n1 0\n1 0 0 1 0 5\n", .wrongCount, 4),
        ("ALLOC1 2 1 1 0\n1 0\n1 0 0 1 0 5\n", .wrongCount, 4),
        ("ALLOC1 1 1 1 0\n1 0\n1 0 0 1 0 5\n7\n", .wrongCount, 4),
        ("", .wrongCount, 1),
        ("ALLOC1 99999999999 1 1 0\n", .outOfRange, 1),
    ])
    func faultsAreNamedWithTheirLine(text: String, code: AllocationError.Code, line: Int) {
        let error = #expect(throws: AllocationError.self) {
            try AllocationInstanceReader.instance(from: Array(text.utf8))
        }
        #expect(error?.code == code)
        #expect(error?.line == line, "\(error?.description ?? "")")
    }

    @Test func resultTextHasOneNumberALine() throws {
        let instance = try AllocationInstanceReader.instance(from: Array(Self.text.utf8))
        let result = try AllocationSolver(instance).solve(.bypass)
        #expect(result.objective == 200)
        let lines = String(decoding: result.text, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "ALLOCRESULT1 3 2 3 200")
        #expect(lines.count == 1 + 3 + 3 + 2)
        #expect(lines[1...3] == ["0", "1", "1"])
    }

    @Test func lineOfSeveralUnitsIsRefusedWithAdvice() throws {
        let text = "ALLOC1 1 1 1 0\n5 0\n2 0 0 1 0 5\n"
        let instance = try AllocationInstanceReader.instance(from: Array(text.utf8))
        let error = #expect(throws: AllocationError.self) { try AllocationSolver(instance) }
        #expect(error?.code == .unsupported)
    }
}
