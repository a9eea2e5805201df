/// A measuring file that cannot be read.
public struct BenchFileError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable { case missing, badRow }

    public var code: Code
    public var file: String
    /// From 1; 0 where the file as a whole is meant.
    public var row: Int

    public init(_ code: Code, file: String, row: Int = 0) {
        self.code = code
        self.file = file
        self.row = row
    }

    public var message: String {
        switch code {
        case .missing: "The file \(file) cannot be read. Make it with rank_gen.py, or leave out the folder."
        case .badRow: "\(file), row \(row): not what rank_gen.py writes. Make the file again."
        }
    }

    public var description: String { message }
}
