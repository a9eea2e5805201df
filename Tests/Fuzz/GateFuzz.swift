// Compiled together with Sources/InputGate by `make fuzz`; no target of the package, because libFuzzer brings its own main.

/// Lets libFuzzer try bytes on the gate: it must neither trap nor take long, and what it lets in must be what it promises.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryOnGate(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var json = GateLimits.json
    // Small enough for the fuzzer to reach.
    (json.maximumDepth, json.maximumTokens) = (8, 500)
    if (try? JSONGate(limits: json).check(bytes)) != nil {
        promise(json, bytes)
        // Space around it and texts inside it change nothing.
        precondition((try? JSONGate(limits: json).check([0x20] + bytes + [0x0A])) != nil, "space matters")
        precondition((try? JSONGate(limits: json).check(bytes + [UInt8(ascii: "}")])) == nil, "something may follow")
    }
    for limits in [GateLimits.query, .path, .form, .cell, .login, .search] {
        if (try? TextGate(limits: limits).check(bytes)) != nil { promise(limits, bytes) }
    }
    return 0
}

private func promise(_ limits: GateLimits, _ bytes: [UInt8]) {
    precondition(bytes.count <= limits.maximumBytes, "too long")
    guard let text = String(validating: bytes, as: UTF8.self) else { preconditionFailure("not UTF-8") }
    var (run, count) = (0, 0)
    for scalar in text.unicodeScalars {
        count += 1
        precondition(scalar.value >= 0x20 || [0x09, 0x0A, 0x0D].contains(scalar.value), "a control character")
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: run += 1
        default: run = 0
        }
        precondition(run <= limits.maximumCombiningRun, "a long run of marks")
    }
    precondition(count <= limits.maximumScalars, "too many scalars")
}
