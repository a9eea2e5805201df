import Foundation
import MatchCore
import NIOSSL
import Operations
import WebAPI

extension EdgeConfiguration {
    /// Where and how to listen, as the settings say. Throws where others would reach a service that is not guarded.
    init(_ settings: ServiceSettings) throws {
        let host = try settings.text(.host) ?? "127.0.0.1"
        let address: Address =
            if let path = try settings.text(.socket) { .unixSocket(path: path) } else {
                .host(host, port: try settings.number(.port))
            }
        guard let proxies = ProxyList(try settings.list(.behindProxy)) else {
            throw CommandError(.usage, ServeWords.badProxy.text)
        }
        var limits = EdgeLimits()
        limits.connections = min(try settings.number(.connections), Descriptors.raised() - 128)
        limits.connectionsPerAddress = try settings.number(.connectionsPerAddress)
        limits.headSeconds = try settings.number(.headSeconds)
        limits.idleSeconds = try settings.number(.idleSeconds)
        limits.takeSeconds = try settings.number(.takeSeconds)
        limits.stopSeconds = try settings.number(.stopSeconds)
        limits.headBytes = try settings.number(.headBytes)
        limits.targetBytes = try settings.number(.addressBytes)
        self.init(
            address: address, encryption: try Self.encryption(settings), proxies: proxies, limits: limits,
            ratePerKey: Rate(perSecond: try settings.number(.keyRate), burst: try settings.number(.keyBurst)),
            ratePerAddress: Rate(
                perSecond: try settings.number(.addressRate), burst: try settings.number(.addressBurst)),
            rateOfFailures: Rate(
                perSecond: try settings.number(.failureRate), burst: try settings.number(.failureBurst)),
            origins: Set(try settings.list(.corsOrigin).map { try Self.origin($0) }))
        share = RateShare(dearest: OperationFacts.Weight.dearest)
        guard isLocal || encryption != nil || !proxies.isEmpty else {
            throw CommandError(
                .refused, ServeWords.publicRefused.filled(["host": host]), advice: ServeWords.publicAdvice.text)
        }
        if !isLocal || !proxies.isEmpty, try settings.text(.clock) != nil {
            throw CommandError(.refused, ServeWords.clockRefused.text)
        }
    }

    /// Throws `usage` for an origin that no browser would send or that is nobody's own, and says how one is written.
    private static func origin(_ text: String) throws -> String {
        if let origin = BrowserOrigin(text) { return origin.text }
        switch BrowserOrigin.opacity(of: text) {
        case .null: throw CommandError(.usage, ServeWords.nullOrigin.text)
        case .ownScheme: throw CommandError(.usage, ServeWords.schemeOrigin.filled(["origin": text]))
        case nil: break
        }
        throw CommandError(
            .usage,
            ServeWords.badOrigin.filled([
                "origin": text, "right": BrowserOrigin.nearest(to: text) ?? "https://town.example",
            ]))
    }

    private static func encryption(_ settings: ServiceSettings) throws -> TLSConfiguration? {
        let certificate = try settings.text(.tlsCertificate)
        let key = try settings.text(.tlsKey)
        guard let certificate, let key else {
            guard certificate == nil, key == nil else { throw CommandError(.usage, ServeWords.halfTLS.text) }
            return nil
        }
        do {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return configuration
        } catch {
            throw CommandError(.refused, ServeWords.noTLS.filled(["cause": String(describing: error)]))
        }
    }
}

extension RouteLimits {
    /// What routes bear that say nothing else.
    init(_ settings: ServiceSettings) throws {
        self.init(
            bodyBytes: try settings.number(.bodyBytes), arrivalSeconds: try settings.number(.bodySeconds),
            leastBytesPerSecond: try settings.number(.bodyRate), answerSeconds: try settings.number(.answerSeconds))
    }
}

/// The files and connections that the process may have open.
enum Descriptors {
    /// Asks for as many as the system allows, and returns how many there are.
    static func raised() -> Int {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(files, &limit) == 0 else { return 1_024 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(files, &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
