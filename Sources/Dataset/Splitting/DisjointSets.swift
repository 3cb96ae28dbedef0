/// Numbers that are joined into sets, the smallest of each being its name.
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  /// Makes the sets of two numbers one.
  mutating func join(_ first: Int, _ second: Int) {
    let (one, other) = (name(of: first), name(of: second))
    parents[max(one, other)] = min(one, other)
  }

  /// The sets, each in ascending order, by their names.
  mutating func sets() -> [[Int]] {
    var sets: [Int: [Int]] = [:]
    for number in parents.indices { sets[name(of: number), default: []].append(number) }
    return sets.sorted { $0.key < $1.key }.map(\.value)
  }

  private mutating func name(of number: Int) -> Int {
    var root = number
    while parents[root] != root {
      parents[root] = parents[parents[root]]
      root = parents[root]
    }
    return root
  }
}
