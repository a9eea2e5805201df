internal import Casework
internal import MatchCore

/// What ids of people and of words stand for, for those who may be told: decided here for every answer.
extension OperationContext {
    /// What somebody who made a step, took part in one or lives in a household is called; nil where no name is kept, and for
    /// everybody but the program's own staff. What is sealed of somebody is noted as read.
    ///
    /// A name stands in the note that has the person's own id, or that was kept in the person's place; else a key says whose
    /// it is, and a party has its name.
    func name(of person: RecordID) throws -> String? {
        guard parts(of: .history, isWithin: true).contains(.name) else { return nil }
        if person == CaseActor.system.id { return viewer.language == .zhHans ? "系统" : "the program" }
        if let kept = try store.note(person), let name = kept.words {
            // Whoever works for the program is no case of it; whoever the program works for is.
            guard kept.kind != CaseDesk.staffNameKind else { return name }
            let holder = try holder(of: kept.subject)
            guard try readsNotes(of: holder) else { return nil }
            note(.name, of: holder)
            return name
        }
        if let key = try store.accessKey(person) { return key.label }
        guard let party = try registry.party(person), !party.name.isEmpty else { return nil }
        if party.features.kind.isPerson { note(.name, of: person) }
        return party.name
    }

    /// What people call a line that an entry names by its id: `FUND-2026/1`; nil for everybody but the program's own staff, and
    /// for a line of a record that is not there. Lines beyond the 64th keep their ids.
    func handle(ofLine id: RecordID) throws -> String? {
        guard parts(of: .history, isWithin: true).contains(.name) else { return nil }
        for number in 1...64 {
            let line = LineReference(id: id, number: number)
            guard let key = try registry.offer(line.record)?.key ?? registry.wish(line.record)?.key else { continue }
            return "\(key.handle)/\(number)"
        }
        return nil
    }

    /// The words that a step refers to, noted as read; nil where they are gone, and for everybody but the program's own staff.
    func words(of id: RecordID) throws -> String? {
        guard let kept = try store.note(id), let words = kept.words else { return nil }
        let holder = try holder(of: kept.subject)
        guard try readsNotes(of: holder) else { return nil }
        note(.note, of: holder)
        return words
    }

    /// Whether the viewer reads what is written about somebody: by the table, or because it was opened.
    private func readsNotes(of holder: RecordID) throws -> Bool {
        try parts(parts(of: .history, isWithin: true), openedOf: holder).contains(.notes)
    }

    /// Under whose key the words about a record stand: what is said of a claim, a clock, an approval or an inbound record is
    /// said of its wish, and of an offer of its party.
    private func holder(of subject: RecordID) throws -> RecordID {
        if try store.wishCase(subject) != nil { return subject }
        if let approval = try store.approval(subject) { return approval.request.wish }
        if let claim = try store.claim(subject) { return claim.claim.wish }
        if let clock = try store.clock(subject) { return clock.subject }
        if let inbound = try store.inboxRecord(subject) { return inbound.wish ?? subject }
        return try registry.offer(subject)?.features.party ?? subject
    }
}
