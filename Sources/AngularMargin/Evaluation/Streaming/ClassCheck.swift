import Torch

/// Whether a loss is a number, before a ``ClassGradientSink`` may change anything.
enum ClassCheck {
    /// - Throws: ``HeadError/lossNotFinite``
    static func finite(_ numbers: [Double]) throws {
        guard numbers.allSatisfy(\.isFinite) else { throw HeadError.lossNotFinite }
    }

    /// For one question per class, whose sums are known last: with directions (``ClassTiles/withNorms()``), finite scales
    /// and finite biases, no logit and so no loss can be anything but finite.
    ///
    /// - Parameter own: the logits of the own classes.
    /// - Throws: ``HeadError/lossNotFinite``
    static func bounds(_ stream: ClassStream, own: [Double]) throws {
        try finite(own)
        try finite(stream.bias?.reals() ?? [])
        try finite(stream.scales.map { Double($0) })
    }
}
