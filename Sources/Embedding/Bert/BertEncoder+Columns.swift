import CEncoderKernels
import COneDNN

extension BertEncoder {
  /// The most rows of which several threads compute columns instead of rows.
  ///
  /// Few rows are multiplied faster than the weights come from memory: then each thread reads a part of them. With more it
  /// pays that threads take rows each, and need not wait for each other so often.
  static let mostSharedRows = 48

  /// Computes one member's columns of all layers. What is between the products every member does for itself: that takes
  /// less than to wait once more.
  func encodeColumns(_ group: TextGroup, member: Int, of members: Int, in team: Team) {
    twin_onednn_use_calling_thread()
    let rows = group.rows
    let (worker, workspace) = (team.workers[member], team.workspace)
    guard let update = workspace.update, let activations = workspace.activations else { return }
    let states = member == 0 ? workspace.states : worker.states
    let heads = configuration.headCount * member / members..<configuration.headCount * (member + 1) / members
    var meetings = 0
    func meet() {
      meetings += 1
      team.meet(members: members, time: meetings)
    }
    func columns(of linear: PackedLinear, _ compute: (Range<Int>) -> Void) {
      let columns = linear.columns(of: member, in: members)
      if !columns.isEmpty { compute(columns) }
      meet()
    }
    embedTokens(of: group, rows: 0..<rows, in: states)
    for (index, layer) in layers.enumerated() {
      let inputs = workspace.attentionInputs(layer: index)
      columns(of: layer.attentionInput) {
        worker.project(states, rows: rows, by: layer.attentionInput, columns: $0, to: inputs)
      }
      attend(group, rows: 0..<rows, heads: heads, inputs: inputs, workspace: workspace, worker: worker)
      meet()
      columns(of: layer.attentionOutput) {
        worker.update(
          from: worker.attended(workspace.context.start, rows: rows, for: layer.attentionOutput), rows: rows,
          by: layer.attentionOutput, columns: $0, to: update)
      }
      worker.addAndNormalize(update, to: states, rows: rows, by: layer.attentionNormalization)
      columns(of: layer.intermediate) {
        worker.activate(states, rows: rows, by: layer.intermediate, columns: $0, to: activations)
      }
      columns(of: layer.output) {
        worker.update(from: activations.start, rows: rows, by: layer.output, columns: $0, to: update)
      }
      worker.addAndNormalize(update, to: states, rows: rows, by: layer.outputNormalization)
    }
  }
}
