/// Which part of a sample training is to count: the setting `dataset.train_on`, told in the card and in `dataset.json`.
///
/// It changes no row; trainers have a switch of their own for it (TRL: `assistant_only_loss`, `completion_only_loss`).
public enum TrainedText: String, Codable, CaseIterable, Sendable {
  /// The answers alone: what is asked is given, and not to be learnt.
  case answers
  /// System message, instruction and answer alike.
  case everything
}
