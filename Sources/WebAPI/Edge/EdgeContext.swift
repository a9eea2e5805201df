internal import Logging
internal import NIOCore
internal import Synchronization

/// What all connections of a server share.
final class EdgeContext: Sendable {
    let limits: EdgeLimits
    let proxies: ProxyList
    let handler: any APIHandler
    let finisher: AnswerFinisher
    let rates: RequestRates
    let crossOrigin: CrossOrigin
    let metrics: EdgeMetrics
    let connections: OpenConnections
    let logger: Logger

    init(_ configuration: EdgeConfiguration, handler: any APIHandler, metrics: EdgeMetrics, logger: Logger) {
        limits = configuration.limits
        proxies = configuration.proxies
        self.handler = handler
        finisher = AnswerFinisher(isEncrypted: configuration.isEncrypted)
        rates = RequestRates(
            perKey: configuration.ratePerKey, perAddress: configuration.ratePerAddress,
            failuresPerAddress: configuration.rateOfFailures, share: configuration.share)
        crossOrigin = CrossOrigin(origins: configuration.origins)
        self.metrics = metrics
        connections = OpenConnections(limits: configuration.limits, metrics: metrics)
        self.logger = logger
    }

    /// The id of a request: what a trusted proxy has given it, where that is well-formed, else a new one.
    func requestID(given: String?) -> String {
        if let given, (8...64).contains(given.utf8.count), given.utf8.allSatisfy(Self.isWord) { return given }
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }
}

/// The connections that are open, in all and per address.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var perAddress: [NetworkAddress: Int] = [:]
    }

    private let limits: EdgeLimits
    private let metrics: EdgeMetrics
    private let state = Mutex(State())

    init(limits: EdgeLimits, metrics: EdgeMetrics) {
        self.limits = limits
        self.metrics = metrics
    }

    /// Whether a connection may stay; it is counted until its channel closes. Proxies have no limit of their own, for
    /// all clients behind them share their address.
    func admit(_ channel: any Channel, from peer: NetworkAddress?, isProxy: Bool) -> Bool {
        let subscriber = isProxy ? nil : peer?.subscriber
        let isAdmitted = state.withLock { state in
            guard state.channels.count < limits.connections else { return false }
            if let subscriber {
                guard state.perAddress[subscriber, default: 0] < limits.connectionsPerAddress else { return false }
                state.perAddress[subscriber, default: 0] += 1
            }
            state.channels[ObjectIdentifier(channel)] = channel
            return true
        }
        guard isAdmitted else { return false }
        metrics.connectionsChanged(by: 1)
        let id = ObjectIdentifier(channel)
        channel.closeFuture.whenComplete { [self] _ in
            metrics.connectionsChanged(by: -1)
            state.withLock { state in
                state.channels[id] = nil
                guard let subscriber, let count = state.perAddress[subscriber] else { return }
                state.perAddress[subscriber] = count > 1 ? count - 1 : nil
            }
        }
        return true
    }

    var count: Int { state.withLock { $0.channels.count } }

    /// Ends what is still open.
    func closeAll() {
        for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }
}
