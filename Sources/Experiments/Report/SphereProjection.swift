import Foundation
import Torch

/// Directions of any dimension brought onto a sphere, and what of their angles is kept.
///
/// Three dimensions stay as they are, two lie on the equator. More are projected on the three eigenvectors of
/// XᵀX / n with the largest eigenvalues: the subspace through the origin that keeps most of the squared length. What is
/// left of each direction is then drawn out to length 1.
struct SphereProjection {
    /// x, y and z of each direction.
    let points: [[Double]]
    let dimension: Int
    /// Σ λ of the three axes over Σ λ of all: the mean squared length before directions are drawn out.
    let keptLength: Double
    /// √(mean (θ′ − θ)²) over all pairs of directions, in radians.
    let angleError: Double
    /// √(Σ (θ′ − θ)² / Σ θ²)
    let stress: Double

    /// - Parameter directions: [N, d], rows of length 1, N at least 1.
    init(_ directions: Tensor) throws {
        let exact = try directions.to(.float64)
        dimension = exact.size(1)
        let (count, columns) = (exact.size(0), min(3, dimension))
        var projected = exact
        if dimension > 3 {
            let moment = try exact.transposed().matmul(exact)
            let found = try Self.eigen.tensors(moment, "L")
            let values = try found[0].reals().map { max(0, $0) }
            keptLength = values.suffix(3).reduce(0, +) / values.reduce(0, +)
            let axes = try found[1].transposed().rows(Tensor([dimension - 1, dimension - 2, dimension - 3]))
            projected = try exact.matmul(axes.transposed()).unitRows()
        } else {
            keptLength = 1
        }
        let numbers = try projected.reals()
        let isProjected = dimension > 3
        points = (0..<count).map { row in
            // An eigenvector may point either way: the first direction decides.
            let found = (0..<columns).map { numbers[row * columns + $0] * (isProjected && numbers[$0] < 0 ? -1 : 1) }
            return found + Array(repeating: 0, count: 3 - columns)
        }
        (angleError, stress) = dimension > 3 ? try Self.errors(exact, projected) : (0, 0)
    }

    private static let eigen = Operator("aten::linalg_eigh")

    private static func errors(_ exact: Tensor, _ projected: Tensor) throws -> (mean: Double, stress: Double) {
        func angles(_ rows: Tensor) throws -> [Double] {
            try rows.matmul(rows.transposed()).reals().map { acos(min(1, max(-1, $0))) }
        }
        let count = exact.size(0)
        let (before, after) = (try angles(exact), try angles(projected))
        var (squares, whole) = (0.0, 0.0)
        for row in 0..<count {
            for column in row + 1..<max(count, row + 1) {
                let place = row * count + column
                squares += (after[place] - before[place]) * (after[place] - before[place])
                whole += before[place] * before[place]
            }
        }
        let pairs = Double(count * (count - 1) / 2)
        return (pairs > 0 ? (squares / pairs).squareRoot() : 0, whole > 0 ? (squares / whole).squareRoot() : 0)
    }

    /// What a reader has to know.
    var statement: String {
        switch dimension {
        case ...2:
            return "The embedding has \(dimension) dimensions and lies on the equator as it is; all angles are kept."
        case 3: return "The embedding has three dimensions and is shown as it is; all angles are kept."
        default:
            let degrees = String(format: "%.1f", angleError * 180 / .pi)
            let kept = String(format: "%.0f", keptLength * 100)
            return
                "The embedding has \(dimension) dimensions; shown is its projection on the three principal directions "
                + "through the origin, which hold \(kept) % of the squared length, drawn out to the sphere. Angles between "
                + "two pictures here differ from the true ones by \(degrees)° (root mean square; stress "
                + "\(String(format: "%.2f", stress))), so nearness here is a hint and the scores above are the measure."
        }
    }
}
