import Casework
import Foundation
import Testing

/// What is found in a wording, one way of writing at a time.
@Suite struct WordingCheckTests {
    private let check = WordingCheck(names: ["陈小明", "欧阳晓", "Mary Wong", "李某"], thisYear: 2026)

    private func kinds(_ text: String) -> [MaskingKind] { check.findings(in: text).map(\.kind) }

    @Test(arguments: [
        ("身份证440524188001010014", MaskingKind.idNumber), ("证号 4405 2418 8001 0100 14 请核实", .idNumber),
        ("四四零五二四一八八零零一零一零零一四", .idNumber), ("４４０５２４１８８００１０１００１４", .idNumber),
        ("11010519491231002X", .idNumber), ("11010519491231002ｘ，本人", .idNumber), ("110105 19491231 002 X", .idNumber),
        ("老身份证130503670401001。", .idNumber), ("卡号6222 0200 0000 0000 000", .bankCard),
        ("4111-1111-1111-1111", .bankCard), ("卡：4111，1111，1111，1111", .bankCard),
        ("打13800138000", .mobile), ("138 0013 8000", .mobile), ("１３８００１３８０００", .mobile),
        ("一三八零零一三八零零零", .mobile), ("幺三八〇〇幺三八〇〇〇", .mobile), ("+86 138-0013-8000", .mobile),
        ("138.0013.8000", .mobile), ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", .mobile), ("①③⑧⓪⓪①③⑧⓪⓪⓪", .mobile),
        ("0769-22112233", .landline), ("（0769）22112233", .landline), ("010 6655 4433", .landline),
        ("座机2211 2233", .landline), ("chen@example.com", .email), ("ｃｈｅｎ＠example．com", .email),
        ("chen @ example . com", .email), ("chen(at)example.com", .email), ("微信号：chen_ming88", .account),
        ("住人民路12号", .address), ("东城街道东泰花园3栋2单元501室", .address), ("塘尾村三巷5号", .address),
        ("寮步镇良边村", .address), ("家在3栋501", .address), ("新村路十二号", .address), ("12 Garden Road", .address),
        ("Block 3, Room 501", .address), ("陈小明想要一台轮椅", .name), ("陈 小 明", .name), ("欧阳晓的孩子", .name),
        ("mary wong needs a fan", .name),
    ])
    func isFound(_ text: String, _ kind: MaskingKind) {
        #expect(kinds(text) == [kind], "\(text): \(check.findings(in: text))")
    }

    @Test(arguments: [
        "想要一台轮椅", "替邻居问一下，颈椎病，想要一个高度合适的枕头", "一次性手套（共158件）", "2026-11-22 前需要", "三座凉亭，两栋楼的外墙",
        "尺码 38、39、40、41、42、43", "热线12345", "孩子7岁，身高1.25米，体重22.5公斤", "每月500元，共6个月", "走路5分钟到村口",
        "塘尾村：村前池塘发黑", "小区两栋楼没有电梯", "社区里老人多", "超市、菜市场都远", "一二三四五六七", "李某想要被子", "Two fans for the hall",
        "a street lamp", "400-800-1234", "一室一厅的出租屋", "三层楼爬不动", "第3组",
    ])
    func isOrdinary(_ text: String) {
        #expect(check.findings(in: text).isEmpty, "\(text): \(check.findings(in: text))")
    }

    @Test func theReplacementStandsWhereTheFindingStood() {
        let text = "陈小明，13800138000，住人民路12号，想要轮椅"
        let findings = check.findings(in: text)
        #expect(findings.map(\.kind) == [.name, .mobile, .address])
        #expect(WordingCheck.masked(text, findings) == "陈某，（号码已隐去），住（地址已隐去），想要轮椅")
    }

    @Test func numbersAndCardsAreNeverLetPass() throws {
        #expect(throws: CaseworkError.self) { try MaskingRules(mayBeOverridden: [.mobile, .bankCard]).check() }
        let findings = check.findings(in: "4111111111111111，13800138000")
        #expect(!WordingRefusal(findings).mayBeOverridden(by: .standard))
        #expect(WordingRefusal([findings[1]]).mayBeOverridden(by: .standard))
    }

    @Test func aLongTextIsLookedOverInTime() {
        for piece in ["1", "1-", "路", "村3号", "a@", "小区", "１ "] {
            let text = String(repeating: piece, count: 4_000)
            let start = ContinuousClock.now
            _ = check.findings(in: text)
            #expect(ContinuousClock.now - start < .seconds(5), "\(piece)")
        }
    }
}

