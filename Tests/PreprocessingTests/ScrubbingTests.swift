import Domain
import Preprocessing
import TestSupport
import Testing

struct ScrubbingTests {
  private func clean(_ text: String, _ kinds: Set<PersonalDataKind> = Set(PersonalDataKind.allCases)) -> CleanedText {
    Cleaner(CleaningConfiguration(personalData: kinds)).cleaned(rawDocument(text))
  }

  @Test func `nothing is replaced unless it is asked for`() {
    let text = "Write to ada@engines.uk or ring +44 20 7946 0958."
    #expect(Cleaner().cleaned(rawDocument(text)) == CleanedText(text: text))
  }

  @Test func `personal data is replaced by its kind and counted, in code and behind entities, too`() {
    let cleaned = clean(
      """
      Write to ada@engines.uk, bob@looms.fr or eve&#64;cards.de.

      ```
      key = AKIAQ7X2M4N8P1R5T9W3  # by ada@engines.uk
      ```
      """)
    #expect(
      cleaned.text == """
        Write to [email], [email] or [email].

        ```
        key = [secret]  # by [email]
        ```
        """)
    #expect(cleaned.personalData == [.email: 4, .secret: 1])
  }

  @Test func `only the kinds that are asked for are replaced`() {
    let cleaned = clean("ada@engines.uk, +44 20 7946 0958", [.phone])
    #expect(cleaned.text == "ada@engines.uk, [phone]" && cleaned.personalData == [.phone: 1])
  }

  @Test func `source files and the handbook's rule are scrubbed, too`() {
    let cleaner = Cleaner(CleaningConfiguration(personalData: [.email]))
    let source = cleaner.cleaned(rawDocument("// by ada@engines.uk\n", category: .repositories, path: "a.swift"))
    #expect(source == CleanedText(text: "// by [email]\n", personalData: [.email: 1]))
    let handbook = Cleaner(CleaningConfiguration(strategy: .handbook, personalData: [.email]))
    #expect(handbook.cleaned(markdown: "by ada@engines.uk.").text == "by email .")
  }

  @Test func `what shows only once its neighbour is gone is replaced, too`() {
    #expect(ScrubbedText("ada@engines.uk+44 20 7946 0958").text == "[email][phone]")
  }

  @Test func `scrubbing a scrubbed text changes nothing`() {
    let pieces = [
      "ada@engines.uk", "+44 20 7946 0958", "212-736-5000", "AKIAQ7X2M4N8P1R5T9W3", "password = \"k7Qm2xV9pL\"", "`",
      "```\n", "4539 1488 0343 6467", " ", "\n", ".", "&#64;", "12 Elm Street", "@", "+", "-----BEGIN PRIVATE KEY-----",
      "-----END ", "word", "/", "=", "é",
    ]
    for seed in 0..<300 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = (0..<Int.random(in: 1...25, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }.joined()
      let once = clean(text)
      #expect(clean(once.text) == CleanedText(text: once.text), "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test func `the fingerprint changes only with what is asked for`() {
    let plain = Cleaner().fingerprint
    #expect(Cleaner(CleaningConfiguration(boilerplate: nil)).fingerprint == plain)
    let configurations: [Set<PersonalDataKind>] = [[], [.email], [.phone], [.email, .phone]]
    let fingerprints = configurations.map { Cleaner(CleaningConfiguration(personalData: $0)).fingerprint }
    #expect(Set(fingerprints).count == configurations.count && fingerprints[0] == plain)
  }

  @Test(arguments: [
    "sk-", "sk-.", "-----BEGIN PRIVATE KEY-----\n", "password=\"", "1 Aa ", "+1", "a@", "1-", "AB12 ", "eyJhbGciOi.",
  ])
  func `a text of beginnings alone is searched in linear time`(unit: String) {
    let text = String(repeating: unit, count: 4000)
    #expect(personalData(in: text).allSatisfy { $0.end <= text.utf8.count })
  }
}
