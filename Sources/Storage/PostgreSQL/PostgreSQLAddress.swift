internal import CLibPQ

/// Where a PostgreSQL database is: `postgres://user@host:port,host:port/database?sslmode=verify-full`.
///
/// Anything that libpq understands may stand in it, and what does not is taken from libpq's environment (PGPASSWORD,
/// PGSERVICE, a password file). A password may stand in it too; no description shows it.
public struct PostgreSQLAddress: Hashable, Sendable {
    /// One server that may hold the database.
    struct Host: Hashable, Sendable {
        /// A name, an address, or a folder with a socket; nil where libpq decides.
        var name: String?
        var port: String?
    }

    /// libpq's own words and values, without hosts and ports.
    let settings: [String: String]
    let hosts: [Host]

    /// Throws `cannotOpen` where the text is no such address; the message does not repeat it.
    public init(_ text: String) throws { try self.init(text, environment: Self.environment) }

    /// - Parameter environment: libpq's defaults by its own words, as ``environment`` has them.
    init(_ text: String, environment: [String: String]) throws {
        guard !text.utf8.contains(0), Self.isAddress(text), let options = PQconninfoParse(text, nil) else {
            let unknown = Self.unknownWord(in: text).map { "There is no '\($0)' in libpq. " } ?? ""
            throw DatabaseError(
                .cannotOpen,
                message: "The address of the PostgreSQL database is not understood. \(unknown)Write "
                    + "postgres://USER@HOST:PORT/DATABASE, special characters as %XX.")
        }
        defer { PQconninfoFree(options) }
        var values = Self.values(of: options)
        // Several hosts are ours to choose from, wherever they are named: libpq would take the first that accepts writes.
        if values["host"] == nil, values["hostaddr"] == nil, let name = environment["host"] ?? environment["hostaddr"] {
            values["host"] = name
            values["hostaddr"] = environment["hostaddr"]
            if values["port"] == nil { values["port"] = environment["port"] }
        }
        let name = values.removeValue(forKey: "host") ?? values["hostaddr"]
        let port = values.removeValue(forKey: "port")
        let names = name?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        let ports = port?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        guard ports.count <= 1 || ports.count == names.count else {
            throw DatabaseError(
                .cannotOpen,
                message: "The address names \(names.count) hosts and \(ports.count) ports. Give each its own.")
        }
        hosts =
            names.isEmpty
            ? [Host(name: nil, port: port)]
            : names.enumerated().map { index, name in
                let own = ports.count == 1 ? port : ports.isEmpty ? nil : ports[index]
                return Host(name: name.isEmpty ? nil : name, port: own?.isEmpty == true ? nil : own)
            }
        if hosts.count > 1 { values["hostaddr"] = nil }
        settings = values
    }

    /// What libpq takes where an address says nothing: PGHOST and its like, and the service that PGSERVICE names.
    private static var environment: [String: String] {
        guard let defaults = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(defaults) }
        return values(of: defaults)
    }

    private static func values(of options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val, value[0] != 0 {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return values
    }

    /// The first word after the `?` of an address that libpq does not know; nil where it knows them all, and where what
    /// stands there may be a part of a password.
    public static func unknownWord(in text: String) -> String? {
        guard isAddress(text), let defaults = PQconndefaults() else { return nil }
        defer { PQconninfoFree(defaults) }
        var known: Set<String> = ["ssl"]
        var option = defaults
        while let keyword = option.pointee.keyword {
            known.insert(String(cString: keyword))
            option += 1
        }
        let parts = text.split(separator: "?", maxSplits: 1)
        guard parts.count == 2, !parts[1].contains("@") else { return nil }
        return parts[1].split(separator: "&").lazy.map { String($0.prefix { $0 != "=" }) }.first { word in
            !known.contains(word) && !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "_") }
        }
    }

    /// Whether a text begins as such an address does.
    public static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// The name of the database; nil where libpq's environment names it.
    public var database: String? { settings["dbname"] }
}

extension PostgreSQLAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address with nothing secret in it.
    public var description: String {
        let user = settings["user"].map { $0 + "@" } ?? ""
        let hosts = hosts.map { host in
            let name = host.name ?? ""
            return (name.contains(":") ? "[\(name)]" : name) + (host.port.map { ":" + $0 } ?? "")
        }
        return "postgres://\(user)\(hosts.joined(separator: ","))/\(settings["dbname"] ?? "")"
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
