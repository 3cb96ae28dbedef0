import CEncoderKernels

/// The numbers that a native model is computed in. Vectors of one precision are not compared with those of another.
public enum Precision: String, Sendable, CaseIterable, Codable {
  /// 32-bit floats, as the models were trained: every processor.
  case f32
  /// Products of 16-bit floats (bfloat16) that are summed in 32 bits: processors with AVX512-BF16.
  case bf16
  /// Products of 8-bit integers: processors with AVX512-VNNI and AVX512-BF16, since attention is computed in bfloat16.
  case int8

  /// Whether this processor computes in it.
  public var isSupported: Bool { missingInstructions == nil }

  /// The instructions that this processor lacks for it.
  var missingInstructions: String? {
    switch self {
    case .f32: nil
    case .bf16: twin_has_bf16() ? nil : "AVX512-BF16"
    case .int8: twin_has_bf16() && twin_has_int8() ? nil : "AVX512-VNNI with AVX512-BF16"
    }
  }
}