/// Secrets that are put into ordinary wishes are always found, and ordinary wishes hardly ever.
@Suite struct PlantedSecretTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Data/demo").standardized

    /// The wordings of the demo city.
    private static let wishes: [String] = {
        let text = (try? String(contentsOf: folder.appending(path: "wishes.csv"), encoding: .utf8)) ?? ""
        return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
            line.hasSuffix("\"")
                ? line.dropLast().split(separator: "\"").last.map(String.init)
                : line.split(separator: ",", omittingEmptySubsequences: false).last.map(String.init)
        }.filter { !$0.isEmpty }
    }()

    private struct Planter {
        var random: SeededRandom

        mutating func number(_ count: Int) -> String {
            (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
        }

        mutating func identity() -> String {
            let region = ["441900", "110105", "310104", "652201", "810000"].randomElement(using: &random) ?? "441900"
            let month = String(format: "%02d", Int.random(in: 1...12, using: &random))
            let day = String(format: "%02d", Int.random(in: 1...28, using: &random))
            let body = "\(region)\(Int.random(in: 1920...2024, using: &random))\(month)\(day)\(number(3))"
            var sum = 0
            for (index, digit) in body.enumerated() {
                sum += (digit.wholeNumberValue ?? 0) * ((1 << (17 - index)) % 11)
            }
            return body + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
        }

        mutating func card() -> String {
            let body = (["62", "4", "52", "37"].randomElement(using: &random) ?? "62") + number(13)
            var sum = 0
            for (index, digit) in body.reversed().enumerated() {
                let value = (digit.wholeNumberValue ?? 0) * (index % 2 == 0 ? 2 : 1)
                sum += value > 9 ? value - 9 : value
            }
            return body + "\((10 - sum % 10) % 10)"
        }

        mutating func mobile() -> String { "1\(Int.random(in: 3...9, using: &random))\(number(9))" }

        mutating func landline() -> String {
            (["0769", "020", "010", "0755"].randomElement(using: &random) ?? "0769")
                + "\(Int.random(in: 2...8, using: &random))" + number(7)
        }

        mutating func address() -> String {
            let road = ["人民路", "东城大道", "塘尾村三巷", "东泰花园", "光明小区", "解放街", "银丰苑"].randomElement(using: &random) ?? "人民路"
            let number = Int.random(in: 1...199, using: &random)
            let tail = ["", "501室", "3栋2单元501", "A栋302房"].randomElement(using: &random) ?? ""
            return road + "\(number)号" + tail
        }

        /// Another way of writing the same digits.
        mutating func dressed(_ text: String) -> String {
            switch Int.random(in: 0...5, using: &random) {
            case 0: return text
            case 1: return mapped(text) { Unicode.Scalar($0.value + 0xFEE0) }
            case 2:
                let numerals = Array("〇一二三四五六七八九".unicodeScalars)
                return mapped(text) { $0.properties.numericType == nil ? nil : numerals[Int($0.value) - 0x30] }
            case 3: return spaced(text, every: 4, by: " ")
            case 4: return spaced(text, every: 3, by: "-")
            default: return spaced(text, every: 1, by: "·")
            }
        }

        private func mapped(_ text: String, _ map: (Unicode.Scalar) -> Unicode.Scalar?) -> String {
            var mapped = String.UnicodeScalarView()
            for scalar in text.unicodeScalars { mapped.append(map(scalar) ?? scalar) }
            return String(mapped)
        }

        private func spaced(_ text: String, every: Int, by mark: String) -> String {
            text.enumerated().map { $0 > 0 && $0 % every == 0 ? "\(mark)\($1)" : "\($1)" }.joined()
        }

        /// Somewhere in a wish, with something that is no digit on both sides.
        mutating func planted(_ secret: String, in wish: String) -> String {
            let scalars = Array(wish)
            let place = Int.random(in: 0...scalars.count, using: &random)
            return String(scalars[..<place]) + "，" + secret + "，" + String(scalars[place...])
        }
    }

    @Test(arguments: [UInt64(20_261_122), 1, 2]) func whatIsPlantedIsFound(_ seed: UInt64) throws {
        try #require(Self.wishes.count > 500)
        var planter = Planter(random: SeededRandom(seed: seed))
        let check = WordingCheck(names: ["陈小明", "欧阳晓"], thisYear: 2026)
        for _ in 0..<1_500 {
            let wish = Self.wishes.randomElement(using: &planter.random) ?? ""
            let kind = MaskingKind.allCases.randomElement(using: &planter.random) ?? .name
            let secret: String
            switch kind {
            case .idNumber: secret = planter.dressed(planter.identity())
            case .bankCard: secret = planter.dressed(planter.card())
            case .mobile: secret = planter.dressed(planter.mobile())
            case .landline: secret = planter.dressed(planter.landline())
            case .email: secret = "a\(planter.number(5))@qq.com"
            case .account: secret = "微信wx\(planter.number(6))"
            case .address: secret = planter.address()
            case .name: secret = Bool.random(using: &planter.random) ? "陈小明" : "欧 阳 晓"
            }
            let text = planter.planted(secret, in: wish)
            let findings = check.findings(in: text)
            let masked = WordingCheck.masked(text, findings)
            #expect(!findings.isEmpty && !masked.contains(secret), "seed \(seed), \(kind): \(text) → \(masked)")
            #expect(check.findings(in: masked).isEmpty, "seed \(seed): the masked wording is found again: \(masked)")
            #expect(
                findings.contains { $0.kind == kind || kind == .landline || kind == .bankCard },
                "seed \(seed), \(kind): \(text)")
        }
    }

    /// Of the demo city's wishes and all phrases they are made of.
    @Test func ordinaryWishesGiveFewFalseAlarms() throws {
        let check = WordingCheck(names: ["陈小明", "欧阳晓"], thisYear: 2026)
        let alarms = Self.wishes.filter { !check.findings(in: $0).isEmpty }
        print("ordinary wishes: \(alarms.count) of \(Self.wishes.count) give an alarm")
        #expect(alarms.count * 100 < Self.wishes.count, "\(alarms.count) of \(Self.wishes.count): \(alarms.prefix(20))")
    }
}
