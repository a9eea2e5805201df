internal import Foundation

extension String {
    /// The text in Unicode's composed form (NFC), so that equal texts have equal bytes.
    ///
    /// Most texts need nothing: below U+0300 and among ideographs and Hangul syllables everything is composed.
    var composed: String {
        let isPlain = unicodeScalars.allSatisfy { scalar in
            scalar.value < 0x300 || (0x3400..<0xA000).contains(scalar.value) || (0xAC00..<0xD7A4).contains(scalar.value)
                || (0xFF00..<0x10000).contains(scalar.value) || (0x3000..<0x302A).contains(scalar.value)
        }
        return isPlain ? self : precomposedStringWithCanonicalMapping
    }
}
