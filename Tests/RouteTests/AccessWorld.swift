import Casework
import HTTPTypes
import MatchCore
import Operations
import Storage
import Testing
import Wire

/// A program with everything in it twice: in the area c1, which is "own", and in c2, which is somebody else's.
///
/// What is personal of it are texts that stand nowhere else.
final class AccessWorld: Sendable {
    enum Side: String, CaseIterable {
        case own, other
    }

    /// Kinds of records that operations name by their ids.
    enum Kind: UInt64, CaseIterable {
        case claim = 1, offer, wish
        case party = 5, inbox, household, secondWish, key
        case approval = 11
        case clock = 14, opening, account, grant

        var sample: RecordID {
            RecordID(high: 0x0193_5A00_0000_7000, low: 0x8000_0000_0000_0000 + rawValue)
        }

        /// Whose rows of the table say who may know of it.
        var record: AccessRecord {
            switch self {
            case .claim: .claim
            case .offer: .offer
            case .wish, .secondWish: .wish
            case .party: .party
            case .inbox: .inbox
            case .household: .household
            case .key: .key
            case .approval: .approval
            case .clock: .clock
            case .opening: .opening
            case .account, .grant: .account
            }
        }
    }

    let service: RouteService
    /// By side and kind.
    let ids: [Side: [Kind: RecordID]]
    /// Wishes whose case is open and whose wording nobody has approved.
    let drafts: [Side: RecordID]

