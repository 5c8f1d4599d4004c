import Foundation

/// Standard normal numbers from any generator, by Box and Muller's method.
public enum NormalDraws {
    public static func draw(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
        var numbers: [Double] = []
        numbers.reserveCapacity(count + 1)
        while numbers.count < count {
            let radius = (-2 * log(positiveUniform(using: &generator))).squareRoot()
            let angle = 2 * Double.pi * positiveUniform(using: &generator)
            numbers.append(radius * cos(angle))
            numbers.append(radius * sin(angle))
        }
        if numbers.count > count { numbers.removeLast() }
        return numbers
    }

    /// Uniform over the multiples of 2⁻⁵³ in (0, 1].
    static func positiveUniform(using generator: inout some RandomNumberGenerator) -> Double {
        Double((generator.next() as UInt64 >> 11) + 1) * 0x1p-53
    }
}
