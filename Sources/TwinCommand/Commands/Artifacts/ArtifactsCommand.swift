import ArgumentParser
import Pipelines

struct ArtifactsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "artifacts",
    abstract: "Lists, shows and exports what the steps of runs made.",
    discussion: """
      EXAMPLE
        twin artifacts list --config configs/sample.yaml
      """,
    subcommands: [List.self, Show.self, Export.self],
    defaultSubcommand: List.self)
}

/// How the artifact commands explain what may stand for an artifact.
let artifactReferenceHelp = """
  NAME is the newest version of what a step made, NAME@VERSION a certain one; an identifier may be cut short as long as \
  it names one. Where several pipelines have a step of that name, --pipeline says which is meant.
  """
