// swift-tools-version: 6.3
import CompilerPluginSupport
import Foundation
import PackageDescription

// The settings of every target of ours. The upcoming features keep imports internal by default, so that a
// library's public API names only what it means to.
let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

// swift-syntax costs minutes to build. `TWIN_TOOLCHAIN_SYNTAX` names the folder of the copy that ships inside the
// toolchain (`scripts/toolchain-syntax` finds it); without it the package is an ordinary dependency, and this
// manifest has no unsafe flags, so that other packages can depend on it.
let toolchainSyntax = Context.environment["TWIN_TOOLCHAIN_SYNTAX"].flatMap { $0.isEmpty ? nil : $0 }

let syntaxPackage: [Package.Dependency] =
  toolchainSyntax == nil
  ? [.package(url: "https://github.com/swiftlang/swift-syntax", "603.0.0"..<"604.0.0")] : []
let syntaxProducts: [Target.Dependency] =
  toolchainSyntax == nil
  ? [
    .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
    .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
    .product(name: "SwiftSyntaxMacroExpansion", package: "swift-syntax"),
    .product(name: "SwiftParser", package: "swift-syntax"),
    .product(name: "SwiftDiagnostics", package: "swift-syntax"),
  ] : []
let syntaxSwiftSettings: [SwiftSetting] = toolchainSyntax.map { [.unsafeFlags(["-I", $0])] } ?? []
let syntaxLinkerSettings: [LinkerSetting] =
  toolchainSyntax.map { [.unsafeFlags(["-L", $0, "-Xlinker", "-rpath", "-Xlinker", $0])] } ?? []

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// A library of ours with the common settings; its folder is `Sources/<name>`.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// The tests of one library, in `Tests/<name>Tests`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
    path: "Tests/\(name)Tests",
    exclude: exclude,
    resources: resources,
    swiftSettings: swiftSettings)
}

let libraries = [
  "Domain", "Dataflow", "DataflowMacros", "HTTP", "Storage", "BSON", "Tokenizers", "Crawling", "Warehouse",
  "Preprocessing", "Embedding", "VectorStore", "LanguageModel", "Dataset", "Pipelines",
]

let package = Package(
  name: "twin",
  platforms: [.macOS(.v26)],
  products: libraries.map { .library(name: $0, targets: [$0]) }
    + [
      .executable(name: "twin", targets: ["TwinCommand"]),
      .plugin(name: "SourceFingerprints", targets: ["SourceFingerprints"]),
    ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ] + syntaxPackage,
  targets: [
    // C libraries: a module map and a shim header each.
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CDotProducts"),
    .systemLibrary(name: "CMongoc", pkgConfig: "libmongoc-1.0", providers: [.apt(["libmongoc-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

    // What an encoder computes between its matrix products, for several processors.
    .target(name: "CEncoderKernels"),

    // What things are.
    library("Domain", [crypto]),

    // How many tasks may do something at a time.
    library("Concurrency", []),

    // The engine, which knows nothing of twins.
    library("Dataflow", ["Concurrency", crypto]),
    .macro(
      name: "DataflowPlugin",
      dependencies: syntaxProducts + ["SourceFingerprinting"],
      swiftSettings: swiftSettings + syntaxSwiftSettings,
      linkerSettings: syntaxLinkerSettings),
    library("DataflowMacros", ["Dataflow", "DataflowPlugin"]),

    // Code versions: at build time, what the names of a module can reach.
    library("SourceFingerprinting", []),
    .executableTarget(
      name: "SourceFingerprinter", dependencies: ["SourceFingerprinting"], swiftSettings: swiftSettings),
    .plugin(name: "SourceFingerprints", capability: .buildTool(), dependencies: ["SourceFingerprinter"]),

    // What the domain libraries stand on.
    library("HTTP", ["CCurl", log]),
    library("Storage", [grdb]),
    library("BSON", ["CMongoc"]),
    library("Tokenizers", []),

    // The domain libraries.
    library("Crawling", ["Concurrency", "Domain", "HTTP", "CXML2", "CArchive", subprocess, systemPackage]),
    library("Warehouse", ["Domain", "Storage", "BSON", "CMongoc", crypto, grdb]),
    library("Preprocessing", ["Domain", "Tokenizers"]),
    library(
      "Embedding", ["Concurrency", "Domain", "HTTP", "Storage", "Tokenizers", "CEncoderKernels", "COneDNN", crypto]),
    library("VectorStore", ["Domain", "HTTP", "Storage", "CDotProducts", grdb]),
    library("LanguageModel", ["Concurrency", "Domain", "HTTP", "Storage", grdb, subprocess, systemPackage]),
    library("Dataset", ["Domain", "HTTP", "Preprocessing", "Embedding", "LanguageModel"]),

    // Where the engine and the domain libraries meet.
    .target(
      name: "Pipelines",
      dependencies: [
        "Dataflow", "DataflowMacros", "Domain", "HTTP", "Storage", "Tokenizers", "Crawling", "Warehouse",
        "Preprocessing", "Embedding", "VectorStore", "LanguageModel", "Dataset",
        crypto, .product(name: "Yams", package: "Yams"),
      ],
      path: "pipelines",
      swiftSettings: swiftSettings,
      plugins: ["SourceFingerprints"]),
    .executableTarget(
      name: "TwinCommand",
      dependencies: [
        "Pipelines",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),

    // Tests.
    .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
    .target(
      name: "TestSupport", dependencies: ["CSpawn"], path: "Tests/Support", swiftSettings: swiftSettings),
    tests("Domain"), tests("Concurrency"), tests("Dataflow"), tests("SourceFingerprinting", [crypto]),
    tests("HTTP", [log]), tests("Storage", [grdb]), tests("BSON"),
    tests("Tokenizers", exclude: ["Fixtures"]),
    tests("Crawling", ["Domain", "HTTP", "CXML2"]),
    .target(
      name: "WarehouseEntries", dependencies: ["Domain", "TestSupport", "Warehouse"], path: "Tests/WarehouseEntries",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "WarehouseWriter",
      dependencies: [
        "Domain", "TestSupport", "Warehouse", "WarehouseEntries",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/WarehouseWriter",
      swiftSettings: swiftSettings),
    tests(
      "Warehouse", ["Domain", "Storage", "BSON", "WarehouseEntries", "WarehouseWriter", grdb], exclude: ["Fixtures"]),
    tests("Preprocessing", ["Domain", "Tokenizers"], exclude: ["Fixtures"]),
    tests("Embedding", ["Domain", "Tokenizers"], exclude: ["Fixtures"]),
    tests("VectorStore", ["Domain", "HTTP", "Storage", grdb], exclude: ["Fixtures"]),
    tests("LanguageModel", ["HTTP", "Storage"]),
    tests("Dataset", ["Domain", "Preprocessing", "Embedding", "LanguageModel", "HTTP"], exclude: ["Fixtures"]),
    tests("Pipelines", ["Dataflow", "Domain"]),
    tests("TwinCommand"),
    .testTarget(
      name: "DataflowMacrosTests",
      dependencies: ["DataflowMacros", "DataflowPlugin", "Dataflow", "TestSupport"] + syntaxProducts,
      swiftSettings: swiftSettings + syntaxSwiftSettings,
      linkerSettings: syntaxLinkerSettings),
  ],
  swiftLanguageModes: [.v6]
)
