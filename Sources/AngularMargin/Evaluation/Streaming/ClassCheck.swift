import CKernels
import Torch

/// Whether a loss is a number, before a ``ClassGradientSink`` may change anything.
enum ClassCheck {
    /// - Throws: ``HeadError/lossNotFinite``
    static func finite(_ numbers: [Double]) throws {
        guard numbers.allSatisfy(\.isFinite) else { throw HeadError.lossNotFinite }
    }

    /// For one question per class, whose sums are known last: with directions, finite scales and finite biases, no
    /// logit and so no loss can be anything but finite. It costs one more reading of the weights.
    ///
    /// - Parameter own: the logits of the own classes.
    /// - Throws: ``HeadError/lossNotFinite``, or ``ClassStream/NotServed`` for rows without a direction.
    static func bounds(_ stream: ClassStream, own: [Double]) throws {
        try finite(own)
        try finite(stream.bias?.reals() ?? [])
        try finite(stream.scales.map { Double($0) })
        let (count, size) = (stream.weights.size(0), stream.weights.size(1))
        let tiles = (count + Self.rows - 1) / Self.rows
        let results = KernelNumbers(false, count: tiles)
        let weights = try KernelTensor(stream.weights)
        Libtorch.concurrently(tiles) { tile in
            let begin = tile * Self.rows
            results.pointer[tile] = withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.rows) { norms in
                ck_classes_inverse_norms(
                    ck_best_instructions(), weights.pointer + begin * size, Int64(min(Self.rows, count - begin)),
                    Int64(size), norms.baseAddress)
            }
        }
        guard results.array.allSatisfy(\.self) else { throw ClassStream.NotServed() }
    }

    private static let rows = 1024
}
