internal import Casework

extension AdmissionRefusal {
    /// Runs the body; what it refuses of a line is told where a change has that line, which is not where the record has it.
    ///
    /// - Parameters:
    ///   - sent: the numbers of the lines in the order of the change.
    ///   - kept: the same in the order of the record.
    static func placing(
        lines sent: [Int], of kept: [Int], _ body: () throws -> Void
    ) throws {
        do { try body() } catch var refusal as AdmissionRefusal {
            for (number, fault) in refusal.faults.enumerated() where fault.place.first == "lines" {
                guard fault.place.count > 1, let index = Int(fault.place[1]), kept.indices.contains(index),
                    let place = sent.firstIndex(of: kept[index])
                else { continue }
                refusal.faults[number].place[1] = "\(place)"
            }
            throw refusal
        }
    }
}
