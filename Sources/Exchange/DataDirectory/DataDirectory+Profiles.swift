public import MatchCore

extension DataDirectory {
    /// The names of the scoring profiles that the directory holds.
    public var profileNames: [String] {
        files(in: "profiles", suffix: ".yaml").map { String($0.dropLast(5)) }
    }

    /// Reads `profiles/NAME.yaml` as revision 1 of that profile.
    ///
    /// - Parameter descriptors: the scorers that are built in. A scorer or parameter that is not among them is refused
    ///   with the one that comes closest, a value out of its range with the range.
    public func profile(named name: String, descriptors: [ScorerDescriptor]) throws(DataFault) -> ScoringProfile {
        guard profileNames.contains(name) else {
            let names = profileNames
            let list = names.joined(separator: ", ")
            let close = Suggestion(names).closest(to: name).first ?? list
            throw DataFault(
                .missing,
                LocalizedText(
                    zhHans: "没有评分方案“\(name)”。可用：\(close)。",
                    en: "There is no scoring profile '\(name)'. There is: \(close)."),
                file: path(of: "profiles"))
        }
        let file = path(of: "profiles/\(name).yaml")
        return try ProfileFile(descriptors: descriptors).profile(in: try bytes(of: file), file: file)
    }
}
