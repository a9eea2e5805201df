internal import MatchCore

/// What the history tells of inbound records, offers, parties and household files: that they are there, and where they
/// stand. Only of those that it tells of is anything compared.
struct ToldRecords: Sendable {
    private var inbox: [RecordID: Inbound] = [:]
    /// The states that each may have by what was told last.
    private var offers: [RecordID: Set<Code>] = [:]
    private var parties: [RecordID: Set<Code>] = [:]
    private var households: [RecordID: File] = [:]

    private struct Inbound: Hashable {
        var wish: RecordID?
    }

    private struct File: Hashable {
        var members: Set<RecordID> = []
        var wishes: Set<RecordID> = []
    }

    init() {}

    mutating func take(_ entry: HistoryEntry) {
        func record(_ field: Code) -> RecordID? { if case .record(let id)? = entry.after(field) { id } else { nil } }
        func state() -> Code? { if case .code(let code)? = entry.after("state") { code } else { nil } }
        let subject = entry.subject
        switch entry.action {
        case "inbox/take": inbox[subject] = Inbound()
        case "inbox/link": inbox[subject, default: Inbound()].wish = record("wish")
        case "inbox/expire": inbox[subject] = nil
        case "offer/register": offers[subject] = ["open"]
        case "offer/state": if let state = state() { offers[subject] = [state] }
        // Whether somebody has still to confirm it is not told.
        case "party/register": parties[subject] = ["active", "unconfirmed"]
        case "party/state", "party/confirm": if let state = state() { parties[subject] = [state] }
        case "household/open": households[subject] = File()
        case "household/come": if let person = record("person") { households[subject]?.members.insert(person) }
        case "household/leave":
            for change in entry.changes {
                if case .record(let person)? = change.before { households[subject]?.members.remove(person) }
            }
        case "household/unfile":
            for change in entry.changes where change.field == "wish" {
                if case .record(let wish)? = change.before { households[subject]?.wishes.remove(wish) }
            }
        case "household/file": if let wish = record("wish") { households[subject]?.wishes.insert(wish) }
        default: break
        }
    }

    /// - Parameter erased: whose words were taken away: what they said is gone with them.
    func compare(with store: any CaseTransaction, erased: Set<RecordID>, _ found: inout DifferenceList) throws {
        try compareInbox(store, erased, &found)
        try compareStates(.offer, offers, &found) { try store.forEachOfferState($0) }
        try compareStates(.party, parties, &found) { try store.forEachPartyState($0) }
        try compareHouseholds(store, &found)
    }

    private func compareInbox(
        _ store: any CaseTransaction, _ erased: Set<RecordID>, _ found: inout DifferenceList
    ) throws {
        var missing = inbox
        var list = found
        try store.forEachInbound { row in
            guard let told = missing.removeValue(forKey: row.id) else { return }
            if told.wish != row.wish {
                list.add(
                    .init(
                        .inbox, row.id, kept: row.wish.map { "wish \($0)" } ?? "waiting",
                        told: told.wish.map { "wish \($0)" } ?? "waiting"))
            }
            switch row.words {
            case .kept: break
            case .gone where told.wish.map({ erased.contains($0) }) ?? erased.contains(row.id): break
            case .gone: list.add(.init(.inbox, row.id, kept: "without words", told: "taken"))
            case .unreadable: list.add(.init(.inbox, row.id, kept: "unreadable", told: "taken"))
            }
        }
        found = list
        for (id, told) in missing.sorted(by: { $0.key < $1.key })
        where !erased.contains(id) && told.wish.map({ !erased.contains($0) }) ?? true {
            found.add(.init(.inbox, id, kept: nil, told: "taken"))
        }
    }

    private func compareStates(
        _ kind: ToldStates.Difference.RecordPlace, _ told: [RecordID: Set<Code>], _ found: inout DifferenceList,
        rows: ((RecordID, Code) throws -> Void) throws -> Void
    ) throws {
        func text(_ states: Set<Code>) -> String { states.sorted().map(\.text).joined(separator: "/") }
        var missing = told
        var list = found
        try rows { id, state in
            guard let told = missing.removeValue(forKey: id), !told.contains(state) else { return }
            list.add(.init(kind, id, kept: state.text, told: text(told)))
        }
        found = list
        for (id, told) in missing.sorted(by: { $0.key < $1.key }) {
            found.add(.init(kind, id, kept: nil, told: text(told)))
        }
    }

    private func compareHouseholds(_ store: any CaseTransaction, _ found: inout DifferenceList) throws {
        var kept: [RecordID: File] = [:]
        try store.forEachHouseholdFile { household, members, wishes in
            kept[household] = File(members: members, wishes: wishes)
        }
        for (id, told) in households.sorted(by: { $0.key < $1.key }) where kept[id] != told {
            func text(_ file: File) -> String { "members \(file.members.count), wishes \(file.wishes.count)" }
            found.add(.init(.household, id, kept: kept[id].map(text), told: text(told)))
        }
    }
}
