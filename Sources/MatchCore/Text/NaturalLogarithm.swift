#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum NaturalLogarithm {
    static func of(_ value: Double) -> Double { log(value) }
}
