/// The proxies whose word about a client is believed.
public struct ProxyList: Sendable, Hashable {
    private struct Network: Sendable, Hashable {
        let address: NetworkAddress
        let bits: Int
    }

    private var networks: [Network] = []
    private var takesUnix = false

    /// Nobody is believed.
    public init() {}

    /// Reads addresses, networks such as `10.0.0.0/8`, and `unix` for whoever connects through a Unix socket.
    /// Returns nil where one of them is none of these.
    public init?(_ entries: [String]) {
        for entry in entries {
            if entry == "unix" {
                takesUnix = true
                continue
            }
            let parts = entry.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let address = NetworkAddress(String(parts[0])) else { return nil }
            let whole = address.isIPv4 ? 32 : 128
            guard let bits = parts.count == 2 ? Int(parts[1]) : whole, (0...whole).contains(bits) else { return nil }
            networks.append(Network(address: address, bits: bits + (address.isIPv4 ? 96 : 0)))
        }
    }

    public var isEmpty: Bool { networks.isEmpty && !takesUnix }

    /// Whether a peer is one of them; nil stands for a Unix socket.
    func contains(_ peer: NetworkAddress?) -> Bool {
        guard let peer else { return takesUnix }
        return networks.contains { $0.address.sharesPrefix($0.bits, with: peer) }
    }

    /// The client that a request came from: the last address of `X-Forwarded-For` that is no proxy of ours, and only
    /// where the peer is one; everything left of it may have been written by the client.
    func client(peer: NetworkAddress?, forwarded: [String]) -> NetworkAddress? {
        guard contains(peer) else { return peer }
        var client = peer
        for part in forwarded.flatMap({ $0.split(separator: ",") }).suffix(32).reversed() {
            let text = String(part.drop { $0 == " " }.prefix { $0 != " " })
            guard let address = NetworkAddress(text) else { break }
            client = address
            if !contains(address) { break }
        }
        return client
    }
}
