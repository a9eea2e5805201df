import Exchange
import Foundation
import Testing

@Suite struct DatePatternTests {
    @Test(
        arguments: [
            ("yyyy-MM-dd HH:mm:ssXXX", "2020-03-27 11:47:00+00:00", 1_585_309_620_000),
            ("yyyy-MM-dd HH:mm:ss.SSSSSSXXX", "2020-03-27 11:47:00.123456+08:00", 1_585_280_820_123),
            ("yyyy/M/d", "2020/1/5", 1_578_153_600_000), ("yyyy年M月d日", "2020年1月5日", 1_578_153_600_000),
            ("yyyyMMdd", "20200229", 1_582_905_600_000), ("yyyy-MM-dd'T'HH:mm", "2020-01-05T08:00", 1_578_182_400_000),
            ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "1969-12-31T23:59:59.999Z", -1),
        ] as [(String, String, Int64)])
    func patternsRead(_ pattern: String, _ text: String, _ milliseconds: Int64) throws {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        #expect(DatePattern(pattern)?.milliseconds(text, in: zone) == milliseconds)
    }

    @Test(arguments: [
        "2021-02-29", "2020-13-01", "2020-00-10", "2020-1-5", "2020-01-05 ", "20200105", "２０２０-01-05", "",
    ])
    func whatIsNoDayIsRefused(_ text: String) {
        #expect(DatePattern("yyyy-MM-dd")?.milliseconds(text, in: .gmt) == nil)
    }

    @Test(arguments: ["yy-MM-dd", "yyyy-MM", "yyyy-MM-dd EEE", "yyyy-MM-dd'T", "yyyy-MM-dd MM", "q"])
    func whatIsNoPatternIsRefused(_ pattern: String) {
        #expect(DatePattern(pattern) == nil)
    }

    @Test func aDateCanMeanItsLastMillisecond() {
        let pattern = DatePattern("yyyy-MM-dd")
        #expect(pattern?.milliseconds("1970-01-01", in: .gmt, endOfDay: true) == 86_399_999)
    }

    /// Every hour of two years, among them the changes of the clock, comes back as Foundation's calendar has it.
    @Test func localTimesAgreeWithTheCalendar() throws {
        let zone = try #require(TimeZone(identifier: "America/Los_Angeles"))
        let pattern = try #require(DatePattern("yyyy-MM-dd HH:mm"))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        for hour in stride(from: 1_577_836_800, to: 1_640_995_200, by: 7_200 * 3 + 1_800) {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(hour)))
            let text = [parts.year, parts.month, parts.day, parts.hour, parts.minute].map {
                ($0 ?? 0) < 10 ? "0\($0 ?? 0)" : "\($0 ?? 0)"
            }
            let written = "\(text[0])-\(text[1])-\(text[2]) \(text[3]):\(text[4])"
            #expect(pattern.milliseconds(written, in: zone) == Int64(hour) * 1000, "\(written)")
        }
    }
}
