import ArgumentParser

@main
struct Twin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "twin")
}
