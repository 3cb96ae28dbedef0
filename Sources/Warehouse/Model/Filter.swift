/// Which documents of a collection are meant.
///
/// ```swift
/// let mine = articles.find(.authorID == ada.id && (.platform).isIn(["medium", "substack"]) && .publishedAt >= spring)
/// ```
///
/// A comparison means only documents whose field has a value of that kind: a missing field is not less than anything.
public struct Filter<D: Document>: Hashable, Sendable {
  let condition: FilterCondition

  /// Every document.
  public static var all: Filter { Filter(condition: .all([])) }

  /// Documents that both filters mean.
  public static func && (left: Filter, right: Filter) -> Filter {
    Filter(condition: .all([left.condition, right.condition]))
  }

  /// Documents that one or both of the filters mean.
  public static func || (left: Filter, right: Filter) -> Filter {
    Filter(condition: .any([left.condition, right.condition]))
  }

  /// Documents that the filter does not mean.
  public static prefix func ! (filter: Filter) -> Filter {
    Filter(condition: .not(filter.condition))
  }
}
