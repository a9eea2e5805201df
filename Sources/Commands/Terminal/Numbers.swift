/// How numbers are written for people.
enum Numbers {
    /// `1,234,567`.
    static func grouped(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// `0:42`, `12:07`, `1:02:07`.
    static func duration(seconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hours = seconds / 3600
        let rest = "\(hours > 0 ? two(seconds / 60 % 60) : "\(seconds / 60 % 60)"):\(two(seconds % 60))"
        return hours > 0 ? "\(hours):\(rest)" : rest
    }

    /// A score value, 0…1,000,000, as `0.8731`: four digits, cut and not rounded, so that no total looks better than
    /// it is; the whole number stands in `--json`.
    static func score(_ value: Int32) -> String {
        let tenThousandths = Int(value) / 100
        let digits = String(tenThousandths % 10_000)
        return "\(tenThousandths / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// A score value with all its digits: `0.873199`.
    static func exactScore(_ value: Int32) -> String { millionths(Int64(value)) }

    /// Millionths as a decimal fraction, all six digits: `2,442.765000`.
    static func millionths(_ number: Int64) -> String {
        let digits = String(number % 1_000_000)
        return "\(grouped(number / 1_000_000))." + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// A number of seconds with three decimals.
    static func thousandths(_ number: Double) -> String {
        let whole = Int64((number * 1000).rounded())
        let digits = String(whole % 1000)
        return "\(grouped(whole / 1000))." + String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// Yuan from fen: `1,234.50`.
    static func yuan(fen: Int64) -> String {
        let cents = fen.magnitude % 100
        return "\(fen < 0 ? "-" : "")\(grouped(Int64(fen.magnitude / 100))).\(cents < 10 ? "0" : "")\(cents)"
    }
}
