import Exchange
import MatchCore

extension CommandError {
    /// An error of a lower layer as a person should see it. Their messages already say what is wrong and what to do.
    init(presenting error: any Error) {
        switch error {
        case let error as CommandError: self = error
        case let error as ProfileError: self.init(.refused, LocalizedText(same: error.message))
        case let error as ParameterError: self.init(.refused, LocalizedText(same: error.message))
        case let error as CodeTreeError: self.init(.refused, LocalizedText(same: error.message))
        case let error as DataFault: self.init(.refused, error.message, place: error.place)
        default:
            self.init(
                .failure, GeneralWords.unexpected.filled(["cause": String(describing: error)]),
                advice: GeneralWords.unexpectedAdvice.text)
        }
    }
}
