public import NIOSSL

/// Where and how the service listens.
public struct EdgeConfiguration: Sendable {
    public enum Address: Sendable, Hashable {
        /// A host by name or address, and a port; 0 for any that is free.
        case host(String, port: Int)
        case unixSocket(path: String)
    }

    public var address: Address
    /// Certificate and key; nil for plain HTTP.
    public var encryption: TLSConfiguration?
    public var proxies: ProxyList
    public var limits: EdgeLimits
    public var ratePerKey: Rate
    public var ratePerAddress: Rate
    /// Wrong tokens of one address.
    public var rateOfFailures: Rate
    /// This node's part of them, where several serve one program.
    public var share = RateShare()
    /// Sites whose pages may use the service.
    public var origins: Set<String>

    public init(
        address: Address, encryption: TLSConfiguration? = nil, proxies: ProxyList = ProxyList(),
        limits: EdgeLimits = EdgeLimits(), ratePerKey: Rate = Rate(perSecond: 100, burst: 400),
        ratePerAddress: Rate = Rate(perSecond: 20, burst: 100),
        rateOfFailures: Rate = Rate(perSecond: 1, burst: 20), origins: Set<String> = []
    ) {
        self.address = address
        self.encryption = encryption
        self.proxies = proxies
        self.limits = limits
        self.ratePerKey = ratePerKey
        self.ratePerAddress = ratePerAddress
        self.rateOfFailures = rateOfFailures
        self.origins = origins
    }

    /// Whether clients reach the service over TLS.
    var isEncrypted: Bool { encryption != nil || !proxies.isEmpty }

    /// Whether only this machine can connect.
    public var isLocal: Bool {
        switch address {
        case .unixSocket: true
        case .host("localhost", _): true
        case .host(let host, _): NetworkAddress(host)?.isLoopback ?? false
        }
    }
}
