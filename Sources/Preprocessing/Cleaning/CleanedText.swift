/// A cleaned text, and what was taken out of it that a reader would miss.
public struct CleanedText: Hashable, Sendable {
  /// The text.
  public var text: String
  /// How many pieces of personal data were replaced, of each kind.
  public var personalData: [PersonalDataKind: Int]
  /// How many lines of boilerplate were left out.
  public var boilerplateLines: Int

  /// Makes one; see the properties.
  public init(text: String, personalData: [PersonalDataKind: Int] = [:], boilerplateLines: Int = 0) {
    self.text = text
    self.personalData = personalData
    self.boilerplateLines = boilerplateLines
  }
}