    init() async throws {
        let service = try RouteService()
        self.service = service
        var ids: [Side: [Kind: RecordID]] = [:]
        var drafts: [Side: RecordID] = [:]
        for (number, side) in Side.allCases.enumerated() {
            let area = side == .own ? "c11" : "c2"
            func post(_ path: String, _ body: JSONValue, as role: String, _ key: String) async throws
                -> RouteService.Answer
            {
                let answer = try await service.send(.post, path, body, as: role, key: "\(key)\(number)")
                try #require(answer.status < 300, "\(path): \(answer.json)")
                return answer
            }
            func id(_ answer: RouteService.Answer, _ name: String = "id") throws -> RecordID {
                try #require(answer.text(name).flatMap { RecordID($0) })
            }
            func wish(_ text: String, _ name: String) async throws -> RecordID {
                try id(
                    try await post(
                        "/v1/wishes",
                        [
                            "text": .text("\(text)-\(side.rawValue)"), "hardship": 3, "source": "hotline",
                            "channel": "hotline12345", "externalID": .text("HANDLE-\(name)-\(side.rawValue)"),
                            "groups": ["elders"],
                            "place": [
                                "area": .text(area), "latitude": .decimal("22.81\(number)7123"),
                                "longitude": .decimal("113.67\(number)3987"),
                            ], "lines": [["category": "fan", "quantity": 5]],
                        ], as: "intake", name))
            }
            // The one stays a draft; the other's path needs no approval, as of before there were paths.
            let draft = try await wish("DRAFTTEXT", "draft")
            let published = RouteService.wishes[side == .own ? 0 : 2]
            let taken = try await post(
                "/v1/inbox", ["channel": "hotline12345", "words": .text("SAIDWORDS-\(side.rawValue) want fan")],
                as: "intake", "inbox")
            let inbox = try id(taken)
            _ = try await post("/v1/inbox/\(inbox)/confirm", ["wish": .text("\(draft)")], as: "intake", "confirm")
            let household = try id(
                try await post("/v1/households", ["area": .text(area)], as: "intake", "household"))
            _ = try await post(
                "/v1/households/\(household)/members",
                [
                    "person": .text("\(RecordID(high: 7, low: UInt64(number)))"), "birthYear": .integer(1907),
                    "name": .text("MEMBERNAME-\(side.rawValue)"),
                ], as: "coordinator", "member")
            _ = try await post(
                "/v1/households/\(household)/hardships",
                [
                    "code": .text("hardship-\(side.rawValue)"), "reason": "visit",
                    "note": .text("VISITNOTE-\(side.rawValue)"),
                ],
                as: "coordinator", "hardship")
            // What matching knows of the file.
            _ = try await post(
                "/v1/households/\(household)/wishes", ["wish": .text("\(published)")], as: "intake", "file")
            try service.store.blockingWrite { store in
                try store.save(
                    DerivedGroups([Casework.Code("derived-\(side.rawValue)") ?? "none"], by: "world", until: nil),
                    of: household)
            }
            let claim = try await post(
                "/v1/claims",
                [
                    "offer": .text("\(RouteService.offers[number])"), "wish": .text("\(published)"), "quantity": 1,
                    "legs": ["carrier", "fitter"],
                ], as: "coordinator", "claim")
            let claimed = try id(claim)
            _ = try await post("/v1/claims/\(claimed)/accept", [:], as: "donor\(number)", "accept")
            for leg in ["carrier", "fitter"] {
                _ = try await post(
                    "/v1/claims/\(claimed)/legs/\(leg)/agree",
                    ["party": .text("\(RouteService.parties[number])"), "reason": "phone"],
                    as: "coordinator", leg)
            }
            let approvals = try await service.send(.get, "/v1/cases/\(draft)/approval", as: "coordinator")
            let approval = try id(approvals)
            _ = try await post(
                "/v1/approvals/\(approval)/pass", ["note": .text("NOTEWORDS-\(side.rawValue)")], as: "intake", "pass")
            let clocks = try service.store.blockingRead { try $0.clocks(of: draft) }
            let key = try await post(
                "/v1/keys", ["label": .text("k\(number)"), "role": "intake", "areas": [.text(area)]], as: "admin", "key"
            )
            let made = try #require(key.json["key"]?["id"])
            guard case .text(let keyID) = made else { throw Problem.notFound }
            let opening = try await post(
                "/v1/openings", ["holder": .text("\(inbox)"), "field": "words", "reason": "checked"], as: "admin",
                "opening")
            let answer = try await service.send(
                .post, "/v1/accounts", ["name": .text("account-\(side.rawValue)")], key: "account\(number)")
            guard answer.status == 201, case .text(let accountID)? = answer.json["account"]?["id"] else {
                throw Problem.notFound
            }
            let granted = try await service.send(
                .post, "/v1/accounts/\(accountID)/grants", ["role": "intake", "areas": [.text(area)]],
                key: "grant\(number)")
            guard case .list(let grants)? = granted.json["grants"], case .text(let grantID)? = grants.first?["id"]
            else {
                throw Problem.notFound
            }
            ids[side] = [
                .account: try #require(RecordID(accountID)), .grant: try #require(RecordID(grantID)),
                .claim: try id(claim), .offer: RouteService.offers[number], .wish: published, .secondWish: draft,
                .party: RouteService.parties[number], .inbox: inbox, .household: household,
                .key: try #require(RecordID(keyID)), .approval: approval, .clock: try #require(clocks.first?.id),
                .opening: try id(opening),
            ]
            drafts[side] = draft
        }
        self.ids = ids
        self.drafts = drafts
    }

    /// Somebody in a role whose own the one side is.
    func viewer(_ role: Role, owning side: Side = .own, calling operation: AnyOperation? = nil) -> Viewer {
        let id = RecordID(high: 60, low: UInt64(Role.allCases.firstIndex(of: role) ?? 0))
        let party = [.donor, .carrier, .fitter].contains(role) ? ids[side]?[.party] : nil
        let isOfCase = operation.map { Self.isAboutCases($0) } ?? false
        let wish = role == .recipient ? isOfCase ? drafts[side] : ids[side]?[.wish] : nil
        let authority = role == .approver ? ApprovalAuthority(level: .town, limit: 1_000_000) : nil
        let isStaff = Viewer(actor: CaseActor(id: id, role: role)).isStaff
        return Viewer(
            actor: CaseActor(id: id, role: role, party: party, wish: wish, authority: authority),
            areas: isStaff ? [side == .own ? "c1" : "c2"] : [], language: .en)
    }

    /// How a viewer whose own one side is stands to a record.
    func standing(_ viewer: Viewer, to kind: Kind, isOwn: Bool) -> AccessStanding {
        AccessStanding(
            isOwn: isOwn && !viewer.isStaff, isWithin: isOwn, isUnlimited: viewer.areas.isEmpty)
    }

