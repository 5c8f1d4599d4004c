/// What a feature x and a class's weights w are compared by.
public enum Similarity: Sendable, Hashable {
    /// cos θ = x·w / (‖x‖‖w‖). Rows of zeros have the cosine 0 with everything, and no gradient.
    case cosine
    /// x·w. Angles play no part, so there can be no margin.
    case innerProduct
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
