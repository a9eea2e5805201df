/// Requests and donations of a past year, with the distances between those that are near each other.
struct ReplayData {
    struct Row {
        /// Number of the donor or recipient.
        var who: Int
        /// Days since the first donation's midnight, with a fraction.
        var day: Double
        var product: Int
        var quantity: Int64
    }

    /// Donations of more units than this are left out, not cut down.
    static let greatestDonation: Int64 = 1_000

    var donations: [Row] = []
    var requests: [Row] = []
    /// For each donor the recipients on its list, with miles.
    var near: [[(recipient: Int, miles: Int64)]] = []

    /// The days since 1 March 2000 of `2020-03-27 11:47:00+00:00`; nil for anything else.
    static func day(_ text: String) -> Double? {
        let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard parts.count >= 6, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
        // Years that begin in March put the leap day last.
        let year = parts[0] - 2000 - (parts[1] < 3 ? 1 : 0)
        let month = (parts[1] + 9) % 12
        let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + parts[2] - 1
        return Double(days) + (Double(parts[3]) + Double(parts[4]) / 60 + Double(parts[5]) / 3600) / 24
    }
}
