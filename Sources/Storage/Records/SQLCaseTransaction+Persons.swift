internal import CaseRecords
internal import Casework
internal import MatchCore

/// What is sealed of people.
extension SQLCaseTransaction {
    private var persons: PersonTable { PersonTable(connection: connection, program: program, vault: vault) }
    private var readRows: ReadTable { ReadTable(connection: connection, program: program) }

    func note(_ read: SealedRead) { vault.note(read) }

    func reads(of holders: [RecordID], limit: Int) throws -> [SealedRead] {
        let waiting = try vault.waitingReads().filter { holders.contains($0.holder) }
        let all = Set(try holders.flatMap { try readRows.all(of: $0, limit: limit) } + waiting)
        return Array(all.sorted { ($1.at, $1.holder) < ($0.at, $0.holder) }.prefix(limit))
    }

    func personFile(_ id: RecordID) throws -> PersonFile? {
        guard let holders = try persons.holders(id) else { return nil }
        var file = PersonFile(id: id, holders: holders)
        for holder in holders {
            switch holder.kind {
            case .wish: try addWish(holder.id, to: &file)
            case .household: try addHousehold(holder.id, to: &file)
            case .member: try addMember(holder.id, to: &file)
            case .party: try addParty(holder.id, to: &file)
            // What they are called is a note about themselves.
            case .staff:
                if let account = try account(holder.id) {
                    file.items.append(.init(.name, in: holder.id, account.name.text))
                }
            case .inbox:
                if let record = try inboxRecord(holder.id) { try add(record, to: &file) }
            }
            for subject in try persons.subjects(of: holder.id) {
                for note in try persons.notes(about: subject).compactMap({ try self.note($0) }) {
                    guard let words = note.words else { continue }
                    file.items.append(.init(.note, in: note.id, words, at: note.madeAt))
                }
            }
        }
        file.reads = try reads(of: holders.map(\.id), limit: 10_000)
        file.openings = try openings(of: holders.map(\.id))
        file.consents = try consents(of: holders.map(\.id))
        return file
    }

    private func addWish(_ id: RecordID, to file: inout PersonFile) throws {
        if let wish = try wish(id) {
            add(place: wish.features.place, of: id, to: &file)
            if !wish.features.text.isEmpty { file.items.append(.init(.wording, in: id, wish.features.text)) }
            // How grave it is, of 4.
            if let hardship = wish.features.hardship {
                file.items.append(.init(.circumstance, in: id, "\(hardship)/4"))
            }
            if !wish.features.groups.isEmpty {
                file.items.append(.init(.circumstance, in: id, wish.features.groups.joined(separator: ", ")))
            }
        }
        for record in try inboxRecords(ofWish: id) {
            file.records.append(record.id)
            try add(record, to: &file)
        }
        try addBirthYear(of: id, to: &file)
    }

    private func add(_ record: InboxRecord, to file: inout PersonFile) throws {
        file.items.append(.init(.words, in: record.id, record.words, at: record.receivedAt))
        try addBirthYear(of: record.id, to: &file)
    }

    private func addBirthYear(of record: RecordID, to file: inout PersonFile) throws {
        if let year = try traits(of: record)?.birthYear { file.items.append(.init(.birthYear, in: record, "\(year)")) }
    }

    private func add(place: Place, of record: RecordID, to file: inout PersonFile) {
        guard let point = place.point else { return }
        file.items.append(
            .init(.place, in: record, "\(Double(point.latitude) / 1e7), \(Double(point.longitude) / 1e7)"))
    }

    private func addHousehold(_ id: RecordID, to file: inout PersonFile) throws {
        guard let (household, watch) = try household(id) else { return }
        let groups = try derivedGroups(of: id)?.codes ?? []
        if !groups.isEmpty {
            file.items.append(.init(.circumstance, in: id, groups.map(\.text).joined(separator: ", ")))
        }
        for circumstance in household.hardships + household.benefits {
            file.items.append(.init(.circumstance, in: id, circumstance.code.text, at: circumstance.from))
        }
        if !watch.because.isEmpty {
            file.items.append(
                .init(.circumstance, in: id, watch.because.map(\.text).joined(separator: ", "), at: watch.since))
        }
    }

    private func addMember(_ id: RecordID, to file: inout PersonFile) throws {
        for household in try households(ofMember: id) {
            for member in try self.household(household)?.household.members ?? [] where member.person == id {
                guard let year = member.birthYear else { continue }
                file.items.append(.init(.birthYear, in: household, "\(year)", at: member.from))
            }
        }
    }

