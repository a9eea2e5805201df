// swift-tools-version: 6.2
import PackageDescription

// One line per scoring plugin: `Plugins/<Name>Scoring` with the type `<Name>Scorer`.
// The manifest is cached by its text, so the folders are listed here and never scanned;
// the test `everyPluginFolderIsListed` names a folder that is missing from this list.
let scorers: [String] = []

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
// The C functions of the same SQLite that GRDB links: parameters are bound by number and rows are read through them.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

var targets: [Target] = [
    .target(name: "MatchCore"),
    .testTarget(name: "MatchCoreTests", dependencies: ["MatchCore"]),
    .target(name: "CaseRecords", dependencies: ["MatchCore"]),
    .target(name: "Casework", dependencies: ["CaseRecords", "MatchCore"]),
    .target(name: "Storage", dependencies: ["CaseRecords", "Casework", "MatchCore", crypto, grdb, sqlite]),
    .target(name: "Commands", dependencies: ["MatchCore", argumentParser]),
    .executableTarget(name: "almoner", dependencies: ["Commands"]),
    .testTarget(name: "CommandsTests", dependencies: ["Commands", "MatchCore", argumentParser]),
]

for scorer in scorers {
    targets.append(
        .target(
            name: "\(scorer)Scoring", dependencies: ["MatchCore"], path: "Plugins/\(scorer)Scoring",
            exclude: ["README.md"]))
}

for target in targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
    ]
}

let package = Package(
    name: "almoner",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
