import Torch

/// What a feature x and a class's weights w are compared by.
public enum Similarity: String, Sendable, Hashable, Codable {
    /// cos θ = x·w / (‖x‖‖w‖). Rows of zeros have the cosine 0 with everything, and no gradient.
    case cosine
    /// x·w. Angles play no part, so there can be no margin.
    case innerProduct = "inner_product"

    /// Of features [B, D] to weights [C, D] or [C, K, D]: similarities [B, C], and the features' norms [B, 1]
    /// where cosines are compared.
    func matrix(
        features: Tensor, weights: Tensor, convention: WeightConvention
    ) throws -> (similarities: Tensor, norms: Tensor?) {
        switch self {
        case .innerProduct:
            return (try features.matmul(weights.transposed()), nil)
        case .cosine:
            let rows = try convention.directions(of: weights)
            let features = try Directions(of: features, name: "features")
            let cosines = try features.rows.matmul(rows.transposed())
            guard weights.rank == 3 else { return (cosines, features.norms) }
            // The gradient goes to the nearest sub-centre alone; of equally near ones, to the first.
            let perCenter = try cosines.reshaped([features.rows.size(0), weights.size(0), weights.size(1)])
            let nearest = try perCenter.detached().argumentOfMaximum(2).unsqueezed(2)
            return (try perCenter.gathered(nearest, dimension: 2).squeezed(2), features.norms)
        }
    }
}

/// How the class weights are kept on the sphere.
public enum WeightConvention: Sendable, Hashable {
    /// The normalisation is part of the graph: the gradient of a weight row is orthogonal to it.
    case differentiated
    /// Rows are overwritten by their directions after every step (``MarginHead/projectWeights()``),
    /// and the gradient is that of the direction, without projection: ∂L/∂w = Σ G x̂. As in
    /// SphereFace's original code and OpenSphere.
    case projected
}
