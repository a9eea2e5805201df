import AlmonerTesting
import CaseRecords
import Casework
import Foundation
import MatchCore
import Sealing
import Storage
import Testing

/// A store in a file, with one of everything that is sealed; each text has a canary that stands nowhere else.
struct SealedTown {
    let folder: String
    let database: SQLiteDatabase
    let vault: Vault
    let store: SQLCaseStore

    static let now = Moment(milliseconds: 1_767_576_600_000)  // Monday 2026-01-05
    static let party = RecordID(high: 1, low: 1)
    static let offer = RecordID(high: 2, low: 1)
    static let wish = RecordID(high: 3, low: 1)
    static let household = RecordID(high: 4, low: 1)
    static let person = RecordID(high: 5, low: 1)

    /// What is written, by where it goes.
    static let canaries = [
        "inbox": "canary-inbox-我爸腿脚不便", "waiting": "canary-waiting-七号", "note": "canary-note-来访记录",
        "claim": "canary-claim-note", "wording": "canary-wording-一辆轮椅", "name": "canary-name-示例大宝",
        "account": "canary-account", "hardship": "canaryHardship", "benefit": "canaryBenefit",
        "offer": "canary-offer-五辆轮椅，找示例大宝",
        "group": "canaryGroup", "suggestion": "canary-suggestion-childUnder6", "past": "canary-past-31415926",
    ]

