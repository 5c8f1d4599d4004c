/// How far computed scores can be from true ones.
enum SearchBounds {
    /// Rows that are scored before their scores are looked at.
    static let chunk = 1024

    /// Relative to ‖x‖ ‖q‖: a handful of roundings in single precision, where scores and bounds are put together.
    static let arithmetic: Float = 16 * 0x1p-23

    /// The bound of an inner product of two rows in single precision, relative to ‖x‖ ‖q‖, in whatever order it is
    /// summed: n u / (1 − n u), u = 2⁻²⁴ (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
    static func product(size: Int) -> Float {
        let units = Double(size) * 0x1p-24
        return Float(units / (1 - units)) * 1.00001 + arithmetic
    }

    /// The length of a vector, rounded up.
    static func length(_ vector: [Float]) -> Float {
        let square = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
        return Float(square.squareRoot()).nextUp
    }
}
