import Foundation

/// A folder of its own with a few offers and wishes, and the built program to try on them.
protocol SampleSession {
    var folder: URL { get }
}

extension SampleSession {
    static var data: String { DataDirectoryTests.root.appending(path: "Data").path }

    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-session-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    func fill() throws {
        try write(
            "offers.yaml",
            """
            kind: offers
            source: sample
            fields: {externalID: id, party.externalID: party, party.name: party, category: item, quantity: count,
              area: place, text: words}
            """)
        try write(
            "wishes.yaml",
            "kind: wishes\nsource: sample\nfields: {externalID: id, category: item, quantity: count, area: place, text: words}\n"
        )
        try write(
            "offers.csv",
            """
            id,party,item,count,place,words
            O-1,示例甲厂,轮椅,3,虎门,折叠轮椅三台
            O-2,示例乙店,mobility.wheelchair,1,石龙,手推轮椅一台
            O-3,示例丙店,雪柜,2,虎门,旧雪柜两台
            """)
        try write(
            "wishes.csv",
            """
            id,item,count,place,words
            W-1,轮倚,1,虎门,想要一台轮椅
            W-2,appliance.fridge,1,石龙,一台电冰箱
            """)
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    @discardableResult
    func run(_ arguments: String..., language: String = "en") throws -> ProgramTests.Outcome {
        try ProgramTests.run(
            arguments + ["--data", Self.data, "--lang", language], environment: ["NO_COLOR": "1"], folder: folder)
    }

    /// Makes the database and imports the sample.
    func load() throws {
        for arguments in [
            ["init"], ["import", "offers", "offers.csv", "--map", "offers.yaml"],
            ["import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--approved"],
        ] {
            let outcome = try ProgramTests.run(
                arguments + ["--data", Self.data, "--lang", "en"], environment: ["NO_COLOR": "1"], folder: folder)
            guard outcome.status == 0 else { throw SampleFault(description: outcome.output + outcome.error) }
        }
    }

    var database: String { folder.appending(path: "almoner.db").path }
}

/// The sample itself could not be set up.
struct SampleFault: Error, CustomStringConvertible {
    let description: String
}
