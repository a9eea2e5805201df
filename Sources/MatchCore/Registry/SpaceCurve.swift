/// A Z-order curve over the cube that holds the Earth: places that are near mostly have near numbers.
enum SpaceCurve {
    /// 63 bits: the upper 21 bits of each coordinate, interleaved.
    static func index(x: Int32, y: Int32, z: Int32) -> UInt64 {
        spread(x) << 2 | spread(y) << 1 | spread(z)
    }

    /// Puts two zeros between the bits of a number.
    private static func spread(_ coordinate: Int32) -> UInt64 {
        // Coordinates lie in −2³⁰…2³⁰: shifted to 0…2³¹, of which the upper 21 bits tell 6 metres apart.
        var bits = UInt64((Int64(coordinate) + 1 << 30) >> 10) & 0x1F_FFFF
        bits = (bits | bits << 32) & 0x001F_0000_0000_FFFF
        bits = (bits | bits << 16) & 0x001F_0000_FF00_00FF
        bits = (bits | bits << 8) & 0x100F_00F0_0F00_F00F
        bits = (bits | bits << 4) & 0x10C3_0C30_C30C_30C3
        bits = (bits | bits << 2) & 0x1249_2492_4924_9249
        return bits
    }
}
