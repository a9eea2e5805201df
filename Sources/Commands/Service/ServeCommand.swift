import ArgumentParser
import Casework
import Exchange
import Foundation
import Logging
import MatchCore
import NIOCore
import Operations
import ServiceLifecycle
import Storage
import Synchronization
import UnixSignals
import WebAPI
import Wire

/// `almoner serve`: the program over HTTP, until a signal asks to stop.
struct ServeCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("serve", ServeWords.serve, isLocal: true) }

    @OptionGroup var options: ServiceOptions

    @Option(help: ArgumentHelp(ServeWords.file, value: "file"), completion: .file(extensions: ["json"]))
    var settings: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let settings = try await ServiceSettings(
            given: options.given, environment: session.environment, file: settings)
        let configuration = try EdgeConfiguration(settings)
        let log = ServiceLog(
            level: try settings.choice(.logLevel, Logger.Level.self),
            format: try settings.choice(.logFormat, ServiceLog.Format.self), write: { StandardStreams.writeError($0) })
        let logger = Logger(label: "almoner", factory: { _ in log })

        var databaseOptions = DatabaseAddress.Options()
        databaseOptions.sqlite.readers = try settings.number(.readers)
        databaseOptions.postgreSQL.readers = databaseOptions.sqlite.readers
        let time = try serviceTime(settings)
        let store = try Store.open(session, forWriting: true, options: databaseOptions, clock: { time.now })
        defer { store.close() }
        // From now on other nodes are told of what this one commits, whether somebody follows here or not.
        _ = store.cases.bell
        let room = try room(in: session, store, settings, time)
        let metrics = EdgeMetrics()
        let language = session.language
        let reports = try reports(store, settings)
        let readiness = Readiness()
        let handler = try handler(
            store, reports, room, settings, configuration.share, readiness, metrics: metrics, logger: logger)
        let server = EdgeServer(configuration, handler: handler, metrics: metrics, logger: logger) { bound in
            let address = Self.address(configuration, bound)
            (store.database as? SQLiteDatabase)?.announce(address)
            logger.info("listening", metadata: ["address": "\(address)"])
            StandardStreams.write(ServeWords.listening.filled(["address": address])[language] + "\n")
        }
        let shared = try await sharedWork(store, reports, room, time, configuration)
        let words = WordKeeper(
            count: WordCount(areas: room.reference.areas, categories: room.reference.categories), node: shared?.node)
        // Before anybody ranks, or the registry would be loaded twice.
        await words.attempt(on: store.cases, now: time.now, logger: logger)
        let begin = ContinuousClock.now
        let runner = ServiceRunner(
            store: store.cases, rules: room.rules, clock: room.clock, newID: room.newID,
            uptime: { Int64((ContinuousClock.now - begin) / .milliseconds(1)) },
            pause: .seconds(try settings.number(.runnerSeconds)),
            changesKept: Int64(try settings.number(.changeDays)) * 86_400_000, readiness: readiness,
            words: words, logger: logger,
            shared: shared)
        var services = ServiceGroupConfiguration(
            services: [
                .init(
                    service: runner, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup),
                .init(service: server),
            ], gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() }))
        services.maximumGracefulShutdownDuration = .seconds(configuration.limits.stopSeconds + 1)
        do {
            try await ServiceGroup(configuration: services).run()
        } catch let error as Storage.DatabaseError where error.code == .schemaNewer {
            throw CommandError(.refused, LocalizedText(same: error.message))
        } catch let error as IOError {
            throw CommandError(
                .refused,
                ServeWords.cannotListen.filled([
                    "address": Self.address(configuration, nil), "cause": String(describing: error),
                ]))
        }
        session.say(ServeWords.stopped)
        return .success
    }

    /// How the service is reached, for people and for `--server`.
    private static func address(_ configuration: EdgeConfiguration, _ bound: SocketAddress?) -> String {
        switch configuration.address {
        case .unixSocket(let path): return "unix:\(path)"
        case .host(let host, let port):
            let name = host.contains(":") ? "[\(host)]" : host
            return "\(configuration.encryption == nil ? "http" : "https")://\(name):\(bound?.port ?? port)"
        }
    }

    private func serviceTime(_ settings: ServiceSettings) throws -> ServiceTime {
        ServiceTime(
            startingAt: try settings.text(.clock).map {
                Moment(milliseconds: try CaseTime.timestamp($0).milliseconds)
            })
    }

    private func sharedWork(
        _ store: Store, _ reports: SQLCaseStore?, _ room: OperationRoom, _ time: ServiceTime,
        _ configuration: EdgeConfiguration
    ) async throws -> SharedWork? {
        guard let database = store.database as? any SharedDatabase else { return nil }
        try await time.follow(database)
        let node = room.newID(time.now)
        let shared = SharedWork(
            database: database, node: node, time: time,
            register: NodeRegister(database: database, program: store.program.code, node: node),
            share: configuration.share, rates: [configuration.ratePerKey, configuration.ratePerAddress],
            stores: [store.cases] + (reports.map { [$0] } ?? []))
        try await shared.arrive()
        return shared
    }

    /// The store that figures and exports are read from; nil for the one that everything else is.
    private func reports(_ store: Store, _ settings: ServiceSettings) throws -> SQLCaseStore? {
        guard let text = try settings.text(.replica) else { return nil }
        guard let primary = store.database as? PostgreSQLDatabase,
            case .postgreSQL(let standby)? = try? DatabaseAddress(text)
        else { throw CommandError(.usage, ServeWords.replicaNeedsServer.text) }
        return SQLCaseStore(
            database: ReplicatedReads(primary: primary, standby: standby), program: store.program.code,
            vault: try store.cases.vault, sealing: .apart)
    }

    /// What the operations share while the server runs: files are read once.
    private func room(
        in session: Session, _ store: Store, _ settings: ServiceSettings, _ time: ServiceTime
    ) throws -> OperationRoom {
        let directory = try session.dataDirectory()
        var declared = try directory.caseRules(nil, program: Code(store.program.code))
        let reference = try ReferenceData(directory, declared: declared)
        declared.leases = try LeaseTerms(
            answerHours: try settings.override(.leaseAnswerHours) ?? declared.leases.answerHours,
            dispatchHours: try settings.override(.leaseDispatchHours) ?? declared.leases.dispatchHours,
            renewals: try settings.override(.leaseRenewals) ?? declared.leases.renewals)
        let rules = declared
        let identifiers = Mutex(IdentifierSource(random: SystemRandomNumberGenerator()))
        var office = try session.officeMeans()
        office.sealing = store.sealing
        office.backup = store.backup(of: try session.databaseAddress())
        var room = OperationRoom(
            rules: { transaction in
                var rules = rules
                if let calendar = try transaction.calendar(.shanghai) { rules.calendar = calendar }
                return rules
            }, reference: reference,
            matching: ServedRegistry(
                RegistrySnapshots(
                    reference: reference, scorers: session.scorers, utcOffsetSeconds: store.program.utcOffsetSeconds)),
            office: office, clock: { time.now },
            newID: { moment in identifiers.withLock { $0.next(at: Timestamp(milliseconds: moment.milliseconds)) } })
        room.signIn = try session.signInMeans()
        room.figures = ServedFigures()
        return room
    }

    private func handler(
        _ store: Store, _ reports: SQLCaseStore?, _ room: OperationRoom, _ settings: ServiceSettings,
        _ share: RateShare, _ readiness: Readiness, metrics: EdgeMetrics, logger: Logger
    ) throws -> ServiceRoutes {
        let router = APIRouter(
            pages: [
                ["openapi.json"]: try OpenAPIDocument(reference: room.reference).page, ["docs"]: try DocsPage().page,
            ], store: store.cases, reports: reports, room: room,
            authentication: TokenDirectory(store: store.cases, now: room.clock),
            idempotency: SealedAnswers(
                salt: try store.cases.vault.requestSalt, keptSeconds: Int64(try settings.number(.keptHours)) * 3_600,
                heldSeconds: Int64(try settings.number(.holdSeconds))),
            streams: StreamTerms(
                heartbeat: .seconds(try settings.number(.heartbeatSeconds)),
                longest: .seconds(try settings.number(.streamSeconds)),
                importBytes: try settings.number(.importBytes), importSeconds: try settings.number(.importSeconds),
                atomicRows: try settings.number(.atomicRows),
                spoolFolder: FileManager.default.temporaryDirectory.path),
            keptBytes: try settings.number(.answerMebibytes) << 20,
            browsing: BrowsingBudget(
                BrowsingBudget.Terms(
                    guest: try settings.number(.browseGuest), party: try settings.number(.browseParty)),
                share: share),
            report: { error, request in
                // The store's sentences hold no stored values; of any other error only its kind is told.
                let cause = (error as? Storage.DatabaseError).map(\.message) ?? "\(type(of: error))"
                logger.error("failed", metadata: ["request.id": "\(request.requestID)", "cause": "\(cause)"])
            })
        return ServiceRoutes(
            before: router, metrics: metrics, defaults: try RouteLimits(settings),
            metricsToken: try settings.text(.metricsTokenFile).map(Self.token),
            isBehindProxy: try !settings.list(.behindProxy).isEmpty,
            isReady: { readiness.isReady })
    }

    private static func token(in file: String) throws -> String {
        let text = (try? String(contentsOfFile: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let text, !text.isEmpty else {
            throw CommandError(.refused, ServeWords.noToken.filled(["file": file]))
        }
        return text
    }
}
