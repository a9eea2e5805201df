internal import MatchCore
internal import NIOHTTP1

extension HTTPParserError {
    /// What is wrong with the bytes of a request and how they should be, for whoever wrote the client.
    var words: LocalizedText {
        switch self {
        case .invalidVersion:
            LocalizedText(zhHans: "请求行须以 HTTP/1.1 结尾。", en: "The request line has to end with 'HTTP/1.1'.")
        case .invalidMethod:
            LocalizedText(
                zhHans: "请求行须以方法开头，如 GET 或 POST，均为大写。",
                en: "The request line has to begin with a method in capitals, such as GET or POST.")
        case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment:
            LocalizedText(
                zhHans: "请求行中的地址不合法：须以 / 开头，其他字符以百分号编码。",
                en:
                    "The address in the request line is not well formed: begin it with / and percent-encode what is not plain."
            )
        case .invalidHeaderToken, .invalidCharactersUsed:
            LocalizedText(
                zhHans: "某个请求头不合法：应为“名称: 值”，每行一个，不含控制字符，名称后无空格。",
                en:
                    "A header field is not well formed: write 'Name: value' on a line of its own, without control characters and "
                    + "without a space before the colon.")
        case .invalidContentLength, .unexpectedContentLength:
            LocalizedText(
                zhHans: "Content-Length 须为一个整数（字节数），只写一次，且不与 Transfer-Encoding 并存。",
                en: "Content-Length has to be one whole number of bytes, once, and not together with Transfer-Encoding."
            )
        case .invalidChunkSize:
            LocalizedText(
                zhHans: "分块的长度须为十六进制数，独占一行，且与该块字节数一致。",
                en:
                    "The size of a chunk has to be a hexadecimal number on a line of its own, and the chunk as long as it says."
            )
        case .lfExpected:
            LocalizedText(
                zhHans: "各行须以回车加换行（CR LF）结尾。", en: "Every line has to end with a carriage return and a line feed.")
        case .trailingGarbage:
            LocalizedText(
                zhHans: "请求之后还有多余的字节；请核对 Content-Length。",
                en: "Bytes follow the request that belong to none; check its Content-Length.")
        default:
            LocalizedText(
                zhHans: "请求不符合 HTTP/1.1 的格式；请核对请求行、请求头与长度。",
                en: "The request breaks the rules of HTTP/1.1; check its first line, its header fields and its length.")
        }
    }
}
