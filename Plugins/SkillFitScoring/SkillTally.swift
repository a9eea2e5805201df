import MatchCore

/// Counts skills plane by plane in the column that is filled: how many of the wanted ones each offer holds, whether it
/// lacks a required one, and whether it names any.
enum SkillTally {
    /// The bits that hold the number of held skills.
    static let count: Int32 = 0xFF_FFFF
    static let lacksRequired: Int32 = 1 << 24
    static let statesAny: Int32 = 1 << 25

    static func tally(
        _ column: ScoreColumn, skills: SetColumns, qualifications: SetColumns, start: Int, wanted: [UInt32],
        required: [UInt32]
    ) {
        let result = column.base
        result.update(repeating: 0, count: column.count)
        for plane in 0..<skills.planes.count {
            let named = skills.planes[plane].base + start
            let qualified = qualifications.planes[plane].base + start
            let (wanted, required) = (wanted[plane], required[plane])
            for row in 0..<column.count {
                let held = named[row] | qualified[row]
                var tally = result[row] &+ Int32(truncatingIfNeeded: (held & wanted).nonzeroBitCount)
                tally |= required & ~qualified[row] != 0 ? lacksRequired : 0
                tally |= held != 0 ? statesAny : 0
                result[row] = tally
            }
        }
    }
}

/// The same for the wishes of one offer, where the number of wanted skills differs from row to row.
enum WishSkillTally {
    /// The number of held skills, and from `wantedShift` on that of the wanted ones: to 8,191 each.
    static let count: Int32 = 0x1FFF
    static let wantedShift: Int32 = 13
    static let lacksRequired: Int32 = 1 << 26
    static let requiresAny: Int32 = 1 << 27

    static func tally(
        _ column: ScoreColumn, skills: SetColumns, required: SetColumns, start: Int, held: [UInt32],
        qualifications: [UInt32]
    ) {
        let result = column.base
        result.update(repeating: 0, count: column.count)
        for plane in 0..<skills.planes.count {
            let wanted = skills.planes[plane].base + start
            let needed = required.planes[plane].base + start
            let (held, qualified) = (held[plane], qualifications[plane])
            for row in 0..<column.count {
                let count = (wanted[row] & held).nonzeroBitCount &+ wanted[row].nonzeroBitCount &<< Int(wantedShift)
                var tally = result[row] &+ Int32(truncatingIfNeeded: count)
                tally |= needed[row] & ~qualified != 0 ? lacksRequired : 0
                tally |= needed[row] != 0 ? requiresAny : 0
                result[row] = tally
            }
        }
    }
}
