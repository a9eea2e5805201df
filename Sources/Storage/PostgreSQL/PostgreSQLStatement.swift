internal import CLibPQ

/// A statement that the server has prepared.
final class PostgreSQLStatement: Statement {
    private let prepared: PreparedStatement
    private let connection: PostgreSQLConnection
    /// How many sets of parameters are under way at once. The answers to so many fit into the sockets' buffers, so that
    /// neither side waits for the other to read.
    private static let pipelined = 64

    init(_ prepared: PreparedStatement, on connection: PostgreSQLConnection) {
        self.prepared = prepared
        self.connection = connection
    }

    private var link: PostgreSQLLink { connection.link }

    func run(_ parameters: [SQLValue]) throws -> Int {
        try connection.checkUsable()
        let bound = try BoundParameters(parameters, types: prepared.parameters)
        link.stream?.readToEnd()
        let result = bound.withPointers { values, lengths, formats in
            link.canceller.waiting {
                PQexecPrepared(link.handle, prepared.name, CInt(values.count), values, lengths, formats, 1)
            }
        }
        defer { PQclear(result) }
        return try changes(of: result)
    }

    func runAll(_ next: () throws -> [SQLValue]?) throws -> Int {
        try connection.checkUsable()
        var changed = 0
        var isComplete = false
        while !isComplete {
            // What a set of parameters cannot be bound with, or `next` throws, is thrown before anything is sent.
            var sets: [BoundParameters] = []
            while sets.count < Self.pipelined {
                guard let parameters = try next() else {
                    isComplete = true
                    break
                }
                sets.append(try BoundParameters(parameters, types: prepared.parameters))
            }
            if !sets.isEmpty { changed += try pipeline(sets) }
        }
        return changed
    }

    private func pipeline(_ sets: [BoundParameters]) throws -> Int {
        link.stream?.readToEnd()
        var sent = PQenterPipelineMode(link.handle) == 1
        for bound in sets where sent {
            sent =
                bound.withPointers { values, lengths, formats in
                    link.canceller.waiting {
                        PQsendQueryPrepared(link.handle, prepared.name, CInt(values.count), values, lengths, formats, 1)
                    }
                } == 1
        }
        sent = sent && link.canceller.waiting { PQpipelineSync(link.handle) } == 1
        var changed = 0
        var failure: (any Error)?
        // Each set has its result and then a nil; the synchronisation's result stands last.
        while sent, !link.isBroken {
            guard let result = link.nextResult() else { continue }
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            if status == PGRES_PIPELINE_SYNC { break }
            if failure != nil || status == PGRES_PIPELINE_ABORTED { continue }
            do { changed += try changes(of: result) } catch { failure = error }
        }
        // What could not be sent whole leaves a connection that nobody understands any more.
        if PQexitPipelineMode(link.handle) == 0 || !sent { link.isUnfit = true }
        if let failure { throw failure }
        guard sent, !link.isBroken else { throw connection.failed(link.failure(nil)) }
        return changed
    }

    func rows(_ parameters: [SQLValue]) throws -> any SQLCursor {
        try connection.checkUsable()
        let bound = try BoundParameters(parameters, types: prepared.parameters)
        link.stream?.readToEnd()
        let sent = bound.withPointers { values, lengths, formats in
            link.canceller.waiting {
                PQsendQueryPrepared(link.handle, prepared.name, CInt(values.count), values, lengths, formats, 1)
            }
        }
        guard sent == 1 else {
            link.isUnfit = true
            throw connection.failed(link.failure(nil))
        }
        PQsetSingleRowMode(link.handle)
        return PostgreSQLCursor(prepared, on: connection)
    }

    private func changes(of result: OpaquePointer?) throws -> Int { try connection.changes(of: result) }
}

/// A statement with thousands of parameters: sent whole each time, each parameter of the type that its value has, since
/// libpq cannot be told by the server what the types are.
final class PostgreSQLListStatement: Statement {
    private let sql: String
    private let connection: PostgreSQLConnection

    init(_ sql: String, on connection: PostgreSQLConnection) {
        self.sql = sql
        self.connection = connection
    }

    func run(_ parameters: [SQLValue]) throws -> Int {
        let result = try execute(parameters)
        defer { PQclear(result) }
        return try connection.changes(of: result)
    }

    func runAll(_ next: () throws -> [SQLValue]?) throws -> Int {
        var changed = 0
        while let parameters = try next() { changed += try run(parameters) }
        return changed
    }

