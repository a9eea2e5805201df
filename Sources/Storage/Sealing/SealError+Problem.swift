public import Sealing
public import Wire

extension SealError: ProblemSource {
    /// How the service answers it: files and tables are the operator's affair, and stay in the log.
    public var problem: Problem {
        switch code {
        case .erased: Problem(.conflict, text)
        default:
            Problem(
                .internalError, "A sealed field could not be read. Tell the operator the request's id (X-Request-ID).",
                zhHans: "加密字段无法读取。请将请求编号（X-Request-ID）告知管理员。")
        }
    }
}
