import APIClient
import Casework
import DemoCity
import Exchange
import InputGate
import MatchCore
import Operations
import Sealing
import Storage
import Wire

extension CommandError {
    /// An error of a lower layer as a person should see it. Their messages already say what is wrong and what to do.
    init(presenting error: any Error) {
        switch error {
        case let error as CommandError: self = error
        case let error as ProfileError: self.init(.refused, error.text)
        case let error as ParameterError: self.init(.refused, error.text)
        case let error as CodeTreeError: self.init(.refused, LocalizedText(same: error.message))
        case let error as TuningError: self.init(.refused, error.text)
        case let error as CaseworkError:
            self.init(
                error.code == .unknown ? .notFound : .refused, error.text,
                place: (Problem(error).fields.first?.place).map(Self.place))
        case let error as AdmissionRefusal: self.init(Problem(error))
        case let error as GateError: self.init(Problem(error))
        case let error as DataFault: self.init(.refused, error.message, place: error.place)
        case let error as CSVError:
            self.init(.refused, both(error.wording.chinese, error.wording.english))
        case let error as MappingError:
            self.init(.refused, both(error.wording.chinese, error.wording.english))
        case let error as DatabaseError where error.server != nil:
            let values = ["address": error.server ?? ""]
            self.init(.database, ServeWords.servedBy.filled(values), advice: ServeWords.servedAdvice.filled(values))
        case let error as DatabaseError:
            let words = StoreWords.fault(error)
            // The store's own sentence, in English, names the file or the step; Chinese readers get the meaning first.
            let zhHans = words[.zhHans].filled(["cause": error.message])
            self.init(
                words == .full || words == .unreadable ? .failure : .database,
                LocalizedText(zhHans: zhHans, en: error.message),
                advice: words == .busy ? StoreWords.lockedAdvice.text : nil)
        case let error as SealError: self.init(error)
        case let error as CityError: self.init(.refused, error.message)
        case let problem as Problem: self.init(problem)
        case let error as ClientError: self.init(error)
        case let error as any ProblemSource: self.init(error.problem)
        default:
            self.init(
                .failure, GeneralWords.unexpected.filled(["cause": String(describing: error)]),
                advice: GeneralWords.unexpectedAdvice.text)
        }
    }
}

extension CommandError {
    /// What a server said, or why it could not be asked.
    init(_ error: ClientError) {
        if let said = error.problem, let kind = ProblemKind.allCases.first(where: { $0.type == said.type }) {
            // The same as where the data is on this machine, in the server's words.
            self.init(
                Problem(
                    kind, LocalizedText(same: said.detail ?? said.title),
                    fields: (said.errors ?? []).map { FieldFault($0.pointer, LocalizedText(same: $0.detail)) }))
            return
        }
        let status: ExitStatus =
            switch error.code {
            case .address: .usage
            case .refused: error.problem?.status == 404 ? .notFound : .refused
            case .unreachable, .untrusted, .timeout, .broken, .answer: .database
            case .file: .failure
            }
        self.init(status, error.message)
    }

    /// A problem of an operation: its sentence, and each field that is wrong as its place.
    init(_ problem: Problem) {
        let status: ExitStatus =
            switch problem.kind {
            case .notFound: .notFound
            case .internalError: .failure
            case .unavailable, .storageFull: .database
            default: .refused
            }
        guard problem.fields.count > 1 else {
            self.init(
                status, problem.fields.first?.message ?? problem.detail,
                place: (problem.fields.first?.place).map(Self.place))
            return
        }
        // Each with its place, and each once.
        func all(_ language: Language) -> String {
            problem.fields.map { "\(Self.place($0.place)): \($0.message[language])" }.joined(separator: "\n  ")
        }
        self.init(status, LocalizedText(zhHans: all(.zhHans), en: all(.en)))
    }

    /// The member itself: who gives a command sends neither a body nor a query.
    private static func place(_ place: String) -> String { String(place.drop { $0 == "/" || $0 == "?" }) }
}