    func rows(_ parameters: [SQLValue]) throws -> any SQLCursor {
        let result = try execute(parameters)
        defer { PQclear(result) }
        _ = try connection.changes(of: result)
        return PostgreSQLCursor(whole: result, on: connection)
    }

    private func execute(_ parameters: [SQLValue]) throws -> OpaquePointer? {
        try connection.checkUsable()
        connection.link.stream?.readToEnd()
        let oids: [UInt32] = parameters.map { value in
            switch value {
            case .null: 0
            case .integer: 20
            case .text: 25
            case .blob: 17
            }
        }
        let bound = try BoundParameters(parameters, types: oids.map { PostgreSQLType(oid: $0) })
        return bound.withPointers { values, lengths, formats in
            connection.link.canceller.waiting {
                PQexecParams(connection.link.handle, sql, CInt(values.count), oids, values, lengths, formats, 1)
            }
        }
    }
}

extension PostgreSQLConnection {
    /// How many rows a result says were changed. Throws what went wrong instead.
    fileprivate func changes(of result: OpaquePointer?) throws -> Int {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
            let status = String(cString: PQcmdStatus(result))
            let changes = ["INSERT", "UPDATE", "DELETE"].contains { status.hasPrefix($0) }
            return changes ? Int(String(cString: PQcmdTuples(result))) ?? 0 : 0
        default:
            throw failed(link.failure(result))
        }
    }
}

/// The rows of a running statement as they come in. When another statement is to run before they have ended, the rest
/// is read into memory first, since a connection does one thing at a time.
final class PostgreSQLCursor: SQLCursor {
    let columns: SQLColumns
    private let types: [PostgreSQLType]
    private let connection: PostgreSQLConnection
    private var kept: ArraySlice<Result<SQLRow, any Error>> = []
    /// Whether nothing of it is on the wire any more.
    private(set) var hasArrived = false
    private var isClosed = false

    init(_ prepared: PreparedStatement, on connection: PostgreSQLConnection) {
        columns = prepared.columns
        types = prepared.types
        self.connection = connection
        connection.link.stream = self
    }

    /// The rows of a result that has arrived whole.
    init(whole result: OpaquePointer?, on connection: PostgreSQLConnection) {
        columns = SQLColumns((0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) })
        types = (0..<PQnfields(result)).map { PostgreSQLType(oid: PQftype(result, $0)) }
        self.connection = connection
        hasArrived = true
        for place in 0..<PQntuples(result) { kept.append(Result { try row(result, at: place) }) }
    }

    deinit { close() }

    func close() {
        isClosed = true
        kept = []
        discard()
    }

    /// Reads what is still on the wire, and forgets it.
    func discard() {
        while !hasArrived { _ = receive() }
    }

    /// Reads what is still on the wire, and keeps it for `next`.
    func readToEnd() {
        while let row = receive() { kept.append(row) }
    }

    func next() throws -> SQLRow? {
        guard connection.isOpen else { try connection.checkUsable(); return nil }
        if let row = kept.popFirst() {
            try connection.checkCancellation()
            return try row.get()
        }
        guard !isClosed, !hasArrived else { return nil }
        try connection.checkUsable()
        return try receive()?.get()
    }

    /// The next row or failure from the wire; nil at the end.
    private func receive() -> Result<SQLRow, any Error>? {
        guard !hasArrived else { return nil }
        let result = connection.link.nextResult()
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_SINGLE_TUPLE:
            return Result { try row(result, at: 0) }
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            end()
            return nil
        default:
            end()
            return .failure(connection.failed(connection.link.failure(result)))
        }
    }

    private func end() {
        hasArrived = true
        if connection.link.stream === self { connection.link.stream = nil }
        while let result = connection.link.nextResult() { PQclear(result) }
    }

    private func row(_ result: OpaquePointer?, at place: CInt) throws -> SQLRow {
        var values: [SQLValue] = []
        values.reserveCapacity(types.count)
        for (index, type) in types.enumerated() {
            let column = CInt(index)
            guard PQgetisnull(result, place, column) == 0 else {
                values.append(.null)
                continue
            }
            let bytes = UnsafeRawBufferPointer(
                start: PQgetvalue(result, place, column), count: Int(PQgetlength(result, place, column)))
            guard let value = type.value(bytes) else {
                throw DatabaseError(
                    .wrongType,
                    message:
                        "Column '\(columns.names[index])' is a fraction, or of a kind that is not the same in every "
                        + "engine: write CAST(… AS BIGINT) in the query.")
            }
            values.append(value)
        }
        return SQLRow(columns: columns, values: values)
    }
}
