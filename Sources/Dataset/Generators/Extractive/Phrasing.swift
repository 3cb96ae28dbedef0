import Domain

/// Chooses a wording by hash: the same place gives the same words, different places vary.
func choose(_ wordings: [String], by key: String) -> String {
  let digest = ContentHash(of: key).hexadecimal.prefix(8)
  let number = UInt32(digest, radix: 16) ?? 0
  return wordings.isEmpty ? "" : wordings[Int(number % UInt32(wordings.count))]
}

/// Wordings of the instructions; each list is of one kind of request.
enum Phrasing {
  static func noun(_ topic: String) -> [String] {
    [
      "Explain \(topic).", "Tell me about \(topic).", "What should I know about \(topic)?",
      "Can you walk me through \(topic)?", "Give me an overview of \(topic).", "How would you explain \(topic)?",
      "I keep hearing about \(topic). What is it about?", "Describe \(topic) in your own words.",
      "What can you tell me about \(topic)?", "Help me understand \(topic).", "Could you explain \(topic)?",
      "Write a few paragraphs about \(topic).",
    ]
  }

  static func task(_ task: String) -> [String] {
    [
      "How do I \(task)?", "Show me how to \(task).", "Explain how to \(task).", "What does it take to \(task)?",
      "How would you \(task)?", "Walk me through how to \(task).", "I want to \(task). How should I go about it?",
      "What is your approach when you \(task)?",
    ]
  }

  static func activity(_ activity: String) -> [String] {
    [
      "How do you go about \(activity)?", "Walk me through \(activity).", "What should I know before \(activity)?",
      "Explain what \(activity) involves.", "What is your approach to \(activity)?", "Tell me about \(activity).",
    ]
  }

  static func aspect(_ aspect: String, of topic: String, isPlural: Bool) -> [String] {
    let (does, comes) = isPlural ? ("do", "come") : ("does", "comes")
    return [
      "What should I know about \(aspect) when it comes to \(topic)?", "What role \(does) \(aspect) play in \(topic)?",
      "Tell me about \(aspect) with regard to \(topic).",
      "I'm reading about \(topic). Where \(does) \(aspect) come in?",
      "Why \(does) \(aspect) matter in \(topic)?", "Explain how \(aspect) \(comes) into \(topic).",
      "In \(topic), what matters about \(aspect)?",
    ]
  }

  static func opening(_ title: String) -> [String] {
    [
      "Write the opening of an article titled “\(title)”.", "How would you introduce an article called “\(title)”?",
      "Draft an introduction for the article “\(title)”.", "Start an article with the title “\(title)”.",
      "Write the first paragraphs of a piece named “\(title)”.",
    ]
  }

  static func conclusion(_ title: String) -> [String] {
    [
      "Write the conclusion of an article titled “\(title)”.", "How would you wrap up an article called “\(title)”?",
      "Draft the closing paragraphs of “\(title)”.", "What do you conclude in “\(title)”?",
    ]
  }

  static func genericSection(_ section: String, in title: String) -> [String] {
    [
      "Write the section “\(section)” of an article titled “\(title)”.",
      "In an article called “\(title)”, what would you write under “\(section)”?",
      "Draft the part headed “\(section)” for the article “\(title)”.",
    ]
  }

  static func definition(_ term: String, verb: String) -> [String] {
    [
      "What \(verb) \(term)?", "Define \(term).", "How would you define \(term)?",
      "Explain briefly what \(term) \(verb).",
      "In short, what \(verb) \(term)?",
    ]
  }

  static func item(_ item: String, of topic: String) -> [String] {
    [
      "With regard to \(topic), explain “\(item)”.", "What does “\(item)” mean when it comes to \(topic)?",
      "Tell me about “\(item)” on the subject of \(topic).", "On \(topic): what is meant by “\(item)”?",
    ]
  }

  static func post(_ topic: String) -> [String] {
    [
      "Write a post about \(topic).", "Share your thoughts on \(topic) in a short post.",
      "Draft a social media post on \(topic).", "What would you post about \(topic)?",
      "Write a short post that makes a point about \(topic).",
    ]
  }

  static func code(_ kind: String, _ name: String, path: String) -> [String] {
    [
      "Write the \(kind) `\(name)` of `\(path)`.", "How is the \(kind) `\(name)` in `\(path)` implemented?",
      "Show me the \(kind) `\(name)` from `\(path)`.", "Implement the \(kind) `\(name)` as `\(path)` does.",
    ]
  }

  /// The same request, made distinct by its document.
  static func within(_ title: String, _ instruction: String) -> String {
    "With “\(title)” in mind: \(instruction)"
  }
}
