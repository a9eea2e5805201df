internal import MatchCore

/// What passes between libcurl's callbacks and one transfer.
final class Exchange {
    private let body: Transfer.Body
    private let limit: Int
    private let receive: ((ArraySlice<UInt8>) throws -> Void)?
    private let progress: ((_ sent: Int64, _ received: Int64) -> Bool)?
    private var sent = 0

    private(set) var headers: [String: String] = [:]
    private(set) var gathered: [UInt8] = []
    /// What stopped the transfer from this side.
    private(set) var failure: (any Error)?
    private var status = 0

    init(
        body: Transfer.Body, limit: Int, receive: ((ArraySlice<UInt8>) throws -> Void)?,
        progress: ((_ sent: Int64, _ received: Int64) -> Bool)?
    ) {
        self.body = body
        self.limit = limit
        self.receive = receive
        self.progress = progress
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> Exchange {
        guard let context else { preconditionFailure("libcurl lost the context of a transfer") }
        return Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    }

    /// Takes a part of the answer; another number than was given stops the transfer.
    func received(_ part: UnsafeRawBufferPointer) -> Int {
        do {
            if let receive, (200..<300).contains(status) {
                try receive(Array(part)[...])
            } else {
                guard gathered.count + part.count <= limit else {
                    throw ClientError(
                        .answer,
                        LocalizedText(
                            zhHans: "答复超过 \(limit >> 20) MB。请缩小范围，或导出到文件。",
                            en: "The answer is longer than \(limit >> 20) MB. Ask for less, or export to a file."))
                }
                gathered += part
            }
            return part.count
        } catch {
            failure = error
            return 0
        }
    }

    /// Takes one line of the head. A new status line begins anew: an answer of 1xx may come before the real one.
    func heard(_ line: UnsafeRawBufferPointer) -> Int {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            headers = [:]
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers[text[..<colon].lowercased()] = String(value.prefix { !$0.isNewline })
        }
        return line.count
    }

    /// Gives the next part of the request's body; 0 ends it.
    func send(into space: UnsafeMutableRawBufferPointer) -> Int {
        do {
            switch body {
            case .none: return 0
            case .bytes(let bytes):
                let part = bytes[sent..<min(sent + space.count, bytes.count)]
                space.copyBytes(from: part)
                sent += part.count
                return part.count
            case .stream(_, let next):
                let part = try next(space.count)
                space.copyBytes(from: part.prefix(space.count))
                return min(part.count, space.count)
            }
        } catch {
            failure = error
            return Int(0x1000_0000)  // CURL_READFUNC_ABORT
        }
    }

    func progressed(sent: Int64, received: Int64) -> Bool {
        guard let progress, failure == nil else { return true }
        return progress(sent, received)
    }
}