    private func addParty(_ id: RecordID, to file: inout PersonFile) throws {
        if let party = try party(id), !party.name.isEmpty { file.items.append(.init(.name, in: id, party.name)) }
        let offers: [RecordID] = try connection.all(
            "SELECT id FROM offer WHERE program = $1 AND party_id = $2 ORDER BY id", [.text(program), SQLValue(id)]
        ).map { try $0[0] }
        for offer in try self.offers(offers) {
            add(place: offer.features.place, of: offer.key.id, to: &file)
            guard !offer.features.text.isEmpty else { continue }
            file.items.append(
                .init(
                    .wording, in: offer.key.id, offer.features.text,
                    at: offer.received.map { Moment(milliseconds: $0.milliseconds) }))
        }
    }

    // MARK: The end

    func erase(_ file: PersonFile, at moment: Moment) throws {
        for holder in file.holders { try wipe(holder.id, at: moment) }
        vault.erase(file.holders.map(\.id), at: moment)
    }

    private func wipe(_ holder: RecordID, at moment: Moment) throws {
        marks.mark(.wish, holder)
        marks.mark(.party, holder)
        try connection.forEach(
            "SELECT id FROM offer WHERE program = $1 AND party_id = $2", [.text(program), SQLValue(holder)]
        ) { marks.mark(.offer, try $0[0]) }
        try forgetGroups(of: holder)
        try persons.wipe(holder, at: moment)
    }

    /// What followed from a file that spoke of the person goes with them, and the lists that were scored by it. The runner
    /// derives anew what follows from the others who live there.
    private func forgetGroups(of holder: RecordID) throws {
        let groups = GroupTable(connection: connection, program: program, vault: vault)
        for household in try groups.households(with: holder) {
            let wishes = try groups.wishes(of: household)
            for wish in wishes { marks.mark(.wish, wish) }
            if try groups.hasAny(household) { for wish in wishes { try removeSuggestions(of: wish) } }
            try groups.forget(household)
        }
    }

    func isErased(_ holder: RecordID) throws -> Bool { try persons.isDone(holder) }

    func repeatErasures(at moment: Moment) throws -> [PersonFile.Holder] {
        let erasures = try vault.erasures()
        guard !erasures.isEmpty else { return [] }
        let done = try persons.done()
        let missing = erasures.map(\.person).filter { !done.contains($0) }
        // Asked before anything goes: an inbound record leaves no row behind.
        let known = try missing.compactMap { id in try persons.kind(of: id).map { PersonFile.Holder($0, id) } }
        for person in missing { try wipe(person, at: moment) }
        return known
    }

    // MARK: Retention and approval

    func unconfirmedRecords(receivedBefore moment: Moment, limit: Int) throws -> [RecordID] {
        try inbox.unconfirmed(receivedBefore: moment, limit: limit)
    }

    func removeInboxRecord(_ id: RecordID) throws {
        for note in try persons.notes(about: id) {
            try connection.run(
                "UPDATE note SET words = NULL WHERE program = $1 AND id = $2", [.text(program), SQLValue(note)])
        }
        try inbox.remove(id)
    }

    func destroyQueueKeys(before moment: Moment) throws { _ = try vault.destroyQueues(before: moment) }

    func wishesBeforeApproval(among ids: [RecordID]?) throws -> Set<RecordID> {
        try unapproved(among: ids).union(try heldWishes(by: WishHold.fromPublication, among: ids))
    }

    private func unapproved(among ids: [RecordID]?) throws -> Set<RecordID> {
        // The latest approval of a wish decides.
        guard let ids else {
            return Set(
                try connection.all(
                    """
                    SELECT a.wish_id FROM approval_case a
                    JOIN (SELECT wish_id, MAX(id) AS id FROM approval_case WHERE program = $1 GROUP BY wish_id) l
                        ON l.id = a.id
                    WHERE a.program = $1 AND a.is_approved = 0
                    """, [.text(program)]
                ).map { try $0[0] })
        }
        var found: Set<RecordID> = []
        for id in ids {
            // All of the few that a wish has: asked for the last one alone, SQLite goes through those of every wish.
            var last: (id: RecordID, isApproved: Bool)?
            try connection.forEach(
                "SELECT id, is_approved FROM approval_case WHERE program = $1 AND wish_id = $2",
                [.text(program), SQLValue(id)]
            ) { row in
                let id: RecordID = try row[0]
                if last.map({ $0.id < id }) ?? true { last = (id, try row[1]) }
            }
            if last?.isApproved == false { found.insert(id) }
        }
        return found
    }
}
