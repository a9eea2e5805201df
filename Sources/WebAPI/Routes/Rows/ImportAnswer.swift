internal import Casework
internal import Exchange
internal import HTTPTypes
internal import InputGate
internal import MatchCore
internal import Operations
internal import Wire

/// One import: its rows entered, and a line about each.
///
/// What is answered is kept under the request's key in parts, each with the rows that it speaks of, in one transaction. A
/// request that broke off is sent again: what was entered is said again, and the rest is entered.
struct ImportAnswer: Sendable {
    let importing: Importing
    let spool: Spool
    let body: ImportBody
    let use: IdempotentUse
    let store: any CaseStore
    let room: OperationRoom
    let language: Language
    /// Who enters the rows, asked anew before every transaction: a body may take an hour to arrive and its rows as long to
    /// enter, and a token that was revoked enters nothing more.
    let viewer: @Sendable () async throws -> Viewer
    let idempotency: any IdempotencyKeeping
    /// Where lines are kept until it is known whether they are to be said.
    let folder: String
    /// The most rows of the lightest kind that are stored in one transaction.
    let atomicRows: Int

    /// Rows of one transaction of a partial import.
    private static let batch = 500
    /// Bytes of lines that are kept as one part.
    private static let partBytes = 256 << 10

    func response() async throws -> APIResponse {
        let terms = try importing.terms(map: body.map)
        // A file that cannot be read at all is a problem, and not a row at fault.
        _ = try rows(terms)
        switch importing.mode {
        case .atomic: return try await atomic(terms)
        case .partial: return try await partial(terms)
        }
    }

    private func rows(_ terms: ImportTerms) throws -> any ImportRows {
        try importing.rows(SpoolSource(spool, body.range), body.format, terms)
    }

    private func response(_ status: HTTPResponse.Status, _ body: APIResponse.Body) -> APIResponse {
        APIResponse(
            status: status,
            headers: [
                .contentType: "application/x-ndjson", .contentLanguage: language.rawValue,
                .cacheControl: "no-store", .vary: "Accept-Language, Authorization",
            ], body: body)
    }

    // MARK: The key

    /// What an earlier request with this key has come to; nil for none. Throws for one that runs or was another.
    private func earlier(in store: any CaseTransaction, at now: Moment) throws -> KeptAnswer? {
        switch try idempotency.take(use, in: store, at: now) {
        case .fresh: return nil
        case .answered(let kept): return kept
        case .forgotten: throw Problem.answerForgotten
        case .reused:
            throw Problem(
                .idempotencyKeyReused, "This Idempotency-Key was used for another request. Take a new one.",
                zhHans: "此 Idempotency-Key 已用于其他请求，请更换。")
        case .running:
            throw Problem(
                .stillRunning, "The same request is still running. Ask again in a moment.",
                zhHans: "同一请求仍在处理，请稍后重试。", retryAfterSeconds: 1)
        }
    }

    private func part(_ number: Int) -> IdempotentUse {
        var part = use
        part.route += "/part/\(number)"
        return part
    }

    private static let parts = "parts"

    /// Keeps that the answer is whole, with the number of its parts.
    private func keepEnd(_ status: Int, parts: Int, in store: any CaseTransaction, at now: Moment) throws {
        let answer = KeptAnswer(status: status, headers: [Self.parts: "\(parts)"], body: [])
        try idempotency.keep(answer, for: use, in: store, at: now)
    }

    private func keep(_ lines: [UInt8], as number: Int, in store: any CaseTransaction, at now: Moment) throws {
        _ = try idempotency.take(part(number), in: store, at: now)
        try idempotency.keep(
            KeptAnswer(status: 200, headers: [:], body: lines, named: RecordID.all(namedIn: lines)), for: part(number),
            in: store, at: now)
    }

