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
// RSA, with which directories sign.
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
// The C functions of the same SQLite that GRDB links: parameters are bound by number and rows are read through them.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let hummingbird: [Target.Dependency] = ["HummingbirdCore", "HummingbirdTLS"].map {
    .product(name: $0, package: "hummingbird")
}
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let nio: [Target.Dependency] =
    ["NIOCore", "NIOPosix", "NIOHTTP1"].map { .product(name: $0, package: "swift-nio") }
    + [.product(name: "NIOSSL", package: "swift-nio-ssl")]

let scorerModules: [Target.Dependency] = scorers.map { .target(name: "\($0)Scoring") }

var targets: [Target] = [
    // One instruction that Swift has no name for.
    .target(name: "CPrefetch"),
    .target(name: "MatchCore", dependencies: ["CPrefetch"]),
    .testTarget(name: "MatchCoreTests", dependencies: ["MatchCore"]),
    // Checks what MatchCore's planner claims; it depends on nothing, so that no fault is shared.
    .target(name: "PlanCheck"),
    .testTarget(name: "PlanCheckTests", dependencies: ["MatchCore", "PlanCheck"]),
    .target(name: "CaseRecords", dependencies: ["MatchCore"]),
    .target(name: "Casework", dependencies: ["CaseRecords", "MatchCore", crypto]),
    // libargon2, the reference implementation of Argon2.
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
    // Passwords of staff: hashed slowly on purpose, on threads of their own.
    .target(name: "Passwords", dependencies: ["CArgon2", "Casework", "MatchCore", "Wire"]),
    // The town's directory, which says who somebody is: OpenID Connect over libcurl.
    .target(
        name: "OpenID",
        dependencies: ["APIClient", "Casework", "InputGate", "MatchCore", "Wire", crypto, cryptoExtras]),
    .testTarget(name: "PasswordsTests", dependencies: ["Casework", "Passwords", "Wire"]),
    // libpq, PostgreSQL's own client.
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    // Keys of persons under a master key, and texts under them: no files, no database.
    .target(name: "Sealing", dependencies: ["MatchCore", crypto]),
    .testTarget(name: "SealingTests", dependencies: ["MatchCore", "Sealing"]),
    .target(
        name: "Storage",
        dependencies: ["CLibPQ", "CaseRecords", "Casework", "MatchCore", "Sealing", "Wire", crypto, grdb, sqlite]),
    .target(name: "InputGate"),
    .testTarget(name: "InputGateTests", dependencies: ["InputGate"]),
    .target(name: "Exchange", dependencies: ["InputGate", "MatchCore", yams]),
    .testTarget(name: "ExchangeTests", dependencies: ["Exchange", "InputGate", "MatchCore"]),
    // JSON as it goes over the wire: described once, checked, read, written, published as OpenAPI.
    .target(name: "Wire", dependencies: ["InputGate", "MatchCore"]),
    .testTarget(name: "WireTests", dependencies: ["InputGate", "MatchCore", "Wire"]),
    // What can be asked of a program, once for HTTP and the command line: inputs, answers, who may, what happens.
    .target(
        name: "Operations",
        dependencies: ["Casework", "Exchange", "InputGate", "MatchCore", "PlanCheck", "Wire", crypto],
        exclude: ["README.md"]),
    .testTarget(
        name: "OperationsTests",
        dependencies: ["Casework", "Exchange", "InputGate", "MatchCore", "Operations", "Wire"]),
    .target(
        name: "WebAPI",
        dependencies: [
            "CZlib", "Casework", "Exchange", "InputGate", "MatchCore", "Operations", "Wire", crypto, httpTypes, logging,
            serviceLifecycle,
        ] + hummingbird + nio),
    // libcurl, with functions that Swift can call.
    .target(name: "CLibCurl", linkerSettings: [.linkedLibrary("curl")]),
    .target(name: "APIClient", dependencies: ["CLibCurl", "MatchCore"]),
    .testTarget(name: "APIClientTests", dependencies: ["APIClient", "MatchCore"]),
    // What the service's benchmark compares with: Hummingbird answering fixed bytes.
    .executableTarget(
        name: "HTTPBaseline",
        dependencies: [
            .product(name: "Hummingbird", package: "hummingbird"), httpTypes, logging,
            .product(name: "NIOCore", package: "swift-nio"),
        ],
        path: "Tests/HTTPBaseline"),
    .testTarget(
        name: "WebAPITests",
        dependencies: [
            "AlmonerTesting", "Casework", "MatchCore", "Operations", "Storage", "WebAPI", "Wire", "almoner", httpTypes,
            logging, serviceLifecycle,
        ] + nio),
    // zlib, for the compression of answers.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // The routes, called without a socket.
    .testTarget(
        name: "RouteTests",
        dependencies: [
            "AlmonerTesting", "Casework", "Exchange", "MatchCore", "OpenID", "Operations", "Passwords", "PlanCheck",
            "ScorerCatalog", "Storage", "WebAPI", "Wire", crypto, cryptoExtras, httpTypes,
        ]),
    .target(name: "DemoCity", dependencies: ["Exchange", "InputGate", "MatchCore"]),
    .testTarget(
        name: "DemoCityTests",
        dependencies: ["CaseRecords", "Casework", "DemoCity", "Exchange", "InputGate", "MatchCore"]),
    .target(
        name: "AlmonerTesting",
        dependencies: ["Casework", "MatchCore", "Storage", "Wire", crypto, cryptoExtras]),
    .executableTarget(name: "StorageProbe", dependencies: ["Storage"], path: "Tests/StorageProbe"),
    .executableTarget(
        name: "CaseworkProbe", dependencies: ["AlmonerTesting", "Casework", "MatchCore", "Storage"],
        path: "Tests/CaseworkProbe"),
    .testTarget(
        name: "StorageTests",
        dependencies: [
            "AlmonerTesting", "CaseRecords", "Casework", "CaseworkProbe", "MatchCore", "Sealing", "Storage",
            "StorageProbe", grdb,
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
            "APIClient", "Benchmarks", "Casework", "DemoCity", "Exchange", "InputGate", "MatchCore", "OpenID",
            "Operations", "Passwords", "PlanCheck",
            "ScorerCatalog", "Sealing", "Storage", "WebAPI", "Wire", argumentParser, logging, serviceLifecycle,
            .product(name: "Configuration", package: "swift-configuration"),
            .product(name: "SystemPackage", package: "swift-system"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ] + nio),
    .target(name: "Benchmarks", dependencies: ["MatchCore"]),
    .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks", "MatchCore", "ScorerCatalog"]),
    .executableTarget(name: "almoner", dependencies: ["Commands"]),
    .testTarget(
        name: "CommandsTests",
        dependencies: [
            "AlmonerTesting", "Casework", "Commands", "Exchange", "MatchCore", "Operations", "PlanCheck",
            "ScorerCatalog",
            "Storage", "almoner", argumentParser,
        ]),
]

for scorer in scorers {
    targets.append(
        .target(
            name: "\(scorer)Scoring", dependencies: ["MatchCore"], path: "Plugins/\(scorer)Scoring",
            exclude: ["README.md"]))
}

for target in targets where target.type != .system && !["CLibCurl", "CPrefetch"].contains(target.name) {
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
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
