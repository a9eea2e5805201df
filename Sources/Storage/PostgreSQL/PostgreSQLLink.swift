internal import CLibPQ
internal import Foundation

/// One connection to the server, used by one thread at a time: whoever has it on lease.
///
/// It outlives transactions and keeps what it has prepared. A link that is broken is thrown away, never mended.
final class PostgreSQLLink {
    let handle: OpaquePointer
    let canceller: PostgreSQLCanceller
    /// The rows that still come in; before anything else is sent they are read to their end.
    weak var stream: PostgreSQLCursor?
    private var statements: [String: PreparedStatement] = [:]
    private var useCount = 0
    private var nextName = 0
    /// Statements that were put out of the cache and are still known to the server.
    private var forgotten: [String] = []
    /// How many statements one connection keeps prepared.
    private static let capacity = 256
    /// libpq 15 gives up a connection on which the server describes more than some 7,500 parameters.
    static let greatestDescription = 7_000

    /// Connects to a host and blocks until the server has answered. Throws `connectionLost` or `cannotOpen`.
    init(_ parameters: [(name: String, value: String)], host: PostgreSQLAddress.Host) throws {
        guard let handle = Self.withWords(parameters, { PQconnectdbParams($0, $1, 0) }) else {
            throw DatabaseError(.other, message: "There is no memory for a connection to the database.")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            throw Self.refusal(saying: String(cString: PQerrorMessage(handle)))
        }
        self.handle = handle
        canceller = PostgreSQLCanceller(handle, host: host)
        // They would go to the standard error. The link outlives its handle's use, so the address stays good.
        PQsetNoticeReceiver(
            handle,
            { link, notice in
                let severity = PQresultErrorField(notice, CInt(UInt8(ascii: "V"))).map { String(cString: $0) }
                guard severity == "WARNING", let link else { return }
                Unmanaged<PostgreSQLLink>.fromOpaque(link).takeUnretainedValue().warningCount += 1
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Whether a server is there, whatever it thinks of us. Blocks until it answers or its time to do so is over.
    static func answers(_ parameters: [(name: String, value: String)]) -> Bool {
        withWords(parameters) { PQpingParams($0, $1, 0) } != PQPING_NO_RESPONSE
    }

    /// Gives words and values as libpq takes them: two lists that end with a null.
    private static func withWords<Result>(
        _ parameters: [(name: String, value: String)],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let names = parameters.map { strdup($0.name) }
        let values = parameters.map { strdup($0.value) }
        defer { (names + values).forEach { free($0) } }
        return (names.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { names in
            (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
                body(names.baseAddress, values.baseAddress)
            }
        }
    }

    deinit {
        canceller.invalidate()
        PQfinish(handle)
    }

    /// Set where the server is of no use any more although it answers.
    var isUnfit = false
    /// How often the server has warned.
    fileprivate(set) var warningCount = 0

    var isBroken: Bool { isUnfit || PQstatus(handle) != CONNECTION_OK }
    /// Whether no transaction stands on it. What was stopped at its ROLLBACK or COMMIT has one still, in which nothing runs.
    var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }
    /// The timeline of the server that it leads to: higher for one that was promoted later.
    var timeline = 0

    /// Why the server did not let us in. libpq's text names hosts, users and databases, and never a password.
    static func refusal(saying words: String) -> DatabaseError {
        let text = words.split(separator: "\n").joined(separator: " ")
        // Before the session begins libpq gives no SQLSTATE, only the server's sentence. A role, too, may have all the
        // connections that it may: that passes.
        let signs = ["password", "authentication", "pg_hba", "does not exist", "SSL", "certificate", "role \""]
        let isOurs = !text.contains("too many connections") && signs.contains { text.contains($0) }
        return isOurs
            ? DatabaseError(.cannotOpen, message: "The database cannot be opened: \(text).")
            : DatabaseError(.connectionLost, message: "The database is not reached: \(text).")
    }

    // MARK: Statements without parameters

    /// Runs SQL of the driver's own, without rows to read.
    func execute(_ sql: String) throws { PQclear(try result(of: sql)) }

    /// Runs SQL of the driver's own and returns the first row of its last statement, as text.
    func firstRow(_ sql: String) throws -> [String?] {
        let result = try result(of: sql)
        defer { PQclear(result) }
        guard PQntuples(result) > 0 else { return [] }
        return (0..<PQnfields(result)).map { column in
            PQgetisnull(result, 0, column) == 1 ? nil : String(cString: PQgetvalue(result, 0, column))
        }
    }

    private func result(of sql: String) throws -> OpaquePointer? {
        stream?.readToEnd()
        let result = canceller.waiting { outcome(of: sql) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY].contains(PQresultStatus(result)) else {
            defer { PQclear(result) }
            throw failure(result)
        }
        return result
    }

    /// Sends SQL and waits for all that it comes to: its last result, or its first failure.
    ///
    /// PQexec gives the last failure too. Where the server says why it ends a connection, that is only that it has gone, and
    /// nobody would know whether what was sent was kept.
    private func outcome(of sql: String) -> OpaquePointer? {
        // Nothing is answered in a pipeline that was left open.
        guard PQpipelineStatus(handle) == PQ_PIPELINE_OFF else { return nil }
        while let old = PQgetResult(handle) { PQclear(old) }
        guard PQsendQuery(handle, sql) == 1 else { return nil }
        var outcome: OpaquePointer?
        while let next = PQgetResult(handle) {
            if PQresultStatus(outcome) == PGRES_FATAL_ERROR, outcome != nil {
                PQclear(next)
            } else {
                PQclear(outcome)
                outcome = next
            }
        }
        return outcome
    }

    /// The next result of what was sent; nil where there is none.
    func nextResult() -> OpaquePointer? {
        // What has come in already is taken without a word to whoever watches: once for each row.
        PQisBusy(handle) == 0 ? PQgetResult(handle) : canceller.waiting { PQgetResult(handle) }
    }

    /// The error in a result, or the one that broke the connection.
    func failure(_ result: OpaquePointer?) -> DatabaseError {
        DatabaseError(postgreSQL: PostgreSQLFailure(result: result))
    }

    // MARK: Prepared statements

    /// Prepares a statement, or finds it prepared. Long texts, most likely lists that never come again, are not kept.
    func prepare(_ sql: String) throws -> PreparedStatement {
        useCount += 1
        if let statement = statements[sql] {
            statement.lastUse = useCount
            return statement
        }
        stream?.readToEnd()
        guard sql.utf8.count <= 4_096 else {
            nextName += 1
            let name = "s\(nextName)"
            forgotten.append(name)
            return try prepare(sql, name: name)
        }
        if statements.count >= Self.capacity { makeRoom() }
        nextName += 1
        let statement = try prepare(sql, name: "s\(nextName)")
        statements[sql] = statement
        statement.lastUse = useCount
        return statement
    }

    private func prepare(_ sql: String, name: String) throws -> PreparedStatement {
        let prepared = canceller.waiting { PQprepare(handle, name, sql, 0, nil) }
        defer { PQclear(prepared) }
        guard PQresultStatus(prepared) == PGRES_COMMAND_OK else { throw failure(prepared) }
        let described = canceller.waiting { PQdescribePrepared(handle, name) }
        defer { PQclear(described) }
        guard PQresultStatus(described) == PGRES_COMMAND_OK else { throw failure(described) }
        return PreparedStatement(
            name: name, parameters: (0..<PQnparams(described)).map { PostgreSQLType(oid: PQparamtype(described, $0)) },
            types: (0..<PQnfields(described)).map { PostgreSQLType(oid: PQftype(described, $0)) },
            columns: SQLColumns((0..<PQnfields(described)).map { String(cString: PQfname(described, $0)) }))
    }

    /// Has the server forget what is out of the cache. Between transactions: inside one, somebody may still hold it.
    func tidy() throws {
        guard !forgotten.isEmpty else { return }
        let names = forgotten
        forgotten = []
        try execute(names.map { "DEALLOCATE \($0)" }.joined(separator: "; "))
    }

    /// Puts the quarter that was used longest ago out of the cache.
    private func makeRoom() {
        for (sql, statement) in statements.sorted(by: { $0.value.lastUse < $1.value.lastUse })
            .prefix(Self.capacity / 4)
        {
            statements[sql] = nil
            forgotten.append(statement.name)
        }
    }

    /// Forgets every prepared statement: a schema that changed has made them invalid.
    func forgetStatements() {
        statements = [:]
        forgotten = []
        try? execute("DEALLOCATE ALL")
    }
}

/// What the server has prepared under a name.
final class PreparedStatement {
    let name: String
    let parameters: [PostgreSQLType]
    let types: [PostgreSQLType]
    let columns: SQLColumns
    var lastUse = 0

    init(name: String, parameters: [PostgreSQLType], types: [PostgreSQLType], columns: SQLColumns) {
        self.name = name
        self.parameters = parameters
        self.types = types
        self.columns = columns
    }
}