    /// Says again what was said.
    private func again(_ kept: KeptAnswer) -> APIResponse {
        let count = kept.headers[Self.parts].flatMap { Int($0) } ?? 0
        var response = response(
            HTTPResponse.Status(code: kept.status),
            .stream { write in
                for number in 0..<count {
                    _ = try await viewer()
                    let lines = try await store.write { [room] store in
                        try said(as: number, in: store, at: room.clock())
                    }
                    try await write(lines[...])
                }
            })
        response.headers[.idempotencyReplayed] = "true"
        return response
    }

    /// What was kept as one part. Throws where nothing is; then the transaction that looked is given up.
    private func said(as number: Int, in store: any CaseTransaction, at now: Moment) throws -> [UInt8] {
        switch try idempotency.take(part(number), in: store, at: now) {
        case .answered(let kept): return kept.body
        case .forgotten: throw Problem.answerForgotten
        default: break
        }
        throw Problem(
            .unavailable, "What was answered is no longer kept. Read the records themselves.",
            zhHans: "当时的答复已不再保存，请直接查询记录。")
    }

    /// Whether another request under the same key went on with this import while this one was away, and has ended it: then
    /// this one says what that one said. Throws while it is still at it; otherwise the key is held anew.
    private func isDoneElsewhere(in store: any CaseTransaction, at now: Moment) throws -> Bool {
        if try idempotency.renew(use, in: store, at: now) { return false }
        return try earlier(in: store, at: now) != nil
    }

    // MARK: All or nothing

    /// Ends the transaction of an import that must not be kept.
    private struct Refused: Error {}