    /// Whether the table shows a record of a kind to a viewer at all.
    func isShown(_ kind: Kind, to viewer: Viewer, isOwn: Bool) -> Bool {
        let standing = standing(viewer, to: kind, isOwn: isOwn)
        let stages: [AccessStage] =
            kind == .wish ? [.published] : kind == .secondWish ? [.beforeApproval] : [.always]
        return stages.contains {
            AccessTable.standard.parts(of: kind.record, at: $0, for: viewer.role, standing).contains(.existence)
        }
    }

    // MARK: Calling

    private struct Undone: Error { let outcome: Outcome }

    /// What came of a call: an answer's bytes, or a problem.
    struct Outcome: Sendable, Hashable {
        var problem: ProblemKind?
        var text: String

        var isHidden: Bool { problem == .notFound }
        var isRefused: Bool { problem == .forbidden || problem == .unauthenticated }

        /// The same without ids, which an answer may repeat.
        func without(_ ids: [RecordID]) -> Outcome {
            Outcome(problem: problem, text: ids.reduce(text) { $0.replacing($1.description, with: "ID") })
        }
    }

    /// Runs an operation and takes back whatever it did.
    func call(_ operation: AnyOperation, _ input: JSONValue, as viewer: Viewer) -> Outcome {
        do {
            try service.store.blockingWrite { store in
                let context = service.room.context(in: store, for: viewer)
                do {
                    throw Undone(outcome: Outcome(text: try self.text(operation, input, context)))
                } catch let undone as Undone {
                    throw undone
                } catch {
                    let problem = Problem(presenting: error)
                    throw Undone(
                        outcome: Outcome(problem: problem.kind, text: "\(problem.detail.en) \(problem.fields)"))
                }
            }
        } catch let undone as Undone {
            return undone.outcome
        } catch {
            return Outcome(problem: .internalError, text: "\(error)")
        }
        return Outcome(text: "")
    }

    private func text(_ operation: AnyOperation, _ input: JSONValue, _ context: OperationContext) throws -> String {
        if case .file(let begin)? = operation.stream { return try begin(input, context).name }
        guard case .rows(let begin)? = operation.stream else {
            return String(decoding: try operation.run(input, in: context).bytes, as: UTF8.self)
        }
        return try begin(input, context).part(after: nil, in: context).rows.map { $0.joined(separator: ",") }.joined(
            separator: "\n")
    }

    /// The example of an operation with the records of a side; `swapping` puts another id in the place of one kind.
    func input(_ operation: AnyOperation, _ side: Side, swapping: (Kind, RecordID)? = nil) throws -> JSONValue {
        let ids = ids[side] ?? [:]
        let isAboutCases = Self.isAboutCases(operation)
        func known(_ kind: Kind) -> RecordID? {
            if let swapping, swapping.0 == kind { return swapping.1 }
            // Cases and clocks are those of the draft.
            return kind == .wish && isAboutCases ? drafts[side] : ids[kind]
        }
        func filled(_ value: JSONValue) -> JSONValue {
            switch value {
            case .text("441900121"): return .text(side == .own ? "c11" : "c2")
            case .text("wheelchair"), .text("mobility.wheelchair"), .text("goods.wheelchair"): return "fan"
            case .text(let text):
                guard let id = RecordID(text), let kind = Kind.allCases.first(where: { $0.sample == id }),
                    let own = known(kind)
                else { return value }
                return .text("\(own)")
            case .list(let list): return .list(list.map(filled))
            case .object(let object): return .object(JSONObject(object.members.map { ($0.name, filled($0.value)) }))
            default: return value
            }
        }
        return filled(try operation.exampleInput())
    }

    private static func isAboutCases(_ operation: AnyOperation) -> Bool {
        ["cases", "approvals", "clocks", "history"].contains(operation.facts.resource)
    }

    /// The kinds of records whose ids an operation's example names.
    func kinds(_ operation: AnyOperation) throws -> [Kind] {
        func ids(_ value: JSONValue) -> [RecordID] {
            switch value {
            case .text(let text): RecordID(text).map { [$0] } ?? []
            case .list(let list): list.flatMap(ids)
            case .object(let object): object.members.flatMap { ids($0.value) }
            default: []
            }
        }
        let named = Set(ids(try operation.exampleInput()))
        return Kind.allCases.filter { named.contains($0.sample) }
    }
}
