import ArgumentParser
import Casework
import Exchange
import MatchCore
import Operations
import Wire

/// `almoner key`: who may use the service.
struct KeyCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "key", ServeWords.key,
            subcommands: [KeyCreateCommand.self, KeyListCommand.self, KeyRevokeCommand.self])
    }
}

/// A key as a script reads it.
struct KeyRecord: Encodable {
    var key: String
    var label: String
    var role: String
    var party: String?
    var areas: [String]
    var purpose: String
    /// Moments as everywhere in answers: RFC 3339, in UTC.
    var starts: String?
    var created: String
    var expires: String?
    var revoked: String?
    /// Only when it has just been made.
    var token: String?

    init(_ key: KeyView, token: String? = nil) {
        self.key = "\(key.id)"
        label = key.label
        role = key.role.rawValue
        party = key.party.map { "\($0)" }
        areas = key.areas.map(\.text)
        purpose = key.purpose.rawValue
        starts = key.starts.map { "\($0)" }
        created = "\(key.created)"
        expires = key.expires.map { "\($0)" }
        revoked = key.revoked.map { "\($0)" }
        self.token = token
    }
}

struct KeyCreateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("create", ServeWords.keyCreate) }

    @Argument(help: ArgumentHelp(ServeWords.keyRole, value: "role"))
    var role: String

    @Option(help: ArgumentHelp(ServeWords.keyLabel, value: "words"))
    var label: String

    @Option(help: ArgumentHelp(ServeWords.keyParty, value: "party"))
    var party: String?

    @Option(help: ArgumentHelp(ServeWords.keyArea, value: "code"))
    var area: [String] = []

    @Option(help: ArgumentHelp(ServeWords.keyPurpose, value: "purpose"))
    var purpose: String?

    @Option(help: ArgumentHelp(ServeWords.keyStarts, value: "time"))
    var starts: String?

    @Option(help: ArgumentHelp(ServeWords.keyExpires, value: "time"))
    var expires: String?

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (role, authority) = try grantedRole()
        let areas = try area.map { text in
            guard let code = Code(text) else { throw CommandError(.notFound, CaseWords.noCode.filled(["code": text])) }
            return code
        }
        let start = try starts.map { try CaseTime.timestamp($0) }
        let end = try expires.map { try CaseTime.timestamp($0) }
        let purpose = try purpose.map { name in
            guard let purpose = AccessPurpose(rawValue: name) else {
                let known = AccessPurpose.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError(.usage, ServeWords.noPurpose.filled(["purpose": name, "known": known]))
            }
            return purpose
        }
        let made = try await session.withService(options, changing: true) { service in
            var holder: RecordID?
            if let party { holder = try await service.id(of: .party, named: party) }
            return try await service.call(
                KeyOperations.create,
                KeyGranting(
                    label: label, role: role, party: holder, areas: areas, approvalLevel: authority?.level,
                    approvalLimit: authority?.limit, purpose: purpose, starts: start, expires: end))
        }
        if session.options.json {
            try session.emit(KeyRecord(made.key, token: made.token))
        } else {
            session.say(ServeWords.keyShown)
            session.say(made.token)
        }
        return .success
    }

    private func grantedRole() throws -> (Role, ApprovalAuthority?) {
        let parts = role.split(separator: ":").map(String.init)
        guard let name = parts.first, let role = Role(rawValue: name) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noRole.filled(["role": role, "roles": roles]))
        }
        guard parts.count == 3, let level = AreaLevel(rawValue: parts[1]), let limit = Int64(parts[2]) else {
            return (role, nil)
        }
        return (role, ApprovalAuthority(level: level, limit: limit))
    }
}

struct KeyListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", ServeWords.keyList) }

    @OptionGroup var list: ListOptions

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let keys = try await session.withService { service in
            try await service.list(KeyOperations.list, list) { PageInput(limit: $0, cursor: $1) }
        }
        if session.options.json {
            try keys.items.forEach { try session.emitLine(KeyRecord($0)) }
            try session.noteEnd(of: keys)
            return .success
        }
        let language = session.language
        var table = Table([
            .name(ServeWords.label[language]), .name(ServeWords.role[language]), .name(ServeWords.created[language]),
            .name(ServeWords.expires[language]), .name(RecordWords.id[language]),
        ])
        for key in keys.items {
            let end = key.revoked ?? key.expires
            table.add([
                Table.Cell(key.label),
                Table.Cell(CodeWords.text(.role, key.role.rawValue)?[language] ?? key.role.rawValue),
                Table.Cell(CaseTime.text(key.created)),
                Table.Cell(end.map { CaseTime.text($0) } ?? ServeWords.never[language]), Table.Cell("\(key.id)"),
            ])
        }
        session.say(table)
        try session.noteEnd(of: keys)
        return .success
    }
}

struct KeyRevokeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("revoke", ServeWords.keyRevoke) }

    @Argument(help: ArgumentHelp(ServeWords.keyID, value: "key"))
    var key: String

    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let id = RecordID(key) else { throw CommandError(.usage, CaseWords.noID.filled(["id": key])) }
        let reason = try options.reasonCode()
        let revoked = try await session.withService(options, changing: true) { service in
            try await service.call(
                KeyOperations.revoke, KeyRevoking(key: id, reason: reason, note: options.note))
        }
        if session.options.json {
            try session.emit(KeyRecord(revoked))
        } else {
            session.say(ServeWords.revoked, ["id": key])
        }
        return .success
    }
}
