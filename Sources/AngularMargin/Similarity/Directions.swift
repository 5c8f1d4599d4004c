import Torch

/// The rows of a matrix as directions and lengths.
///
/// Rows are divided by their largest entry first, so that no square overflows or vanishes. A row counts as
/// zero when its largest entry is below 2²⁶ times the type's smallest normal number (2⁻¹⁰⁰ in float32),
/// for a gradient of 1/‖x‖ must fit the type too: its direction and norm are 0, and so are their gradients.
struct Directions {
    /// [N, D]; every row of length 1, or 0.
    let rows: Tensor
    /// [N, 1].
    let norms: Tensor

    /// The largest entry, by amount, that a row may have.
    static let limit = 1e15

    /// - Parameters:
    ///   - matrix: [N, D]
    ///   - name: what the rows are, for errors.
    ///   - limit: the largest entry allowed; `nil` for all that are finite.
    init(of matrix: Tensor, name: String, limit: Double? = Directions.limit) throws {
        let largest = try matrix.detached().absolute().maximum([1], keeping: true)
        if let limit { try Directions.check(largest, name: name, limit: limit) }
        let isZero = try largest .< Directions.smallest(matrix.scalarType)
        let divisor = try Tensor.select(isZero, largest.onesLike(), largest)
        // A zero row is replaced by zeros that have no history: what follows has no gradient there.
        let scaled = try Tensor.select(isZero, .constant(0), matrix / divisor)
        let lengths = try scaled.norm([1], keeping: true)
        rows = try scaled / Tensor.select(isZero, largest.onesLike(), lengths)
        norms = try lengths * divisor
    }

    private static func smallest(_ type: ScalarType) -> Double {
        0x1p26 * (type == .float64 ? Double.leastNormalMagnitude : Double(Float.leastNormalMagnitude))
    }

    private static func check(_ largest: Tensor, name: String, limit: Double) throws {
        guard try !(largest .<= limit).all() else { return }
        let values = try largest.reals()
        guard let row = values.firstIndex(where: { !($0 <= limit) }) else { return }
        throw HeadError.entryOutOfRange(name: name, row: row, magnitude: values[row], limit: limit)
    }
}

extension WeightConvention {
    /// Directions of the class weights, joined to them as the convention says: [C, D], or [C · K, D] of [C, K, D].
    func directions(of weights: Tensor) throws -> Tensor {
        let weights = weights.rank == 3 ? try weights.reshaped([-1, weights.size(2)]) : weights
        switch self {
        case .differentiated:
            return try Directions(of: weights, name: "weights").rows
        case .projected:
            return try differentiable("projected weights", [weights]) {
                let directions = try Directions(of: weights, name: "weights")
                let isZero = try directions.norms .<= 0
                // A row of zeros has no gradient here either.
                guard try isZero.any() else { return (outputs: [directions.rows], backward: { $0 }) }
                return (
                    outputs: [directions.rows],
                    backward: { try $0.map { try $0.map { try .select(isZero, .constant(0), $0) } } }
                )
            }[0]
        }
    }
}
