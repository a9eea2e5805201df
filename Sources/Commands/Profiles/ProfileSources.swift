import Casework
import Exchange
import Foundation
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

    /// Whether this machine has no database yet, so that what one would be set up with is meant. One that is there and
    /// cannot be opened, because a server has it, is no reason to answer with another profile than the published one.
    func isWithoutDatabase() throws -> Bool {
        guard try remoteService() == nil, case .sqlite(let path) = try databaseAddress() else { return false }
        return !FileManager.default.fileExists(atPath: path)
    }

    /// The profile itself, for what is worked out here: a file, one that the program has, or, where there is no
    /// program, one of the data directory.
    func profile(choice: String) async throws -> (title: String, profile: ScoringProfile) {
        if isFile(choice) { return (choice, try profileDocument(choice)) }
        if try isWithoutDatabase() {
            let profile = try profile(named: choice)
            return (profile.reference, profile)
        }
        let view = try await withService {
            try await $0.call(ProfileOperations.show, ProfileInput(profile: choice))
        }
        return (view.reference, try view.profile())
    }
}
