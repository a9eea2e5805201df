/// Says how much of what is sent the gate lets pass. Every limit counts bytes or Unicode scalars, never characters:
/// a text of half a million combining marks is a single character.
public struct GateLimits: Sendable, Hashable {
    /// The greatest length of the whole input, in bytes.
    public var maximumBytes: Int
    /// The greatest length of a text, in Unicode scalars. Not looked at for JSON, where bytes bound it.
    public var maximumScalars: Int
    /// The greatest number of combining marks in a row. Real scripts stay under 10; Unicode's stream-safe form ends
    /// at 30.
    public var maximumCombiningRun: Int
    /// The greatest length of a key of a JSON object, in bytes.
    public var maximumKeyBytes: Int
    /// The greatest number of JSON arrays and objects open at once.
    public var maximumDepth: Int
    /// The greatest number of JSON keys and values together.
    public var maximumTokens: Int
    /// The greatest length of a JSON number, in bytes.
    public var maximumNumberBytes: Int

    public init(
        maximumBytes: Int = 1 << 20,
        maximumScalars: Int = .max,
        maximumCombiningRun: Int = 30,
        maximumKeyBytes: Int = 64,
        maximumDepth: Int = 32,
        maximumTokens: Int = 100_000,
        maximumNumberBytes: Int = 64
    ) {
        self.maximumBytes = maximumBytes
        self.maximumScalars = maximumScalars
        self.maximumCombiningRun = maximumCombiningRun
        self.maximumKeyBytes = maximumKeyBytes
        self.maximumDepth = maximumDepth
        self.maximumTokens = maximumTokens
        self.maximumNumberBytes = maximumNumberBytes
    }

    /// A JSON body: 1 MiB, 32 levels, 100,000 keys and values.
    public static let json = GateLimits()
    /// The query of an address, decoded or not: 8 KiB.
    public static let query = GateLimits(maximumBytes: 8 << 10)
    /// The path of an address, decoded or not: 2 KiB.
    public static let path = GateLimits(maximumBytes: 2 << 10)
    /// A form: 64 KiB.
    public static let form = GateLimits(maximumBytes: 64 << 10)
    /// A cell of a spreadsheet: 128 KiB, 32,767 scalars, which is what a spreadsheet holds.
    public static let cell = GateLimits(maximumBytes: 128 << 10, maximumScalars: 32_767)
    /// A login name or a password: 256 scalars.
    public static let login = GateLimits(maximumBytes: 1 << 10, maximumScalars: 256)
    /// The words of a search: 200 scalars.
    public static let search = GateLimits(maximumBytes: 1 << 10, maximumScalars: 200)
}
