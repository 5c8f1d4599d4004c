import Foundation
import Torch

extension Double: MarginScalar {
    public static func constant(_ value: Double) -> Double { value }
    public static func select(_ condition: Bool, _ first: Double, _ second: Double) -> Double {
        condition ? first : second
    }
    public func power(_ exponent: Double) -> Double { pow(self, exponent) }
    public func cosine() -> Double { cos(self) }
    public func sine() -> Double { sin(self) }
    public func arcTangent2(_ x: Double) -> Double { atan2(self, x) }
    public func floor() -> Double { rounded(.down) }
}

extension Float: MarginScalar {
    public static func constant(_ value: Double) -> Float { Float(value) }
    public static func select(_ condition: Bool, _ first: Float, _ second: Float) -> Float {
        condition ? first : second
    }
    public func power(_ exponent: Double) -> Float { pow(self, Float(exponent)) }
    public func cosine() -> Float { cos(self) }
    public func sine() -> Float { sin(self) }
    public func arcTangent2(_ x: Float) -> Float { atan2(self, x) }
    public func floor() -> Float { rounded(.down) }
}

extension Tensor: MarginScalar {
    /// A float64 tensor of no dimensions: beside a tensor that has some, it takes that one's type and
    /// device.
    public static func constant(_ value: Double) throws -> Tensor { try scalar(value, scalarType: .float64) }
    public func isLess(than other: Tensor) throws -> Tensor { try self .< other }
}
