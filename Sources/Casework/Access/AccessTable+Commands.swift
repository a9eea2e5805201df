/// Through what each command reaches records: a row for every one of them.
///
/// A command that has none here fails a test.
extension AccessTable {
    static let standardCommands: [AccessCommand] =
        commands(
            .operations,
            [
                "explain", "wish list", "wish show", "wish story", "wish cancel", "wish create", "wish pledge",
                "wish code", "offer list", "offer show", "offer withdraw", "offer pause", "offer resume",
                "offer create",
                "party list", "party show", "party certificate", "party acknowledgement", "party register",
                "party code",
                "party confirm", "party pause", "party resume", "party close", "profile list", "profile show",
                "profile resolve", "profile log", "profile draft", "profile set", "profile edit", "profile diff",
                "profile validate", "profile preview", "profile publish", "profile rollback", "profile people",
                "claim propose", "claim accept", "claim decline", "claim dispatch", "claim receive", "claim confirm",
                "claim renew", "claim release", "claim return", "claim split", "claim leg", "claim queue", "claim list",
                "claim show", "case list", "case open", "case move", "case answer", "case close", "case end",
                "case rate",
                "approval list", "approval show", "approval act", "approval notices", "clock run", "clock overdue",
                "clock list", "clock step", "inbox take", "inbox list", "inbox show", "inbox propose", "inbox confirm",
                "household open", "household note", "household file", "household move", "household list",
                "household show",
                "duplicate list", "duplicate show", "duplicate join", "duplicate apart", "duplicate judge",
                "fund budget set", "fund budget list", "calendar load", "calendar show", "figures", "audit verify",
                "audit head", "tune backtest", "tune learn", "tune shadow", "tune split", "tune voices", "key create",
                "key list", "key revoke", "person export", "person erase", "person find", "person list",
                "person consent", "person retention", "wish wording", "opening request", "opening approve",
                "opening list",
                "opening show", "clock listed",
                "changes", "serve", "account create", "account list", "account show", "account lock", "account unlock",
                "account leave", "account grant", "account revoke", "account password", "account totp",
                "account sessions", "account identities", "account link", "account unlink", "sign-in", "sign-out",
            ])
        + commands(
            .machine,
            [
                "init", "demo load", "export", "import", "match", "recompute", "allocate run", "doctor",
                "tune outcomes",
                "key-file create", "key-file rotate", "key-file show", "key-file seal", "key-file copy-store",
                "backup", "restore", "db copy",
                "bench match", "bench replay",
            ])
        + commands(
            .none,
            [
                "demo generate", "allocate verify", "allocate seed", "scorer list", "scorer show", "area list",
                "area show", "category list", "category show", "bench rank", "bench allocate", "bench import",
                "bench tune", "bench preview", "bench scorers", "simulate", "openapi", "version", "access table",
            ])

    private static func commands(_ gate: AccessCommand.Gate, _ paths: [String]) -> [AccessCommand] {
        paths.map { AccessCommand($0, gate) }
    }
}
