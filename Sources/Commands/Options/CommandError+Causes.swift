import Casework
import Exchange
import InputGate
import MatchCore
import Storage

extension CommandError {
    /// An error of a lower layer as a person should see it. Their messages already say what is wrong and what to do.
    init(presenting error: any Error) {
        switch error {
        case let error as CommandError: self = error
        case let error as ProfileError: self.init(.refused, LocalizedText(same: error.message))
        case let error as ParameterError: self.init(.refused, LocalizedText(same: error.message))
        case let error as CodeTreeError: self.init(.refused, LocalizedText(same: error.message))
        case let error as CaseworkError:
            self.init(error.code == .unknown ? .notFound : .refused, error.text)
        case let error as DataFault: self.init(.refused, error.message, place: error.place)
        case let error as CSVError:
            self.init(.refused, both(error.wording.chinese, error.wording.english))
        case let error as MappingError:
            self.init(.refused, both(error.wording.chinese, error.wording.english))
        case let error as DatabaseError:
            let isLocked = error.code == .lockedByAnotherProcess || error.code == .busy
            self.init(
                error.code == .storageFull || error.code == .inputOutput ? .failure : .database,
                LocalizedText(same: error.message), advice: isLocked ? StoreWords.lockedAdvice.text : nil)
        default:
            self.init(
                .failure, GeneralWords.unexpected.filled(["cause": String(describing: error)]),
                advice: GeneralWords.unexpectedAdvice.text)
        }
    }
}
