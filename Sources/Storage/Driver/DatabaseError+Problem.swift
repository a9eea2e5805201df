public import Wire

extension DatabaseError: ProblemSource {
    /// How the service answers it. The store's own sentence may name files, so it stays in the log.
    public var problem: Problem {
        switch code {
        case .storageFull:
            Problem(
                .storageFull, "The service's storage is full. Reading still works; try again once there is room.",
                zhHans: "服务存储已满。仍可查询；请待扩容后再试。")
        case .busy, .conflict, .lockedByAnotherProcess, .connectionLost, .closed:
            Problem(
                .unavailable, "The database is busy or away. Try again shortly.", zhHans: "数据库繁忙或暂不可用，请稍后重试。",
                retryAfterSeconds: 1)
        case .uniqueViolation:
            Problem(.conflict, "A record with this key exists. Read it, then change it.", zhHans: "已有相同标识的记录，请查询后修改。")
        case .checkViolation where constraint?.hasSuffix("_parts") == true:
            Problem(
                .insufficientBalance, "Not enough is left for this. Ask for less.", zhHans: "余量不足，请减少数量。")
        case .checkViolation, .foreignKeyViolation, .notNullViolation:
            Problem(
                .conflict, "Another record stands against this. Read what it refers to again.",
                zhHans: "与其他记录冲突，请重新查询相关记录。")
        case .invalidText, .tooLarge:
            Problem(.invalidInput, "The database cannot keep this text.", zhHans: "数据库无法保存此内容。")
        default:
            Problem(
                .internalError, "Something went wrong here. Tell the operator the request's id (X-Request-ID).",
                zhHans: "服务出错。请将请求编号（X-Request-ID）告知管理员。")
        }
    }
}
