import Foundation

/// The shipped data directory with some of it put otherwise: what is not altered is linked, not copied.
enum AlteredData {
    /// Makes `folder/data` of all but the named folders, and returns its path.
    static func without(_ names: Set<String>, in folder: URL) throws -> String {
        let shipped = DataDirectoryTests.root.appending(path: "Data")
        let made = folder.appending(path: "data")
        try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
        for entry in try FileManager.default.contentsOfDirectory(atPath: shipped.path) where !names.contains(entry) {
            try FileManager.default.createSymbolicLink(
                at: made.appending(path: entry), withDestinationURL: shipped.appending(path: entry))
        }
        return made.path
    }

    /// With a demo city of a few streets, so that whoever matches, previews or plans over it is done in a moment.
    static func smallCity(in folder: URL, wishes: Int = 90) throws -> String {
        let data = try without(["demo"], in: folder)
        let shipped = DataDirectoryTests.root.appending(path: "Data").path
        let made = try ProgramTests.run(
            [
                "demo", "generate", "--seed", "3", "--wishes", "\(wishes)", "--parties", "60", "--offers", "150",
                "--out",
                data + "/demo", "--data", shipped,
            ], folder: folder)
        guard made.status == 0 else { throw SampleFault(description: made.output + made.error) }
        // What groups, skills and languages are called.
        try FileManager.default.createSymbolicLink(
            atPath: data + "/demo/phrases", withDestinationPath: shipped + "/demo/phrases")
        return data
    }

    /// With another rule of what counts as satisfied.
    static func satisfied(from stars: Int, unsatisfiedUpTo few: Int, in folder: URL) throws -> String {
        try casework(
            "satisfaction.yaml", "satisfiedFrom: \(stars)\nunsatisfiedUpTo: \(few)\n", in: folder)
    }

    /// With another file of the rules of casework.
    static func casework(_ name: String, _ text: String, in folder: URL) throws -> String {
        let data = try without(["casework"], in: folder)
        let shipped = DataDirectoryTests.root.appending(path: "Data/casework")
        let own = URL(filePath: data).appending(path: "casework")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        for entry in try FileManager.default.contentsOfDirectory(atPath: shipped.path) where entry != name {
            try FileManager.default.createSymbolicLink(
                at: own.appending(path: entry), withDestinationURL: shipped.appending(path: entry))
        }
        try Data(text.utf8).write(to: own.appending(path: name))
        return data
    }
}
