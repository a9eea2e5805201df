/// Finds where somebody lives: a road or an estate with a number, a building with a room, a village or road named with
/// its town. A town alone, a village alone and a road alone tell nobody's door.
struct AddressSearch {
    let text: PlainScalars

    func findings() -> [(MaskingKind, Range<Int>)] {
        var found: [Range<Int>] = []
        var index = 0
        while index < text.count {
            let range = numberedPlace(index) ?? chain(at: index) ?? villageInTown(index)
            if let range {
                if let last = found.last, range.lowerBound <= last.upperBound {
                    found[found.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
                } else {
                    found.append(range)
                }
                index = max(index + 1, range.upperBound)
            } else {
                index += 1
            }
        }
        return (found + LatinAddressSearch(text: text).findings()).map { (.address, $0) }
    }

    private static func words(_ list: String) -> [[Unicode.Scalar]] {
        list.split(separator: " ").map { Array($0.unicodeScalars) }.sorted { $0.count > $1.count }
    }

    private func word(_ words: [[Unicode.Scalar]], at index: Int) -> Int? {
        words.first { text.begins($0, at: index) }?.count
    }

    // MARK: Numbers with a unit: 3栋, 501室, 十二号

    private static let units = words("号楼 号院 号房 号 号铺 单元 栋 幢 座 弄 巷 室 房 楼 层 组 队 门 铺 #")
    private static let strong = Set(words("号楼 号院 号房 栋 幢 座 弄 巷 单元 室 房"))
    private static let rooms = Set(words("室 房 号房"))

    /// A number as it stands in an address; two kinds of figures are not mixed up with measures.
    private func number(_ index: Int) -> (end: Int, isPlain: Bool, digits: Int)? {
        var place = index
        var (plain, numerals, letters) = (0, 0, 0)
        while place < text.count, place - index < 8 {
            let scalar = text.scalars[place]
            if scalar.isASCIIDigit {
                plain += 1
            } else if text.digit(place) != nil || ["十", "百"].contains(scalar) {
                numerals += 1
            } else if scalar.isASCIILetter, letters == 0 {
                letters += 1
            } else if scalar == "-" || scalar == "之", plain + numerals > 0 {
                // 12-3, 12之1
            } else {
                break
            }
            place += 1
        }
        while place > index, text.scalars[place - 1] == "-" || text.scalars[place - 1] == "之" { place -= 1 }
        guard place > index, plain == 0 || numerals == 0 || text.scalars[index..<place].contains("之") else {
            return nil
        }
        return (place, numerals == 0, plain)
    }

    private struct Numbered {
        var end: Int
        var unit: [Unicode.Scalar]
        var isPlain: Bool
        var digits: Int
    }

    private func numbered(_ index: Int) -> Numbered? {
        guard index < text.count, let number = number(index) else { return nil }
        let place = text.skipping(number.end, most: 1)
        guard let unit = Self.units.first(where: { text.begins($0, at: place) }) else { return nil }
        // 三座桥, 两栋楼: how many, not which.
        if !number.isPlain, ["座", "栋", "幢", "层", "楼", "门", "队", "铺"].contains(unit[0]) { return nil }
        return Numbered(end: place + unit.count, unit: unit, isPlain: number.isPlain, digits: number.digits)
    }

    /// Numbered units, one behind the other, that lead to a door.
    private func chain(at index: Int) -> Range<Int>? {
        if index > 0, text.digit(index - 1) != nil || text.scalars[index - 1].isASCIILetter { return nil }
        guard let links = links(index) else { return nil }
        let isRoom = links.units.contains { Self.rooms.contains($0.unit) && $0.isPlain && (3...4).contains($0.digits) }
        let leads = links.units.count >= 2 && links.units.contains { Self.strong.contains($0.unit) }
        let endsInRoom = links.endsInNumber && links.units.contains { Self.strong.contains($0.unit) }
        return isRoom || leads || endsInRoom ? index..<links.end : nil
    }

    private func links(_ index: Int) -> (end: Int, units: [Numbered], endsInNumber: Bool)? {
        var units: [Numbered] = []
        var place = index
        while let next = numbered(place) {
            units.append(next)
            place = next.end
            let gap = text.skipping(place, most: 1)
            if gap < text.count, numbered(gap) != nil { place = gap }
        }
        guard let last = units.last else { return nil }
        // A room that is a bare number: 3栋501.
        let room = text.skipping(last.end, most: 1)
        if room < text.count, Self.strong.contains(last.unit) || last.unit == ["号"], !Self.rooms.contains(last.unit),
            let number = number(room), number.isPlain, (3...4).contains(number.digits), !isMeasured(number.end)
        {
            return (number.end, units, true)
        }
        return (last.end, units, false)
    }

    private static let measures = words("年 月 日 元 块 米 斤 公斤 人 户 个 件 台 名 次 天 位 张 岁 平 万")

    private func isMeasured(_ index: Int) -> Bool { word(Self.measures, at: text.skipping(index, most: 1)) != nil }

    // MARK: A road or an estate with a number

    private static let roads = words("大道 胡同 街道 路 街 巷 弄 道 坊 围")
    private static let estates = words("小区 花园 新村 社区 公寓 宿舍 大厦 广场 家园 苑 村 屯 寨 城 厂")
    private static let roadUnits = Set(words("号 号楼 号院 号房 弄 巷 栋 幢 座 组 队 铺 #"))
    private static let notNames = Set("走上下修过马让铺公水电铁网线这那该本条各整全进出半".unicodeScalars)

    private func numberedPlace(_ index: Int) -> Range<Int>? {
        let isRoad: Bool
        let length: Int
        if let count = word(Self.estates, at: index) {
            (isRoad, length) = (false, count)
        } else if let count = word(Self.roads, at: index) {
            (isRoad, length) = (true, count)
        } else {
            return nil
        }
        let start = name(before: index)
        guard start < index, !(isRoad && Self.notNames.contains(text.scalars[index - 1])) else { return nil }
        var place = text.skipping(index + length, most: 1)
        // 人民路南12号, 村口东三巷
        if place < text.count, "东南西北中前后口".unicodeScalars.contains(text.scalars[place]) { place += 1 }
        guard place < text.count, let first = numbered(place), let links = links(place) else { return nil }
        guard !isRoad || Self.roadUnits.contains(first.unit) else { return nil }
        // 村三组人: a group of three.
        if !first.isPlain, first.unit == ["组"] || first.unit == ["房"] || first.unit == ["室"], links.units.count == 1 {
            guard !(first.end < text.count && text.scalars[first.end].isHan) else { return nil }
        }
        return start..<links.end
    }

    private static let stops = Set(
        "的了在住到于是我他她它您你家去从和与及或等有里内个都们给要想请帮把被就也还最很省市县镇乡区".unicodeScalars)

    /// Where the name of a place begins that ends here: six characters back at most.
    private func name(before index: Int) -> Int {
        var place = index
        while place > 0, index - place < 6 {
            let scalar = text.scalars[place - 1]
            guard scalar.isHan, !Self.stops.contains(scalar) else { break }
            place -= 1
        }
        return place
    }

    // MARK: A village or a road within its town

    private static let towns = words("街道 镇 乡 县")
    private static let notTowns = words("城镇 乡镇 集镇 小镇 全镇 本镇 各镇 家乡 老乡 城乡 异乡 故乡 同乡 山乡 我镇 各县 全县 本县")
    private static let villages = words("大道 胡同 小区 花园 新村 社区 村 路 街 巷")

    private func villageInTown(_ index: Int) -> Range<Int>? {
        guard let length = word(Self.towns, at: index),
            !Self.notTowns.contains(where: { isEnd($0, at: index + length) })
        else { return nil }
        guard name(before: index) < index - 1 else { return nil }
        let start = index + length
        var place = start
        while place < text.count, place - start < 6 {
            if let count = word(Self.villages, at: place), place >= start + 1 {
                // 镇上的村, 乡下修路: no name stands between.
                guard place - start >= 2 || !Self.notNames.contains(text.scalars[place - 1]) else { return nil }
                let end = place + count
                return start..<end
            }
            guard text.scalars[place].isHan, !Self.stops.contains(text.scalars[place]),
                !"下上各小大老新几多".unicodeScalars.contains(text.scalars[place]) || place > start
            else { return nil }
            place += 1
        }
        return nil
    }

    private func isEnd(_ word: [Unicode.Scalar], at end: Int) -> Bool {
        end >= word.count && text.begins(word, at: end - word.count)
    }
}
