internal import Synchronization
internal import Wire

/// Counts what the edge does, for `/metrics`.
public final class EdgeMetrics: Sendable {
    private struct Series: Hashable {
        var operation: String
        var status: Int
    }

    private struct Durations {
        var buckets = [Int](repeating: 0, count: EdgeMetrics.bounds.count + 1)
        var sum: Double = 0
    }

    private struct State {
        var requests: [Series: Int] = [:]
        var durations: [String: Durations] = [:]
        var refused: [ProblemKind: Int] = [:]
        var closed: [String: Int] = [:]
        var bytes = 0
        var connections = 0
    }

    /// Upper bounds of the histogram's buckets, in seconds.
    private static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let state = Mutex(State())

    public init() {}

    func answered(operation: String?, status: Int, bytes: Int, seconds: Double) {
        // Statuses outside the registry would make series without end.
        let operation = operation ?? "none"
        state.withLock { state in
            state.requests[Series(operation: operation, status: status), default: 0] += 1
            state.bytes &+= bytes
            let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.durations[operation, default: Durations()].buckets[bucket] += 1
            state.durations[operation]?.sum += seconds
        }
    }

    /// A connection ended with a problem before a route was reached.
    func refused(_ kind: ProblemKind) { state.withLock { $0.refused[kind, default: 0] += 1 } }

    func connectionsChanged(by step: Int) { state.withLock { $0.connections += step } }

    /// A connection was closed without a word.
    func closed(_ reason: String) { state.withLock { $0.closed[reason, default: 0] += 1 } }

    /// The figures as Prometheus reads them (text format 0.0.4).
    public var text: String {
        let state = state.withLock { $0 }
        var page = MetricPage()
        page.begin("almoner_http_connections", "gauge", "Open connections.")
        page.add("almoner_http_connections", [:], "\(state.connections)")
        page.begin("almoner_http_requests_total", "counter", "Requests answered, by operation and status.")
        for (series, count) in state.requests.sorted(by: {
            ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status)
        }) {
            page.add(
                "almoner_http_requests_total", ["operation": series.operation, "status": "\(series.status)"], "\(count)"
            )
        }
        page.begin("almoner_http_request_seconds", "histogram", "Seconds from the whole request to its answer.")
        for (operation, durations) in state.durations.sorted(by: { $0.key < $1.key }) {
            var total = 0
            for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], durations.buckets) {
                total += count
                page.add("almoner_http_request_seconds_bucket", ["operation": operation, "le": bound], "\(total)")
            }
            page.add("almoner_http_request_seconds_sum", ["operation": operation], "\(durations.sum)")
            page.add("almoner_http_request_seconds_count", ["operation": operation], "\(total)")
        }
        page.begin("almoner_http_answer_bytes_total", "counter", "Bytes of bodies sent.")
        page.add("almoner_http_answer_bytes_total", [:], "\(state.bytes)")
        page.begin("almoner_http_refused_total", "counter", "Requests refused before a route was reached.")
        for (kind, count) in state.refused.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            page.add("almoner_http_refused_total", ["problem": kind.rawValue], "\(count)")
        }
        page.begin("almoner_http_closed_total", "counter", "Connections closed by the server, by reason.")
        for (reason, count) in state.closed.sorted(by: { $0.key < $1.key }) {
            page.add("almoner_http_closed_total", ["reason": reason], "\(count)")
        }
        return page.text
    }
}

/// Writes Prometheus's text format.
struct MetricPage {
    private(set) var text = ""

    mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// Names and values are the program's own: nothing that people send stands in a label.
    mutating func add(_ name: String, _ labels: [String: String], _ value: String) {
        let list = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        text += name + (list.isEmpty ? "" : "{\(list)}") + " \(value)\n"
    }
}
