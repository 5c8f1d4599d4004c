import Torch

/// A network from samples to embeddings, whose directions are what heads and comparisons work on.
public protocol Backbone: Module {
    /// The shape of one sample without the batch: [channels, height, width] for pictures.
    var inputShape: [Int] { get }

    /// d, the number of dimensions of an embedding.
    var embeddingSize: Int { get }

    /// From [N] + ``inputShape`` to [N, d]. Embeddings are not normalised.
    ///
    /// - Throws: ``InputShapeError`` when the samples are of another shape.
    func callAsFunction(_ samples: Tensor, mode: Mode) throws -> Tensor
}

extension Backbone {
    func checkShape(of samples: Tensor) throws {
        guard samples.rank == inputShape.count + 1, Array(samples.shape.dropFirst()) == inputShape else {
            throw InputShapeError(expected: inputShape, found: samples.shape)
        }
    }
}

/// Samples that a network was not made for.
public struct InputShapeError: Error, Equatable, CustomStringConvertible {
    /// The shape of one sample.
    public let expected: [Int]
    /// The shape of the batch that came.
    public let found: [Int]

    public var description: String {
        let sizes = expected.map { ", \($0)" }.joined()
        return "the network takes batches of shape [N\(sizes)] and was given \(found)"
    }
}
