internal import Crypto
public import MatchCore

/// Codes of six digits that change every 30 seconds (RFC 6238 over RFC 4226, HMAC-SHA1): what authenticator apps show.
public struct TimeCode: Sendable, Hashable {
    /// Seconds that a code stands for.
    public static let period: Int64 = 30
    public static let digits = 6
    /// Bytes of a secret: as many as a hash of SHA-1.
    public static let secretBytes = 20

    public let secret: [UInt8]

    public init(secret: [UInt8]) {
        self.secret = secret
    }

    /// Makes a secret of chance, which comes in from outside.
    public init(random: inout some RandomNumberGenerator) {
        secret = (0..<Self.secretBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// The number of the period that a moment lies in.
    public static func step(at moment: Moment) -> Int64 { moment.milliseconds / 1_000 / period }

    /// The code of a period.
    public func code(at step: Int64, digits: Int = digits) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let hash = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(hash[hash.count - 1] & 15)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 })
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The period that a code was shown in: the one of the moment or one beside it, and later than `last`; nil for any
    /// other code.
    public func step(of code: String, at moment: Moment, after last: Int64) -> Int64? {
        let given = code.utf8.filter { $0 != UInt8(ascii: " ") }
        let present = Self.step(at: moment)
        var found: Int64?
        for step in [present - 1, present, present + 1] {
            // Each is compared to the end, whatever was found.
            let isSame = Self.areSame(Array(self.code(at: step).utf8), given)
            if isSame, step > last, found == nil { found = step }
        }
        return found
    }

    static func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The secret as people type it into an app: base 32 without padding.
    public var text: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var letters: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in secret {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                letters.append(alphabet[Int(bits >> UInt32(count)) & 31])
            }
        }
        if count > 0 { letters.append(alphabet[Int(bits << UInt32(5 - count)) & 31]) }
        return String(decoding: letters, as: UTF8.self)
    }

    /// The address that an app reads from a picture.
    /// - Parameter name: whose it is, shown in the app.
    public func address(of name: SignInName) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyz0123456789-._".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        let encoded = name.text.utf8.flatMap { byte in
            plain.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return "otpauth://totp/Almoner:\(String(decoding: encoded, as: UTF8.self))?secret=\(text)&issuer=Almoner"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.period)"
    }
}

/// The second factor of an account, as it is kept.
public struct SecondFactor: Sendable, Hashable {
    /// Nil until one was confirmed.
    public var code: TimeCode?
    /// One that was begun, and counts when a code of it was given; until then the other one does.
    public var pending: TimeCode?
    /// When the one that counts was confirmed.
    public var confirmedAt: Moment?
    /// The period of the last code that was taken: none is taken twice.
    public var lastStep: Int64
    /// How many one-time recovery codes there are.
    public static let recoveryCodes = 10

    public init(code: TimeCode?, pending: TimeCode? = nil, confirmedAt: Moment? = nil, lastStep: Int64 = 0) {
        self.code = code
        self.pending = pending
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
    }
}

/// Somebody in the town's directory, and whose account they work with.
public struct DirectoryIdentity: Sendable, Hashable {
    public let id: RecordID
    /// The directory, as its tokens state it.
    public let issuer: String
    /// A keyed hash of what the directory calls the person.
    public let subject: RecordID
    /// Nil until an admin has said whose it is.
    public var account: RecordID?
    public let askedAt: Moment
    public var approvedBy: RecordID?
    public var approvedAt: Moment?

    public init(
        id: RecordID, issuer: String, subject: RecordID, account: RecordID? = nil, askedAt: Moment,
        approvedBy: RecordID? = nil, approvedAt: Moment? = nil
    ) {
        self.id = id
        self.issuer = issuer
        self.subject = subject
        self.account = account
        self.askedAt = askedAt
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
    }
}
