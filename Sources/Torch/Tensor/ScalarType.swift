/// The type of a tensor's elements. Raw values are libtorch's own numbers (`c10::ScalarType`).
public enum ScalarType: Int32, Sendable, Hashable, CaseIterable {
    case uint8 = 0
    case int8 = 1
    case int16 = 2
    case int32 = 3
    case int64 = 4
    case float16 = 5
    case float32 = 6
    case float64 = 7
    case bool = 11
    case bfloat16 = 15

    /// Bytes per element.
    public var byteCount: Int {
        switch self {
        case .uint8, .int8, .bool: 1
        case .int16, .float16, .bfloat16: 2
        case .int32, .float32: 4
        case .int64, .float64: 8
        }
    }

    /// Bytes that a tensor takes; `nil` where they, or those of its dimensions that are not empty, are
    /// beyond what an `Int` holds.
    ///
    /// - Precondition: no size is negative.
    func byteCount(ofShape shape: [Int]) -> Int? {
        var count = byteCount
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: max(1, size))
            guard !overflow else { return nil }
            count = product
        }
        return shape.contains(0) ? 0 : count
    }

    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }

    /// The distance from 1 to the next larger number; `nil` for types that are not floating point.
    public var epsilon: Double? {
        switch self {
        case .float64: Double.ulpOfOne
        case .float32: Double(Float.ulpOfOne)
        case .float16: 0x1p-10
        case .bfloat16: 0x1p-7
        default: nil
        }
    }
}

/// A Swift type that can be a tensor's element.
public protocol TensorElement: Sendable, BitwiseCopyable {
    static var scalarType: ScalarType { get }
}

extension UInt8: TensorElement { public static var scalarType: ScalarType { .uint8 } }
extension Int8: TensorElement { public static var scalarType: ScalarType { .int8 } }
extension Int16: TensorElement { public static var scalarType: ScalarType { .int16 } }
extension Int32: TensorElement { public static var scalarType: ScalarType { .int32 } }
extension Int64: TensorElement { public static var scalarType: ScalarType { .int64 } }
extension Int: TensorElement { public static var scalarType: ScalarType { .int64 } }
extension Float: TensorElement { public static var scalarType: ScalarType { .float32 } }
extension Double: TensorElement { public static var scalarType: ScalarType { .float64 } }
extension Bool: TensorElement { public static var scalarType: ScalarType { .bool } }
