import MatchCore
import WebAPI

/// Everything that `almoner serve` can be told: by option, by environment variable, or in a file, in that order.
///
/// The raw value is the option without its dashes and the key in the file; the variable is `ALMONER_` and the same in
/// capitals.
enum ServiceSetting: String, CaseIterable {
    case host, port, socket
    case tlsCertificate = "tls-certificate"
    case tlsKey = "tls-key"
    case behindProxy = "behind-proxy"
    case corsOrigin = "cors-origin"
    case connections
    case connectionsPerAddress = "connections-per-address"
    case headSeconds = "head-seconds"
    case idleSeconds = "idle-seconds"
    case bodySeconds = "body-seconds"
    case bodyRate = "body-rate"
    case answerSeconds = "answer-seconds"
    case takeSeconds = "take-seconds"
    case stopSeconds = "stop-seconds"
    case headBytes = "head-bytes"
    case addressBytes = "address-bytes"
    case bodyBytes = "body-bytes"
    case keyRate = "key-rate"
    case keyBurst = "key-burst"
    case addressRate = "address-rate"
    case addressBurst = "address-burst"
    case failureRate = "failure-rate"
    case failureBurst = "failure-burst"
    case holdSeconds = "hold-seconds"
    case keptHours = "kept-hours"
    case streamSeconds = "stream-seconds"
    case heartbeatSeconds = "heartbeat-seconds"
    case changeDays = "change-days"
    case browseGuest = "browse-guest"
    case browseParty = "browse-party"
    case importBytes = "import-bytes"
    case importSeconds = "import-seconds"
    case atomicRows = "atomic-rows"
    case leaseAnswerHours = "lease-answer-hours"
    case leaseDispatchHours = "lease-dispatch-hours"
    case leaseRenewals = "lease-renewals"
    case runnerSeconds = "runner-seconds"
    case readers
    case replica
    case answerMebibytes = "answer-mebibytes"
    case metricsTokenFile = "metrics-token-file"
    case logLevel = "log-level"
    case logFormat = "log-format"
    case clock

    enum Kind {
        /// A whole number within a range, its default among them.
        case number(ClosedRange<Int>, usual: Int)
        /// A whole number that the data directory states where it is not given.
        case override(ClosedRange<Int>)
        case text(usual: String?)
        case list
    }

    var kind: Kind {
        switch self {
        case .host: .text(usual: "127.0.0.1")
        case .port: .number(0...65_535, usual: 8_080)
        case .connections: .number(1...1_000_000, usual: 10_000)
        case .connectionsPerAddress: .number(1...1_000_000, usual: 512)
        case .headSeconds: .number(1...3_600, usual: 10)
        case .idleSeconds: .number(1...3_600, usual: 60)
        case .bodySeconds: .number(1...3_600, usual: 15)
        case .bodyRate: .number(0...1_000_000, usual: 64)
        case .answerSeconds: .number(1...3_600, usual: 30)
        case .takeSeconds: .number(1...3_600, usual: 30)
        case .stopSeconds: .number(0...3_600, usual: 8)
        case .headBytes: .number(1_024...1 << 20, usual: 32 << 10)
        case .addressBytes: .number(256...64 << 10, usual: 8 << 10)
        case .bodyBytes: .number(1_024...64 << 20, usual: 256 << 10)
        case .keyRate: .number(0...1_000_000, usual: 100)
        case .keyBurst: .number(1...1_000_000, usual: 400)
        case .addressRate: .number(0...1_000_000, usual: 20)
        case .addressBurst: .number(1...1_000_000, usual: 100)
        case .failureRate: .number(0...1_000_000, usual: 1)
        case .failureBurst: .number(1...1_000_000, usual: 20)
        case .holdSeconds: .number(1...15, usual: 15)
        case .keptHours: .number(1...720, usual: 24)
        case .streamSeconds: .number(1...86_400, usual: 3_600)
        case .heartbeatSeconds: .number(1...300, usual: 15)
        case .changeDays: .number(1...3_650, usual: 30)
        case .browseGuest: .number(0...1_000_000_000, usual: 2_000)
        case .browseParty: .number(0...1_000_000_000, usual: 5_000)
        case .importBytes: .number(1_024...16 << 30, usual: 1 << 30)
        case .importSeconds: .number(1...86_400, usual: 3_600)
        case .atomicRows: .number(1...10_000_000, usual: StreamTerms.usualAtomicRows)
        case .runnerSeconds: .number(1...3_600, usual: 1)
        case .readers: .number(1...64, usual: 4)
        case .answerMebibytes: .number(0...65_536, usual: 32)
        case .leaseAnswerHours, .leaseDispatchHours: .override(1...8_760)
        case .leaseRenewals: .override(0...20)
        case .logLevel: .text(usual: "info")
        case .logFormat: .text(usual: "text")
        case .socket, .tlsCertificate, .tlsKey, .metricsTokenFile, .clock, .replica: .text(usual: nil)
        case .behindProxy, .corsOrigin: .list
        }
    }

    /// The default as help shows it; nil where there is none.
    var usual: String? {
        switch kind {
        case .number(_, let usual): "\(usual)"
        case .text(let usual): usual
        case .list, .override: nil
        }
    }

    var variable: String { "ALMONER_" + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }

    /// What the help calls its value.
    var valueName: String {
        switch self {
        case .host: "address"
        case .port: "number"
        case .socket, .tlsCertificate, .tlsKey, .metricsTokenFile: "file"
        case .behindProxy: "addresses"
        case .corsOrigin: "origins"
        case .logLevel: "level"
        case .logFormat: "format"
        case .clock: "time"
        case .replica: "url"
        default:
            rawValue.hasSuffix("seconds")
                ? "seconds"
                : rawValue.hasSuffix("hours")
                    ? "hours" : rawValue.hasSuffix("days") ? "days" : rawValue.hasSuffix("bytes") ? "bytes" : "count"
        }
    }
}
