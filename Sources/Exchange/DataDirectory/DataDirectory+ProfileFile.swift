public import MatchCore

extension DataDirectory {
    /// Reads a profile from any file, in the form of those in `profiles/`; its revision is 0, as for any draft.
    public func draft(at file: String, descriptors: [ScorerDescriptor]) throws(DataFault) -> ScoringProfile {
        var profile = try ProfileFile(descriptors: descriptors).profile(in: try bytes(of: file), file: file)
        profile.revision = 0
        return profile
    }
}