    /// A group that follows from the file of whoever is old.
    private static func groups() throws -> GroupBook {
        try JSONDecoder().decode(
            GroupBook.self,
            from: Data(
                #"""
                {"groups": [{"code": "canaryGroup", "name": {"zh-Hans": "甲", "en": "A"},
                  "derived": [{"when": [{"fact": "ages/60-150", "atLeast": 1}]}]}]}
                """#.utf8))
    }
    static let point = GeoPoint(latitudeE7: 22_987_654, longitudeE7: 113_812_345)

    var path: String { "\(folder)/town.db" }
    var keyFile: KeyFile { KeyFile(path: "\(folder)/town.key") }

    /// Opens the files; makes what is missing.
    init(folder: String, file: String = "town.db", access: SQLiteDatabase.Access = .create) throws {
        self.folder = folder
        database = try SQLiteDatabase(path: "\(folder)/\(file)", access: access)
        let key = KeyFile(path: "\(folder)/town.key")
        try key.create(at: 0)
        vault = try Vault(file: key, keys: "\(folder)/town.keys", clock: { 0 })
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        store = SQLCaseStore(database: database, program: "p", vault: vault)
    }

    func desk<Result>(
        at now: Moment = now, _ actor: CaseActor = .system, _ body: (CaseDesk) throws -> Result
    ) throws -> Result {
        let rules = try {
            var rules = try SampleRules.rules()
            rules.groups = try Self.groups()
            return rules
        }()
        return try store.blockingWrite { transaction in
            var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
            return try body(
                CaseDesk(
                    rules: rules, store: transaction, actor: actor, now: now,
                    newID: { identifiers.next(at: Timestamp(milliseconds: now.milliseconds)) }))
        }
    }

    /// Does again what was erased since this copy was made; returns how many were.
    @discardableResult
    func catchUp(at now: Moment = now) throws -> Int {
        let rules = try SampleRules.rules()
        return try store.catchUp(at: now) { transaction, holders in
            var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
            _ = try CaseDesk(
                rules: rules, store: transaction, actor: .system, now: now,
                newID: { identifiers.next(at: Timestamp(milliseconds: now.milliseconds)) }
            ).finishErasures(of: holders)
        }
    }

    /// What the rows say that the history does not, after the chain was followed.
    func differences() throws -> [ToldStates.Difference] {
        try store.blockingRead { transaction in
            var told = ToldStates()
            let fault = try Audit.verify(transaction, reading: { told.take($0) })
            #expect(fault == nil)
            return try told.differences(in: transaction)
        }
    }

    /// Writes a canary into every sealed field; returns the linked inbound record and the one that waits.
    @discardableResult
    func fill() throws -> (linked: RecordID, waiting: RecordID) {
        let words = Self.canaries
        return try desk { desk in
            let registrar = Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                opening: nil)
            let point = try #require(Self.point)
            let account = Account(
                id: RecordID(high: 9, low: 1), name: try #require(SignInName(words["account"] ?? "")),
                createdAt: desk.now,
                createdBy: CaseActor.system.id)
            try desk.store.insert(account, key: RecordID(high: 9, low: 2))
            let code = TimeCode(secret: Array("12345678901234567890".utf8))
            try desk.store.setSecondFactor(
                SecondFactor(code: code, pending: code, confirmedAt: desk.now), of: account.id)
            try registrar.admit(
                Party(id: Self.party, kind: .donor), key: RecordKey(source: "t", externalID: "P", id: Self.party),
                name: words["name"] ?? "")
            try registrar.admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "O", id: Self.offer), party: Self.party,
                    place: Place(point: point), text: words["offer"] ?? "",
                    lines: [OfferLine(category: nil, available: 10)]))
            try registrar.admit(
                Wish(
                    key: RecordKey(source: "t", externalID: "W", id: Self.wish), place: Place(point: point),
                    text: words["wording"] ?? "", lines: [WishLine(category: nil, quantity: 5)]))
            _ = try desk.open(Self.wish, channel: .hotline12345)
            let linked = try desk.take(words["inbox"] ?? "", channel: .hotline12345, externalID: "N-1")
            var traits = IntakeTraits(record: linked.id, receivedAt: linked.receivedAt, categories: [])
            traits.birthYear = 1_911
            try desk.keep(traits)
            _ = try desk.confirm(linked.id, as: Self.wish)
            let waiting = try desk.take(words["waiting"] ?? "", channel: .web)
            let household = Household(id: Self.household, area: "c")
            try desk.store.save(
                household,
                watch: HouseholdWatch(
                    household: Self.household, grade: .green, because: [], since: Self.now, visitDue: nil))
            _ = try desk.note(.personCame(Self.person, birthYear: 1_911), of: Self.household)
            _ = try desk.note(
                .hardship(Casework.Code(words["hardship"] ?? "") ?? "x"), of: Self.household,
                reason: try desk.reason("visit", words: words["note"], about: Self.household))
            _ = try desk.note(.benefit(Casework.Code(words["benefit"] ?? "") ?? "x"), of: Self.household)
            let claim = try desk.propose(
                offer: LineReference(Self.offer), wish: LineReference(Self.wish), quantity: 2)
            _ = try desk.keep(words["claim"], as: "reason", about: claim.claim.id)
            // The first list is what was chosen from, so it is kept beside the second.
            for name in ["past", "suggestion"] {
                try desk.store.replaceMatches(
                    wish: Self.wish, line: 1,
                    with: [MatchRecord(rank: 1, explanation: Self.explanation(of: words[name] ?? ""))])
            }
            return (linked.id, waiting.id)
        }
    }

    /// Why the offer suits the wish, with a canary among what it was made of.
    private static func explanation(of canary: String) -> Explanation {
        Explanation(
            wish: RecordKey(source: "t", externalID: "W", id: wish), wishLine: 1,
            offer: RecordKey(source: "t", externalID: "O", id: offer), offerLine: 1, profile: "default@1",
            asOf: Timestamp(milliseconds: now.milliseconds), total: 700_000,
            entries: [
                .init(
                    scorer: "Proximity", version: 1, outcome: .value, value: 700_000, weight: 10,
                    contribution: 7_000_000, reason: "near",
                    inputs: ["centimetres": 31_415_926, "groups": .texts([canary])])
            ])
    }

    /// Which canaries stand in any file of the folder, in UTF-8, UTF-16 or Base64.
    static func found(in folder: String, of texts: [String] = Array(canaries.values)) throws -> [String] {
        var found: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
            for text in texts {
                for (form, bytes) in forms(of: text) where data.range(of: bytes) != nil {
                    found.append("\(name): \(text) (\(form))")
                }
            }
        }
        return found
    }

    private static func forms(of text: String) -> [(String, Data)] {
        let utf8 = Data(text.utf8)
        var forms = [
            ("UTF-8", utf8), ("UTF-16LE", text.data(using: .utf16LittleEndian) ?? utf8),
            ("UTF-16BE", text.data(using: .utf16BigEndian) ?? utf8),
        ]
        // Base64 of the text at each of the three places in a group, without the letters that its neighbours share.
        for shift in 0..<3 {
            let encoded = (Data(repeating: 0, count: shift) + utf8).base64EncodedString()
            forms.append(("Base64", Data(encoded.dropFirst(4).dropLast(6).utf8)))
        }
        return forms
    }

    /// Everything that is kept, opened: for comparing two states.
    func everything() throws -> [String] {
        try store.blockingRead { transaction in
            var lines: [String] = []
            for id in [Self.wish, Self.household, Self.party] {
                guard let file = try transaction.personFile(id) else { continue }
                lines += file.items.map { "\($0.field) \($0.record) \($0.text)" }.sorted()
            }
            lines += try transaction.waitingRecords(limit: 100).map(\.words)
            lines += try transaction.accounts(before: nil, limit: 10).map(\.name.text)
            func add(_ stored: StoredMatch) {
                switch stored {
                case .intact(let match): lines.append("\(match.rank) \(match.explanation)")
                case .faulty(let place, let fault): Issue.record("\(place): \(fault)")
                }
            }
            try transaction.forEachMatch(wish: nil, add)
            try transaction.forEachPastMatch(add)
            return lines
        }
    }

    func close() throws {
        try database.close()
        vault.close()
    }
}
