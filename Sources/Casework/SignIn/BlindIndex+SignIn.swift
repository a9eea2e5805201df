public import MatchCore

extension BlindIndex {
    /// By which an account is found: a keyed hash of its name.
    public func account(named name: SignInName) -> RecordID { mark("account", name.text) }

    /// Whose attempt at signing in it is. What is no name counts, too.
    ///
    /// - Parameter address: the client's; of IPv6 the network of 64 bits counts, which is one household's or office's.
    public func attempt(named name: String, from address: String) -> SignInAttempt {
        let name = name.lowercased()
        let network = Self.network(of: address)
        return SignInAttempt(
            account: mark("attempt/account", name), address: mark("attempt/address", network),
            pair: mark("attempt/pair", "\(network)\u{1}\(name)"))
    }

    /// An attempt that names nobody: that of somebody who comes back from the town's directory.
    public func attempt(from address: String) -> SignInAttempt {
        let network = Self.network(of: address)
        return SignInAttempt(
            account: nil, address: mark("attempt/address", network), pair: mark("attempt/directory", network))
    }

    /// By which somebody in a directory is found: a keyed hash of what the directory calls them.
    public func subject(_ subject: String, of issuer: String) -> RecordID {
        mark("directory", "\(issuer)\u{1}\(subject)")
    }

    static func network(of address: String) -> String {
        // Of an address of IPv4 in the clothes of IPv6 the part behind the last colon.
        if address.contains("."), let last = address.split(separator: ":").last { return String(last) }
        guard address.contains(":") else { return address }
        let bare = address.prefix { $0 != "%" }
        let halves = bare.split(separator: "::", omittingEmptySubsequences: false)
        var groups = halves[0].split(separator: ":").map(String.init)
        let tail = halves.count > 1 ? halves[1].split(separator: ":").count : 0
        if halves.count > 1 { groups += Array(repeating: "0", count: max(0, 8 - groups.count - tail)) }
        return groups.prefix(4).map { $0.lowercased() }.joined(separator: ":")
    }
}
