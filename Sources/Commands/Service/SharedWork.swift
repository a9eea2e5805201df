import Casework
import Logging
import MatchCore
import Storage
import WebAPI

/// What a node does beside its requests because others work on the same database: it takes its turn on duty, seals the
/// history, and keeps the database's time.
struct SharedWork: Sendable {
    let database: any SharedDatabase
    /// An id that the node keeps while it runs.
    let node: RecordID
    let time: ServiceTime
    let register: NodeRegister
    /// What of the limits of rate is this node's.
    let share: RateShare
    /// The limits that dear requests count against.
    let rates: [Rate]
    /// The stores that the node answers from.
    let stores: [SQLCaseStore]
    /// How far the host's clock may be from the database's before the log says so, in milliseconds.
    static let tolerance: Int64 = 2_000

    /// Seals what waits, twice a second, where this node is on that duty.
    func seal(_ store: SQLCaseStore, logger: Logger) async {
        let sealer = HistorySealer(node: node)
        while !Task.isCancelled {
            do { _ = try await sealer.run(on: store, now: { time.now }) } catch is CancellationError { return } catch {
                logger.warning("the sealer could not work", metadata: ["cause": "\(error)"])
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Looks at the database's clock every half minute.
    func keepTime(logger: Logger) async {
        while !Task.isCancelled {
            do {
                let offset = try await time.follow(database)
                if abs(offset) > Self.tolerance {
                    logger.warning(
                        "this host's clock is not the database's; the database's is used",
                        metadata: ["milliseconds": "\(offset)"])
                }
            } catch is CancellationError { return } catch {
                logger.warning("the database's time is not known", metadata: ["cause": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(30))
        }
    }

    /// How often a node looks whether a standby was promoted: a primary that lives on beside it would be read for ever.
    private static let successionRound = Duration.seconds(5)

    func followSuccession(logger: Logger) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.successionRound)
            do {
                try await database.lookForSuccessor()
                try await stores.first?.vault.lookForSuccessor()
            } catch is CancellationError { return } catch {
                logger.warning("no server that takes changes was found", metadata: ["cause": "\(error)"])
            }
        }
    }

    /// Looks once a minute at what other nodes touched, whether anybody asks or not: who does not for long reads
    /// everything anew.
    func keepUp(logger: Logger) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(60))
            for store in stores {
                do { _ = try await store.read { $0.registryVersion } } catch is CancellationError { return } catch {
                    logger.warning("what others touched is not known", metadata: ["cause": "\(error)"])
                }
            }
        }
    }

    /// How often a node looks who else is there; it says so itself now and then.
    private static let round = Duration.seconds(2)

    /// Says that the node comes, before it serves. Throws where the database is not for this version.
    func arrive() async throws {
        let found = try await register.renew(at: time.now.milliseconds)
        share.set(nodes: found.nodes, rank: found.rank, isNew: true)
    }

    /// Looks every two seconds which nodes are there, says now and then that this one is, and takes its share; ends where
    /// the database is no longer for this version.
    func stayRegistered(logger: Logger) async throws {
        // The others have looked by then.
        var isNew = true
        var known = (nodes: 1, rank: 0)
        var refusesDear = false
        var lastTold = ContinuousClock.now
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.round)
            do {
                let found = try await register.renew(at: time.now.milliseconds)
                known = (found.nodes, found.rank)
                // Where its lease was over, whoever looked meanwhile counted without it, and it without those who come
                // back after it.
                share.set(nodes: known.nodes, rank: known.rank, isNew: isNew || found.isBack)
                isNew = found.isBack
                lastTold = .now
                let refused = rates.contains { share.refusesDear($0) }
                if refused, !refusesDear {
                    logger.warning(
                        "there are so many nodes that this one refuses requests that count for much; raise --key-burst and --address-burst",
                        metadata: ["nodes": "\(known.nodes)", "cost": "\(share.dearest)"])
                }
                refusesDear = refused
            } catch is CancellationError {
                return
            } catch let error as DatabaseError where error.code == .schemaNewer {
                logger.error("this version is too old for the database now", metadata: ["cause": "\(error.message)"])
                throw error
            } catch {
                // Those who do not hear of this node any more take its share.
                if ContinuousClock.now - lastTold > .milliseconds(NodeRegister.length) {
                    share.set(nodes: known.nodes, rank: known.rank, isNew: true)
                    isNew = true
                }
                logger.warning("the other nodes were not told of this one", metadata: ["cause": "\(error)"])
            }
        }
    }

    /// Leaves every duty, so that another node need not wait until the leases are over; in a task of its own, which no
    /// cancellation reaches.
    func leave(_ store: SQLCaseStore, logger: Logger) async {
        do {
            try await Task {
                try await store.write { [node, now = time.now] transaction in
                    for duty in Duty.allCases { try transaction.leave(duty, node: node, at: now) }
                }
                try await register.leave()
            }.value
        } catch {
            logger.warning("the duties were not left; they are free in seconds", metadata: ["cause": "\(error)"])
        }
    }
}
