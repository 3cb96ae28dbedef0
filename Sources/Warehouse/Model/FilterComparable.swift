import BSON
public import Domain
public import Foundation

/// A value that filters, orders and groups compare fields with.
///
/// An enumeration of strings or numbers conforms by saying so:
///
/// ```swift
/// enum Course: String, Codable, FilterComparable { case starter, main, dessert }
/// ```
public protocol FilterComparable: Sendable {
  /// What the values are stored as.
  static var filterKind: FilterKind { get }
  /// The value as a scalar of the stores.
  var filterValue: FilterValue { get }
}

extension FilterComparable where Self: RawRepresentable, RawValue: FilterComparable {
  /// That of the raw values.
  public static var filterKind: FilterKind { RawValue.filterKind }
  /// The raw value.
  public var filterValue: FilterValue { rawValue.filterValue }
}

extension String: FilterComparable {
  /// Text.
  public static var filterKind: FilterKind { .string }
  /// The text.
  public var filterValue: FilterValue { .string(self) }
}

extension Identifier: FilterComparable {
  /// Identifiers are stored as text.
  public static var filterKind: FilterKind { .string }
  /// The identifier as text.
  public var filterValue: FilterValue { .string(uuidString) }
}

extension Bool: FilterComparable {
  /// Truth.
  public static var filterKind: FilterKind { .bool }
  /// The truth value.
  public var filterValue: FilterValue { .bool(self) }
}

extension Int: FilterComparable {
  /// A number.
  public static var filterKind: FilterKind { .number }
  /// The number.
  public var filterValue: FilterValue { .integer(Int64(self)) }
}

extension Int64: FilterComparable {
  /// A number.
  public static var filterKind: FilterKind { .number }
  /// The number.
  public var filterValue: FilterValue { .integer(self) }
}

extension Int32: FilterComparable {
  /// A number.
  public static var filterKind: FilterKind { .number }
  /// The number.
  public var filterValue: FilterValue { .integer(Int64(self)) }
}

extension Double: FilterComparable {
  /// A number.
  public static var filterKind: FilterKind { .number }
  /// The number.
  public var filterValue: FilterValue { .double(self) }
}

extension Date: FilterComparable {
  /// A date.
  public static var filterKind: FilterKind { .date }
  /// The date in the resolution of the stores.
  public var filterValue: FilterValue { .date(milliseconds: MillisecondDate(self).milliseconds) }
}

extension UUID: FilterComparable {
  /// 16 bytes of binary data; an ``Identifier`` is text instead.
  public static var filterKind: FilterKind { .uuid }
  /// The UUID.
  public var filterValue: FilterValue { .uuid(self) }
}
