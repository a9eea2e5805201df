import Casework
import Exchange
import MatchCore
import Operations
import Storage
import Wire

/// What a profile is named by on the command line: a `.yaml` file, or what the program knows it by.
extension Session {
    private func isFile(_ choice: String) -> Bool {
        choice == "-" || choice.hasSuffix(".yaml") || choice.hasSuffix(".yml")
    }

    /// For an operation: the name, or the content of the file.
    func profileSource(_ choice: String) throws -> ProfileSource {
        guard isFile(choice) else { return ProfileSource(name: choice) }
        let name = choice.split(separator: "/").last.map(String.init) ?? choice
        return ProfileSource(try profileDocument(choice), called: String(name.prefix(120)))
    }

    /// The profile itself, for what is worked out here: a file, one that the program has, or, where there is no program,
    /// one of the data directory.
    func profile(choice: String) async throws -> (title: String, profile: ScoringProfile) {
        if isFile(choice) { return (choice, try profileDocument(choice)) }
        if options.server == nil, environment["ALMONER_SERVER"] == nil,
            (try? Store.open(self, forWriting: false).close()) == nil
        {
            let profile = try profile(named: choice)
            return (profile.reference, profile)
        }
        let view = try await withService {
            try await $0.call(ProfileOperations.show, ProfileInput(profile: choice))
        }
        return (view.reference, try view.profile())
    }
}
