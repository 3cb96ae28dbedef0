#if canImport(SwiftCompilerPlugin)
  import SwiftCompilerPlugin
  import SwiftSyntaxMacros

  @main
  struct Plugin: CompilerPlugin {
    let providingMacros: [any Macro.Type] = []
  }
#else
  @_spi(PluginMessage) import SwiftCompilerPluginMessageHandling
  import SwiftSyntaxMacros

  /// The toolchain's copy of swift-syntax has no `SwiftCompilerPlugin`; this is what that module does.
  @main
  struct Plugin: PluginProvider {
    let providingMacros: [any Macro.Type] = []

    func resolveMacro(moduleName: String, typeName: String) throws -> any Macro.Type {
      struct Unknown: Error {}
      throw Unknown()
    }

    static func main() throws {
      let connection = try StandardIOMessageConnection()
      try CompilerPluginMessageListener(connection: connection, provider: Plugin()).main()
    }
  }
#endif
