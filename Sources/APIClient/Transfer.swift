internal import CLibCurl
internal import MatchCore

/// One HTTP exchange, on the calling thread.
///
/// Redirects are not followed, no proxy is taken from the environment, and only HTTP is spoken: a token goes where the
/// person said and nowhere else.
public struct Transfer: Sendable {
    public var method: String
    /// The whole address, percent-encoded.
    public var url: String
    /// The Unix socket to go through; nil for TCP.
    public var socket: String?
    public var headers: [(name: String, value: String)] = []
    public var body: Body = .none
    /// Seconds until the connection stands.
    public var connectSeconds = 10
    /// Seconds for the whole exchange; 0 for no limit (long uploads and downloads, which the least rate ends).
    public var totalSeconds = 60
    /// Below this many bytes a second for `quietSeconds` the exchange is given up.
    public var leastBytesPerSecond = 1
    public var quietSeconds = 60
    /// The greatest answer that is held in memory, in bytes.
    public var answerBytes = 64 << 20

    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Parts of at most the given size, until an empty one; `size` in bytes where it is known.
        case stream(size: Int64?, next: @Sendable (_ atMost: Int) throws -> [UInt8])
    }

    public struct Answer: Sendable {
        public var status: Int
        /// Names in lower case.
        public var headers: [String: String]
        /// Empty where the parts went elsewhere.
        public var body: [UInt8]
    }

    public init(method: String, url: String, socket: String? = nil) {
        self.method = method
        self.url = url
        self.socket = socket
    }

    /// Sends the request and waits for the answer.
    ///
    /// - Parameters:
    ///   - receive: takes the parts of an answer of 2xx as they come; without it they are gathered in the answer.
    ///   - progress: hears of the bytes sent and received so far; returns false to stop.
    /// - Throws: ``ClientError`` where no whole answer came, or what `receive` or the body's stream threw.
    public func perform(
        receive: ((ArraySlice<UInt8>) throws -> Void)? = nil,
        progress: ((_ sent: Int64, _ received: Int64) -> Bool)? = nil
    ) throws -> Answer {
        guard let handle = curl_easy_init() else {
            throw ClientError(.broken, LocalizedText(zhHans: "无法启动 libcurl。", en: "libcurl could not be started."))
        }
        defer { curl_easy_cleanup(handle) }
        let exchange = Exchange(body: body, limit: answerBytes, receive: receive, progress: progress)
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        // `Expect:` empty: a server that answers 413 at once is heard without waiting a second for a 100.
        for line in headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
            list = curl_slist_append(list, line)
        }
        let code = withExtendedLifetime(exchange) {
            let context = Unmanaged.passUnretained(exchange).toOpaque()
            configure(handle, context: context, headers: list)
            return curl_easy_perform(handle)
        }
        if let failure = exchange.failure { throw failure }
        guard code == CURLE_OK else { throw fault(code) }
        var status = 0
        almoner_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return Answer(status: status, headers: exchange.headers, body: exchange.gathered)
    }

    private func configure(
        _ handle: UnsafeMutableRawPointer, context: UnsafeMutableRawPointer, headers: UnsafeMutablePointer<curl_slist>?
    ) {
        almoner_curl_set_string(handle, CURLOPT_URL, url)
        almoner_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        almoner_curl_set_string(handle, CURLOPT_PROXY, "")
        almoner_curl_set_string(handle, CURLOPT_NOPROXY, "*")
        almoner_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        almoner_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        almoner_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, connectSeconds)
        almoner_curl_set_long(handle, CURLOPT_TIMEOUT, totalSeconds)
        almoner_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, leastBytesPerSecond)
        almoner_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, quietSeconds)
        almoner_curl_set_string(handle, CURLOPT_ACCEPT_ENCODING, "")
        almoner_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        if let socket { almoner_curl_set_string(handle, CURLOPT_UNIX_SOCKET_PATH, socket) }
        switch body {
        case .none: break
        case .bytes(let bytes):
            almoner_curl_set_long(handle, CURLOPT_UPLOAD, 1)
            almoner_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes.count))
        case .stream(let size, _):
            almoner_curl_set_long(handle, CURLOPT_UPLOAD, 1)
            almoner_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(size ?? -1))
        }
        if method == "HEAD" { almoner_curl_set_long(handle, CURLOPT_NOBODY, 1) }
        almoner_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, method)
        almoner_curl_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Exchange.of(context).received(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        almoner_curl_set_transfer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Exchange.of(context).heard(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        almoner_curl_set_transfer(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
            Exchange.of(context).send(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
        almoner_curl_set_progress(handle) { context, _, received, _, sent in
            Exchange.of(context).progressed(sent: Int64(sent), received: Int64(received)) ? 0 : 1
        }
        almoner_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_XFERINFODATA] {
            almoner_curl_set_context(handle, option, context)
        }
    }

    private func fault(_ code: CURLcode) -> ClientError {
        let cause = String(cString: curl_easy_strerror(code))
        let host = socket.map { "unix:" + $0 } ?? String(url.prefix { $0 != "?" })
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            return ClientError(
                .unreachable,
                LocalizedText(
                    zhHans: "\(host) 没有应答（\(cause)）。请确认服务器已启动，地址与端口无误。",
                    en: "Nobody answers at \(host) (\(cause)). Is the server running, and are address and port right?"))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM:
            return ClientError(
                .untrusted,
                LocalizedText(
                    zhHans: "\(host) 的证书不可信（\(cause)）。请勿继续，并联系管理员。",
                    en: "The certificate of \(host) is not trusted (\(cause)). Do not go on; ask the administrator."))
        case CURLE_OPERATION_TIMEDOUT:
            return ClientError(
                .timeout,
                LocalizedText(
                    zhHans: "\(host) 未及时答复。\(advice.zhHans)",
                    en: "\(host) did not answer in time. \(advice.en)"))
        default:
            return ClientError(
                .broken,
                LocalizedText(
                    zhHans: "与 \(host) 的连接中断（\(cause)）。\(advice.zhHans)",
                    en: "The connection to \(host) broke (\(cause)). \(advice.en)"))
        }
    }

    /// What to do where no answer came. A command that is given again is another request, under another key.
    private var advice: LocalizedText {
        ["GET", "HEAD"].contains(method)
            ? LocalizedText(zhHans: "请重试。", en: "Try again.")
            : LocalizedText(
                zhHans: "请求可能已生效：请先查看现状，再决定是否重做。",
                en: "It may have been done all the same: look at how things stand before you do it again.")
    }
}