    private func atomic(_ terms: ImportTerms) async throws -> APIResponse {
        // On no event loop, whose other connections would wait.
        let ahead = try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await RowsAhead(bytes: body.range.count, most: importing.atomicRows(of: atomicRows)) { try rows(terms) }
        }
        var lines = try Spool(folder: folder)
        let kept: KeptAnswer?
        let viewer = try await viewer()
        do {
            kept = try await store.write { [lines] store -> KeptAnswer? in
                let now = room.clock()
                if let kept = try earlier(in: store, at: now) { return kept }
                try lines.clear()
                let tally = try enterAll(ahead, terms, for: viewer, into: lines, in: store, at: now)
                if tally.summary.refused > 0 { throw Refused() }
                try keepAll(lines, 200, in: store, at: now)
                return nil
            }
        } catch is Refused {
            lines = try await withTaskExecutorPreference(globalConcurrentExecutor) { [lines] in try unkept(lines) }
            kept = try await store.write { [lines] store -> KeptAnswer? in
                let now = room.clock()
                if let kept = try earlier(in: store, at: now) { return kept }
                try keepAll(lines, 422, in: store, at: now)
                return nil
            }
            if kept == nil { return response(.unprocessableContent, said(lines)) }
        }
        return kept.map(again) ?? response(.ok, said(lines))
    }

    /// What is said of the rows where none is kept, made anew line by line, so that nobody reads of a record that is not there.
    private func unkept(_ lines: Spool) throws -> Spool {
        let unkept = try Spool(folder: folder)
        let count = lines.count
        var rest: [UInt8] = []
        for place in stride(from: 0, to: count, by: Self.partBytes) {
            rest += try lines.bytes(at: place, min(Self.partBytes, count - place))
            guard let end = rest.lastIndex(of: 0x0A) else { continue }
            try unkept.append(try ImportTally.unkept(Array(rest[...end])))
            rest.removeFirst(end + 1)
        }
        return unkept
    }

    private func enterAll(
        _ ahead: RowsAhead, _ terms: ImportTerms, for viewer: Viewer, into lines: Spool,
        in store: any CaseTransaction, at now: Moment
    ) throws -> ImportTally {
        var tally = importing.tally()
        var run = try importing.run(
            terms, header: ahead.header, in: room.context(in: store, for: viewer, at: now), after: tally)
        if let rows = ahead.rows {
            for row in rows { try lines.append(try tally.lines(try run.take(row))) }
        } else {
            let rows = try rows(terms)
            while let row = try rows.readable() { try lines.append(try tally.lines(try run.take(row))) }
        }
        try lines.append(try tally.lines(try run.finish()))
        if tally.summary.refused > 0 { tally.noteRefused() }
        try lines.append(try tally.end())
        return tally
    }

    private func keepAll(_ lines: Spool, _ status: Int, in store: any CaseTransaction, at now: Moment) throws {
        let count = lines.count
        var number = 0
        for place in stride(from: 0, to: count, by: Self.partBytes) {
            try keep(try lines.bytes(at: place, min(Self.partBytes, count - place)), as: number, in: store, at: now)
            number += 1
        }
        // The transaction may have taken longer than a key is held: what is kept now is its own all the same, for nobody
        // else could take it meanwhile.
        try keepEnd(status, parts: number, in: store, at: now)
    }

    private func said(_ lines: Spool) -> APIResponse.Body {
        .stream { write in
            let count = lines.count
            for place in stride(from: 0, to: count, by: 64 << 10) {
                try await write(try lines.bytes(at: place, min(64 << 10, count - place))[...])
            }
        }
    }

    // MARK: What can be taken

    private func partial(_ terms: ImportTerms) async throws -> APIResponse {
        _ = try await viewer()
        let kept = try await store.write { [room] store in try earlier(in: store, at: room.clock()) }
        if let kept { return again(kept) }
        return response(
            .ok,
            .stream { write in
                let rows = try rows(terms)
                var tally = importing.tally()
                var ahead = try rows.readable()
                var number = 0
                while let first = ahead {
                    // Rows of one record stay together.
                    var batch = [first]
                    ahead = try rows.readable()
                    while let row = ahead, batch.count < Self.batch || row.mayContinue(batch[batch.count - 1]),
                        batch.count < Self.batch + 200
                    {
                        batch.append(row)
                        ahead = try rows.readable()
                    }
                    let done = try await enter(batch, as: number, terms, header: rows.header, after: tally)
                    tally = done.tally
                    try await write(done.lines[...])
                    number += 1
                }
                let end = try tally.end()
                let count = number
                let last = try await store.write { [room] store in
                    let now = room.clock()
                    if try isDoneElsewhere(in: store, at: now) { return try said(as: count, in: store, at: now) }
                    try keep(end, as: count, in: store, at: now)
                    try keepEnd(200, parts: count + 1, in: store, at: now)
                    return end
                }
                try await write(last[...])
            })
    }

    /// Enters some rows and keeps what is said of them, or finds that an earlier request did.
    private func enter(
        _ batch: [ImportRow], as number: Int, _ terms: ImportTerms, header: [String], after: ImportTally
    ) async throws -> (tally: ImportTally, lines: [UInt8]) {
        let viewer = try await viewer()
        return try await store.write { store in
            let now = room.clock()
            var tally = after
            if try isDoneElsewhere(in: store, at: now) {
                let lines = try said(as: number, in: store, at: now)
                try tally.pass(batch, said: lines)
                return (tally, lines)
            }
            switch try idempotency.take(part(number), in: store, at: now) {
            case .answered(let kept):
                try tally.pass(batch, said: kept.body)
                return (tally, kept.body)
            case .forgotten: throw Problem.answerForgotten
            default: break
            }
            var run = try importing.run(
                terms, header: header, in: room.context(in: store, for: viewer, at: now), after: tally)
            var outcomes: [RowsOutcome] = []
            for row in batch { outcomes += try run.take(row) }
            outcomes += try run.finish()
            let lines = try tally.lines(outcomes)
            tally.remember(run)
            try idempotency.keep(
                KeptAnswer(status: 200, headers: [:], body: lines, named: RecordID.all(namedIn: lines)),
                for: part(number), in: store, at: now)
            return (tally, lines)
        }
    }
}
