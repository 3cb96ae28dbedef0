import Foundation
import PackagePlugin

/// Gives a module the table of what its names can reach, as `moduleSources`, made anew whenever a source changes.
@main
struct SourceFingerprints: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    guard target is SwiftSourceModuleTarget else { return [] }
    let plan = SourcePlan(of: target, in: context.package)
    let planFile = context.pluginWorkDirectoryURL.appending(path: "plan.txt")
    let output = context.pluginWorkDirectoryURL.appending(path: "ModuleSources.swift")
    try plan.write(to: planFile)
    return [
      .buildCommand(
        displayName: "Fingerprinting the sources of \(target.name)",
        executable: try context.tool(named: "SourceFingerprinter").url,
        arguments: [planFile.path, output.path],
        inputFiles: plan.inputs + [planFile],
        outputFiles: [output])
    ]
  }
}
