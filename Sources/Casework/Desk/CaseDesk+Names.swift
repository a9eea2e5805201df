public import MatchCore

/// What people are called. The history holds ids alone; a name stands beside it in a note that has the person's own id, sealed
/// under the person's key, so that it ends with the person.
extension CaseDesk {
    /// The kind of the note with the name of somebody who works for the program.
    public static let staffNameKind: Code = "staffName"
    /// The kind of the note with the name of somebody the program works for.
    public static let personNameKind: Code = "personName"

    /// The most that a name may hold, in Unicode scalars.
    public static let longestName = 200

    /// Keeps what somebody is called; the same name again changes nothing.
    ///
    /// Throws `malformed` for no name or one that is too long, `wrongState` where another name is kept.
    public func keepName(_ name: String, of person: RecordID, isStaff: Bool = false) throws {
        guard (1...Self.longestName).contains(name.unicodeScalars.count), !name.trimmed.isEmpty else {
            throw CaseworkError(
                .malformed, "A name has 1 to \(Self.longestName) characters.",
                zhHans: "姓名须为 1 至 \(Self.longestName) 字。")
        }
        if let kept = try store.note(person) {
            guard kept.words != name else { return }
            throw CaseworkError(
                .wrongState,
                "Another name is kept of person \(person). Leave the name out, or take a person of its own.",
                zhHans: "人员 \(person) 已登记其他姓名。请不填姓名，或另行登记人员。")
        }
        try keep(
            Note(
                id: person, kind: isStaff ? Self.staffNameKind : Self.personNameKind, subject: person, words: name,
                madeAt: now, madeBy: actor.id))
    }
}
