internal import HTTPTypes
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
public import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// The service on its socket: Hummingbird's server, with the connections of the edge.
///
/// Stop it by graceful shutdown: no connection is taken any more, requests in flight are answered, streams end, and what
/// is left after the limit's `stopSeconds` is closed.
public struct EdgeServer: Service {
    private let configuration: EdgeConfiguration
    private let edge: EdgeContext
    private let logger: Logger
    private let onListening: @Sendable (SocketAddress?) async -> Void

    /// - Parameter onListening: called once, with the address that was bound.
    public init(
        _ configuration: EdgeConfiguration, handler: any APIHandler, metrics: EdgeMetrics = EdgeMetrics(),
        logger: Logger, onListening: @escaping @Sendable (SocketAddress?) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        edge = EdgeContext(configuration, handler: handler, metrics: metrics, logger: logger)
        self.logger = logger
        self.onListening = onListening
    }

    public func run() async throws {
        let address: BindAddress =
            switch configuration.address {
            case .host(let host, let port): .hostname(host, port: port)
            case .unixSocket(let path): .unixDomainSocket(path: path)
            }
        // Hummingbird's own lines would stand among ours without a request's id.
        var quiet = logger
        quiet.logLevel = .error
        let server = try service(ServerConfiguration(address: address, backlog: 1_024), logger: quiet)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await server.run()
                return true
            }
            group.addTask {
                try? await gracefulShutdown()
                try? await Task.sleep(for: .seconds(edge.limits.stopSeconds))
                edge.connections.closeAll()
                return false
            }
            while let isServer = try await group.next() { if isServer { break } }
            group.cancelAll()
        }
    }

    private func service(_ server: ServerConfiguration, logger: Logger) throws -> any Service {
        let channel = EdgeChannel(edge: edge)
        let running: @Sendable (any Channel) async -> Void = { await onListening($0.localAddress) }
        let group = MultiThreadedEventLoopGroup.singleton
        guard let encryption = configuration.encryption else {
            return channel.server(
                configuration: server, onServerRunning: running, eventLoopGroup: group, logger: logger)
        }
        return try TLSChannel(channel, tlsConfiguration: encryption).server(
            configuration: server, onServerRunning: running, eventLoopGroup: group, logger: logger)
    }
}

extension EdgeContext {
    /// Milliseconds of a clock that never goes back.
    var milliseconds: Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }

    /// Counts an answer and writes its line: what was asked, how it went and how long it took, and nothing that the
    /// client sent.
    func record(_ incoming: Incoming, status: HTTPResponse.Status, bytes: Int, since begun: ContinuousClock.Instant) {
        let duration = ContinuousClock.now - begun
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        metrics.answered(operation: incoming.limits.operation, status: status.code, bytes: bytes, seconds: seconds)
        let level: Logger.Level = status.code >= 500 ? .warning : .info
        guard logger.logLevel <= level else { return }
        logger.log(
            level: level, "answered",
            metadata: [
                "request.id": "\(incoming.request.requestID)", "request.method": "\(incoming.request.method.rawValue)",
                "request.operation": "\(incoming.limits.operation ?? "none")", "answer.status": "\(status.code)",
                "answer.bytes": "\(bytes)", "answer.milliseconds": "\(Int(seconds * 1_000))",
            ])
    }
}
