import SwiftSyntaxMacros

var macros: [any Macro.Type] { [PipelineMacro.self, StepMacro.self, CheckMacro.self] }

#if canImport(SwiftCompilerPlugin)
  import SwiftCompilerPlugin

  @main
  struct Plugin: CompilerPlugin {
    let providingMacros = macros
  }
#else
  @_spi(PluginMessage) import SwiftCompilerPluginMessageHandling

  /// The toolchain's copy of swift-syntax has no `SwiftCompilerPlugin`; this is what that module does.
  @main
  struct Plugin: PluginProvider {
    struct UnknownMacro: Error, CustomStringConvertible {
      let name: String
      var description: String { "this plug-in has no macro '\(name)'" }
    }

    func resolveMacro(moduleName: String, typeName: String) throws -> any Macro.Type {
      guard let macro = macros.first(where: { "\($0)" == typeName }) else {
        throw UnknownMacro(name: "\(moduleName).\(typeName)")
      }
      return macro
    }

    static func main() throws {
      let connection = try StandardIOMessageConnection()
      try CompilerPluginMessageListener(connection: connection, provider: Plugin()).main()
    }
  }
#endif
