public import Casework
public import InputGate
public import MatchCore
public import Wire

extension Problem {
    /// The same for what is not there and for what is not the viewer's.
    public static let notFound = Problem(
        .notFound, "There is no such record, or it is not yours to see. Check the id.",
        zhHans: "没有此记录，或您无权查看。请核对编号。")

    /// A problem of one place of the input.
    public init(_ kind: ProblemKind, at place: String, _ sentence: LocalizedText) {
        self.init(kind, sentence, fields: [FieldFault(place, sentence)])
    }

    /// Any error as it is answered: the one place where errors become problems.
    public init(presenting error: any Error) {
        switch error {
        case let error as any ProblemSource: self = error.problem
        case let error as CaseworkError: self.init(error)
        case let error as AdmissionRefusal: self.init(error)
        case let error as GateError: self.init(error)
        case let error as ProfileError: self.init(.invalidInput, error.text)
        case let error as ParameterError: self.init(.invalidInput, error.text)
        case let error as TuningError: self.init(.invalidInput, error.text)
        case is CancellationError:
            // It waited its turn until its time was over, and nothing of it was begun.
            self.init(
                .unavailable, "It was not this request's turn in time. Try again; use the same Idempotency-Key.",
                zhHans: "未能在时限内轮到此请求，请以同一 Idempotency-Key 重试。", retryAfterSeconds: 5)
        default:
            self.init(
                .internalError, "Something went wrong here. Tell the operator the request's id (X-Request-ID).",
                zhHans: "服务出错。请将请求编号（X-Request-ID）告知管理员。")
        }
    }

    public init(_ error: CaseworkError) {
        switch error.code {
        case .unknown, .notYours: self = .notFound
        case .wrongState, .lease, .legMissing, .timeRunsBackwards, .notInTime, .notCovered:
            self.init(.conflict, error.text)
        case .insufficient: self.init(.insufficientBalance, error.text)
        case .roleNotAllowed, .aboveAuthority, .secondPerson: self.init(.forbidden, error.text)
        case .reasonRequired, .reasonUnknown: self.init(.invalidInput, at: "/reason", error.text)
        case .quantity: self.init(.invalidInput, at: "/quantity", error.text)
        case .malformed: self.init(.invalidInput, error.text)
        case .stale: self.init(.preconditionFailed, error.text)
        case .clockAlarm: self.init(.unavailable, error.text)
        case .unsound, .brokenChain: self.init(.internalError, error.text)
        }
    }

    public init(_ refusal: AdmissionRefusal) {
        self.init(
            .invalidInput,
            LocalizedText(
                zhHans: "有 \(refusal.faults.count) 处不符合要求，请按 errors 逐项修改。",
                en: refusal.faults.count == 1
                    ? "One field is not acceptable; correct it as 'errors' says."
                    : "\(refusal.faults.count) fields are not acceptable; correct each as 'errors' says."),
            fields: refusal.faults.map { FieldFault(JSONPointer.text($0.place), $0.message) })
    }

    public init(_ error: GateError) {
        let kind: ProblemKind = error.code == .tooLong ? .bodyTooLarge : .malformedRequest
        self.init(kind, LocalizedText(zhHans: error.wording.chinese, en: error.wording.english))
    }

    /// An input that its schema refused.
    public init(faults: [FieldFault]) {
        self.init(
            .invalidInput,
            LocalizedText(
                zhHans: "输入有 \(faults.count) 处错误，请按 errors 逐项修改。",
                en: "The input has \(faults.count == 1 ? "a fault" : "\(faults.count) faults"); see 'errors'."),
            fields: faults)
    }
}
