import Testing
import Crypto
import Yams
@testable import Casework
@Test func t() {}
