import Casework
import Exchange
import MatchCore
import Storage

/// Opens the files of the demo city's families, so that groups which follow from them can be seen at work.
struct DemoHouseholds {
    let session: Session
    let store: Store

    /// Files each family's wishes that are there and in no file yet; returns how many files were opened.
    func open(_ households: [DemoHousehold]) throws -> Int {
        guard !households.isEmpty else { return 0 }
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        return try store.cases.blockingWrite { transaction in
            let now = Moment(milliseconds: session.now.milliseconds)
            let desk = CaseDesk(
                rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction, actor: .system,
                now: now, newID: { identifiers.next(at: Timestamp(milliseconds: now.milliseconds)) })
            var opened = 0
            for household in households {
                let wishes = try household.wishes.flatMap {
                    try transaction.ids(of: .wish, externalID: $0, limit: 1)
                }.filter { try transaction.household(ofWish: $0) == nil }
                guard let first = wishes.first,
                    let area = try RegistryReader(transaction).wish(first)?.features.place.area.flatMap({ Code($0) })
                else { continue }
                let id = try desk.openHousehold(area: area)
                for year in household.birthYears {
                    let person = identifiers.next(at: Timestamp(milliseconds: now.milliseconds))
                    _ = try desk.note(.personCame(person, birthYear: year), of: id)
                }
                for wish in wishes { try desk.file(wish, under: id) }
                opened += 1
            }
            return opened
        }
    }
}
