// swift-tools-version: 6.2
import PackageDescription

// One line per scoring plugin: `Plugins/<Name>Scoring` with the type `<Name>Scorer`.
// The manifest is cached by its text, so the folders are listed here and never scanned;
// the test `everyPluginFolderIsListed` names a folder that is missing from this list.
let scorers: [String] = [
    "AvailabilityFit",
    "CategoryFit",
    "DonorPreference",
    "FairShare",
    "LanguageFit",
    "Proximity",
    "QuantityFit",
    "Rule",
    "ServiceArea",
    "SkillFit",
    "TextSimilarity",
    "Trust",
    "Urgency",
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
// The C functions of the same SQLite that GRDB links: parameters are bound by number and rows are read through them.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let scorerModules: [Target.Dependency] = scorers.map { .target(name: "\($0)Scoring") }

var targets: [Target] = [
    .target(name: "MatchCore"),
    .testTarget(name: "MatchCoreTests", dependencies: ["MatchCore"]),
    // Checks what MatchCore's planner claims; it depends on nothing, so that no fault is shared.
    .target(name: "PlanCheck"),
    .testTarget(name: "PlanCheckTests", dependencies: ["MatchCore", "PlanCheck"]),
    .target(name: "CaseRecords", dependencies: ["MatchCore"]),
    .target(name: "Casework", dependencies: ["CaseRecords", "MatchCore", crypto]),
    .target(name: "Storage", dependencies: ["CaseRecords", "Casework", "MatchCore", crypto, grdb, sqlite]),
    .target(name: "InputGate"),
    .testTarget(name: "InputGateTests", dependencies: ["InputGate"]),
    .target(name: "Exchange", dependencies: ["InputGate", "MatchCore", yams]),
    .testTarget(name: "ExchangeTests", dependencies: ["Exchange", "InputGate", "MatchCore"]),
    .target(name: "DemoCity", dependencies: ["Exchange", "InputGate", "MatchCore"]),
    .testTarget(
        name: "DemoCityTests",
        dependencies: ["CaseRecords", "Casework", "DemoCity", "Exchange", "InputGate", "MatchCore"]),
    .target(name: "AlmonerTesting", dependencies: ["Casework", "MatchCore", "Storage"]),
    .executableTarget(name: "StorageProbe", dependencies: ["Storage"], path: "Tests/StorageProbe"),
    .executableTarget(
        name: "CaseworkProbe", dependencies: ["AlmonerTesting", "Casework", "MatchCore", "Storage"],
        path: "Tests/CaseworkProbe"),
    .testTarget(
        name: "StorageTests",
        dependencies: [
            "AlmonerTesting", "CaseRecords", "Casework", "CaseworkProbe", "MatchCore", "Storage", "StorageProbe",
        ]),
    .target(name: "ScorerCatalog", dependencies: ["MatchCore"] + scorerModules),
    .testTarget(
        name: "ScorerCatalogTests", dependencies: ["AlmonerTesting", "MatchCore", "ScorerCatalog"] + scorerModules),
    .testTarget(
        name: "MatchingTests", dependencies: ["AlmonerTesting", "Casework", "MatchCore", "ScorerCatalog", "Storage"]),
    .testTarget(name: "AlmonerTestingTests", dependencies: ["AlmonerTesting", "MatchCore"]),
    .testTarget(name: "CaseworkTests", dependencies: ["Casework", "MatchCore", crypto, yams]),
    .target(
        name: "Commands",
        dependencies: [
            "Benchmarks", "Casework", "DemoCity", "Exchange", "InputGate", "MatchCore", "PlanCheck", "ScorerCatalog",
            "Storage", argumentParser,
        ]),
    .target(name: "Benchmarks", dependencies: ["MatchCore"]),
    .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks", "MatchCore", "ScorerCatalog"]),
    .executableTarget(name: "almoner", dependencies: ["Commands"]),
    .testTarget(
        name: "CommandsTests",
        dependencies: [
            "AlmonerTesting", "Casework", "Commands", "Exchange", "MatchCore", "ScorerCatalog", "Storage", "almoner",
            argumentParser,
        ]),
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
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
