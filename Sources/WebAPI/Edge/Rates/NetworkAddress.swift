internal import NIOCore

/// A network address without its port, as limits count it.
struct NetworkAddress: Sendable, Hashable {
    /// Sixteen bytes in two words; IPv4 is mapped into IPv6.
    let high: UInt64
    let low: UInt64

    /// Reads an address in figures; a port and brackets are taken off. Nil for anything else.
    init?(_ text: String) {
        var bare = Substring(text)
        if bare.first == "[", let close = bare.firstIndex(of: "]") {
            bare = bare[bare.index(after: bare.startIndex)..<close]
        } else if bare.utf8.filter({ $0 == UInt8(ascii: ":") }).count == 1, let colon = bare.firstIndex(of: ":") {
            bare = bare[..<colon]
        }
        guard bare.utf8.count <= 45, let address = try? SocketAddress(ipAddress: String(bare), port: 0) else {
            return nil
        }
        self.init(address)
    }

    init?(_ address: SocketAddress) {
        // A socket address holds its IPv4 address from byte 4 on, and its IPv6 address from byte 8 on.
        func word<Word: FixedWidthInteger>(_ type: Word.Type, at offset: Int) -> Word {
            address.withSockAddr { start, _ in
                Word(bigEndian: UnsafeRawPointer(start).loadUnaligned(fromByteOffset: offset, as: Word.self))
            }
        }
        switch address {
        case .v4:
            high = 0
            low = 0xFFFF_0000_0000 | UInt64(word(UInt32.self, at: 4))
        case .v6:
            high = word(UInt64.self, at: 8)
            low = word(UInt64.self, at: 16)
        case .unixDomainSocket: return nil
        }
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    var isLoopback: Bool { isIPv4 ? (low >> 24) & 0xFF == 127 : high == 0 && low == 1 }

    /// What one household or office is given: an IPv4 address, or the 64 bits of an IPv6 network, in which anybody may
    /// take as many addresses as they like.
    var subscriber: NetworkAddress { isIPv4 ? self : NetworkAddress(high: high, low: 0) }

    /// The address in its shortest usual form.
    var text: String {
        if isIPv4 { return (0..<4).map { "\((low >> (24 - 8 * UInt64($0))) & 0xFF)" }.joined(separator: ".") }
        var storage = [UInt8]()
        for word in [high, low] { withUnsafeBytes(of: word.bigEndian) { storage.append(contentsOf: $0) } }
        return (try? SocketAddress(packedIPAddress: ByteBuffer(bytes: storage), port: 0).ipAddress) ?? "::"
    }

    /// Whether the first bits are those of another address.
    func sharesPrefix(_ bits: Int, with other: NetworkAddress) -> Bool {
        let upper = min(bits, 64)
        let lower = max(bits - 64, 0)
        func agree(_ a: UInt64, _ b: UInt64, _ count: Int) -> Bool {
            count == 0 || (a ^ b) >> (64 - UInt64(count)) == 0
        }
        return agree(high, other.high, upper) && agree(low, other.low, lower)
    }
}
