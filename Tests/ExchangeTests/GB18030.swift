import Glibc

/// Encodes a text as GB18030 for the tests.
func convertedToGB18030(_ text: String) -> [UInt8] {
    let converter = iconv_open("GB18030", "UTF-8")
    defer { iconv_close(converter) }
    var input = Array(text.utf8)
    var output = [UInt8](repeating: 0, count: input.count * 4 + 16)
    var inputLeft = input.count
    var outputLeft = output.count
    let result = input.withUnsafeMutableBytes { from in
        output.withUnsafeMutableBytes { to in
            var source = from.baseAddress?.assumingMemoryBound(to: CChar.self)
            var target = to.baseAddress?.assumingMemoryBound(to: CChar.self)
            return iconv(converter, &source, &inputLeft, &target, &outputLeft)
        }
    }
    precondition(result != -1)
    return Array(output.dropLast(outputLeft))
}
