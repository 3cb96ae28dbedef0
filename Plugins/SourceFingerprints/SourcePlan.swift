import Foundation
import PackagePlugin

/// The modules and files that the tool has to read for a target, in the form that it reads them.
struct SourcePlan {
  /// The modules of the engine, which runs steps but is no part of them: what a cached result depends on in it has a
  /// version of its own.
  private static let engine: Set<String> = ["Dataflow", "DataflowMacros", "DataflowPlugin"]

  private(set) var inputs: [URL] = []
  private var lines: [String] = []
  private var packages: [Target.ID: Package] = [:]
  private let root: Package.ID
  private let pins: [String: String]

  init(of target: any Target, in package: Package) {
    root = package.id
    pins = Self.pins(in: package)
    index(package)
    lines.append("target \(Self.moduleName(of: target))")
    var isListed: Set<Target.ID> = []
    for module in [target] + target.recursiveTargetDependencies
    where !Self.engine.contains(module.name) && isListed.insert(module.id).inserted {
      add(module)
    }
  }

  /// Leaves a plan alone that says the same already.
  func write(to file: URL) throws {
    let text = Data((lines.joined(separator: "\n") + "\n").utf8)
    guard (try? Data(contentsOf: file)) != text else { return }
    try text.write(to: file, options: .atomic)
  }

  private mutating func index(_ package: Package) {
    guard !packages.values.contains(where: { $0.id == package.id }) else { return }
    for target in package.targets { packages[target.id] = package }
    for dependency in package.dependencies { index(dependency.package) }
  }

  // MARK: Modules

  private mutating func add(_ target: any Target) {
    guard let package = packages[target.id] else { return }
    if let revision = revision(of: package) {
      lines += ["module package \(Self.moduleName(of: target))", "fact package \(package.id) \(revision)"]
    } else {
      lines += ["module \(Self.kind(of: target)) \(Self.moduleName(of: target))"]
      lines.append("folder \(target.directoryURL.path.trimmingSuffix("/"))")
      let manifest = package.directoryURL.appending(path: "Package.swift")
      lines.append("manifest \(manifest.path)")
      if !inputs.contains(manifest) { inputs.append(manifest) }
      if let module = target as? SwiftSourceModuleTarget {
        lines += module.compilationConditions.map { "fact condition \($0)" }
      }
      let files = Self.files(of: target)
      lines += files.map { "file \($0.path)" }
      inputs += files
    }
    lines += used(by: target).map { "uses \($0)" }
  }

  /// What a package from elsewhere is known by; nil for one whose sources are read: the one that the target is in, and
  /// those that lie in a folder of the user's.
  private func revision(of package: Package) -> String? {
    guard package.id != root else { return nil }
    switch package.origin {
    case .repository(let url, let version, let revision):
      // Not every SwiftPM tells the revision.
      return "\(url) \(version) \(pins[package.id.lowercased()] ?? revision)"
    case .registry(let identity, let version): return "\(identity) \(version)"
    default: return nil
    }
  }

  /// The revisions in the package's `Package.resolved`, if it is the root's and so has one.
  private static func pins(in package: Package) -> [String: String] {
    struct Resolved: Decodable {
      struct Pin: Decodable {
        struct State: Decodable { var revision: String? }
        var identity: String
        var state: State
      }
      var pins: [Pin]
    }
    let file = package.directoryURL.appending(path: "Package.resolved")
    guard let data = try? Data(contentsOf: file),
      let resolved = try? JSONDecoder().decode(Resolved.self, from: data)
    else { return [:] }
    return Dictionary(resolved.pins.map { ($0.identity, $0.state.revision ?? "") }, uniquingKeysWith: { $1 })
  }

  private func used(by target: any Target) -> [String] {
    var names: Set<String> = []
    for dependency in target.dependencies {
      switch dependency {
      case .target(let target): names.insert(Self.moduleName(of: target))
      case .product(let product): names.formUnion(product.targets.map(Self.moduleName))
      @unknown default: continue
      }
    }
    return names.subtracting(Self.engine).sorted()
  }

  private static func kind(of target: any Target) -> String {
    guard let module = target as? SwiftSourceModuleTarget else { return "foreign" }
    return module.kind == .macro ? "macro" : "swift"
  }

  private static func moduleName(of target: any Target) -> String {
    (target as? any SourceModuleTarget)?.moduleName ?? target.name
  }

  // MARK: Files

  private static func files(of target: any Target) -> [URL] {
    if let module = target as? SwiftSourceModuleTarget {
      return module.sourceFiles.filter { $0.type != .unknown }.map(\.url).sorted { $0.path < $1.path }
    }
    if let artifact = target as? BinaryArtifactTarget { return files(in: artifact.artifactURL) }
    return files(in: target.directoryURL)
  }

  /// All files of a C module: its headers are code of whoever imports it.
  private static func files(in folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    let files = (found?.allObjects ?? []).compactMap { $0 as? URL }.filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    }
    return (found == nil || files.isEmpty ? [folder] : files).sorted { $0.path < $1.path }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
