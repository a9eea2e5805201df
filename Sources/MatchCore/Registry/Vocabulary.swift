/// Words and their numbers, in the order in which they were first seen.
public struct Vocabulary: Sendable {
    public private(set) var words: [String] = []
    private var numbers: [String: Int32] = [:]

    public init() {}

    public var count: Int { words.count }

    public func number(of word: String) -> Int32? { numbers[word] }

    mutating func intern(_ word: String) -> Int32 {
        if let number = numbers[word] { return number }
        let number = Int32(words.count)
        words.append(word)
        numbers[word] = number
        return number
    }
}
