/// The encodings in which a spreadsheet writes CSV.
public enum CSVEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    /// GB18030, of which GBK, GB2312 and code page 936 are parts.
    case gb18030

    /// Reads a name as people write it in a mapping file; nil where it is not known.
    public init?(named name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "utf-16le", "utf-16", "utf16", "unicode": self = .utf16LittleEndian
        case "utf-16be": self = .utf16BigEndian
        case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
        default: return nil
        }
    }

    /// What iconv calls it.
    var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        }
    }

    /// The byte-order mark in this encoding, which is not part of the first cell.
    public var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .gb18030: [0x84, 0x31, 0x95, 0x33]
        }
    }
}

extension CSVEncoding {
    /// Tells the encoding from the first bytes: by the byte-order mark, by the zero bytes that UTF-16 puts beside every
    /// comma and line end, then by whether they are UTF-8, then by whether they have the form of GB18030.
    ///
    /// A sample of ASCII alone counts as UTF-8; what follows is verified while it is read. nil: none of these.
    static func detected(in sample: ArraySlice<UInt8>) -> CSVEncoding? {
        for encoding in allCases where sample.starts(with: encoding.mark) { return encoding }
        if let wide = wideEncoding(of: sample) { return wide }
        if isUTF8(sample) { return .utf8 }
        return hasFormOfGB18030(sample) ? .gb18030 : nil
    }

    private static func wideEncoding(of sample: ArraySlice<UInt8>) -> CSVEncoding? {
        let separators: Set<UInt8> = [0x0A, 0x0D, 0x2C, 0x3B, 0x09]
        var little = 0
        var big = 0
        var narrow = 0
        var index = sample.startIndex
        while index + 1 < sample.endIndex {
            let pair = (sample[index], sample[index + 1])
            if separators.contains(pair.0), pair.1 == 0 {
                little += 1
            } else if pair.0 == 0, separators.contains(pair.1) {
                big += 1
            } else {
                if separators.contains(pair.0) { narrow += 1 }
                if separators.contains(pair.1) { narrow += 1 }
            }
            index += 2
        }
        // Bytes of Chinese characters may look like separators now and then, but not most of the time.
        if little > big, little > narrow { return .utf16LittleEndian }
        if big > little, big > narrow { return .utf16BigEndian }
        return nil
    }

    /// Says whether more follows the sample. A character that its end cuts off is then no fault.
    private static func isCutOff(_ sample: ArraySlice<UInt8>) -> Bool { sample.count >= UTF8Stream.chunk }

    private static func isUTF8(_ sample: ArraySlice<UInt8>) -> Bool {
        var decoder = UTF8()
        var bytes = sample.makeIterator()
        var index = sample.startIndex
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar): index += UTF8.width(scalar)
            case .emptyInput: return true
            case .error: return isCutOff(sample) && index + 4 > sample.endIndex && sample[index] >= 0xC2
            }
        }
    }

    private static func hasFormOfGB18030(_ sample: ArraySlice<UInt8>) -> Bool {
        var index = sample.startIndex
        while index < sample.endIndex {
            let first = sample[index]
            if first < 0x80 {
                index += 1
                continue
            }
            guard first > 0x80, first < 0xFF else { return false }
            guard index + 1 < sample.endIndex else { return isCutOff(sample) }
            let second = sample[index + 1]
            if second >= 0x30 && second <= 0x39 {
                index += 4
            } else if second >= 0x40 && second != 0x7F && second != 0xFF {
                index += 2
            } else {
                return false
            }
        }
        return true
    }
}
