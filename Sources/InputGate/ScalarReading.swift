/// Reads one scalar of UTF-8 at an index, or nil where the bytes are not UTF-8: overlong forms, surrogates, values over
/// U+10FFFF and sequences that are cut off are all refused.
@inline(__always)
func scalar(in bytes: UnsafeRawBufferPointer, at index: Int) -> (value: UInt32, length: Int)? {
    let first = UInt32(bytes[index])
    let left = bytes.count - index
    if first < 0x80 { return (first, 1) }
    if first < 0xC2 { return nil }
    guard left > 1 else { return nil }
    let second = UInt32(bytes[index + 1])
    guard second & 0xC0 == 0x80 else { return nil }
    if first < 0xE0 { return ((first & 0x1F) << 6 | second & 0x3F, 2) }
    guard left > 2 else { return nil }
    let third = UInt32(bytes[index + 2])
    guard third & 0xC0 == 0x80 else { return nil }
    if first < 0xF0 {
        let value = (first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F
        return value < 0x800 || value & 0xF800 == 0xD800 ? nil : (value, 3)
    }
    guard left > 3, first < 0xF5 else { return nil }
    let fourth = UInt32(bytes[index + 3])
    guard fourth & 0xC0 == 0x80 else { return nil }
    let value = (first & 0x07) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | fourth & 0x3F
    return value < 0x10000 || value > 0x10FFFF ? nil : (value, 4)
}

/// Says whether a scalar is a combining mark: general category Mn, Mc or Me.
///
/// The standard library knows the categories; the ranges asked first hold no mark and nearly all of what people write,
/// so that its search is seldom needed.
@inline(__always)
func isCombiningMark(_ value: UInt32) -> Bool {
    if value < 0x300 { return false }
    if value >= 0x3400 && value < 0xA000 { return false }
    if value >= 0xAC00 && value < 0xD7A4 { return false }
    if value >= 0xFF00 && value < 0x10000 { return false }
    return hasMarkCategory(value)
}

@inline(never)
private func hasMarkCategory(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
}

/// Says whether a scalar is a control character other than tab, line feed and carriage return.
@inline(__always)
func isRefusedControl(_ value: UInt32) -> Bool {
    if value < 0x20 { return value != 0x09 && value != 0x0A && value != 0x0D }
    return value >= 0x7F && value < 0xA0
}
