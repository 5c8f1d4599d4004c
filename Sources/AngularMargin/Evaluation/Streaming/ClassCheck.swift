import CKernels
import Torch

/// Whether a loss is a number, before a ``ClassGradientSink`` may change anything.
enum ClassCheck {
    /// - Throws: ``HeadError/lossNotFinite``
    static func finite(_ losses: Tensor) throws {
        guard try losses.isFinite().all() else { throw HeadError.lossNotFinite }
    }

    /// For one question per class, whose sums are known last: with directions, finite scales and finite biases, no
    /// logit and so no loss can be anything but finite. It costs one more reading of the weights.
    ///
    /// - Parameter own: the logits of the own classes.
    /// - Throws: ``HeadError/lossNotFinite``, or ``ClassStream/NotServed`` for rows without a direction.
    static func bounds(_ stream: ClassStream, own: Tensor) throws {
        try finite(own)
        if let bias = stream.bias { try finite(bias) }
        guard stream.scales.allSatisfy(\.isFinite) else { throw HeadError.lossNotFinite }
        let (count, size) = (stream.weights.size(0), stream.weights.size(1))
        let tiles = (count + Self.rows - 1) / Self.rows
        let results = UnsafeMutableBufferPointer<Bool>.allocate(capacity: tiles)
        defer { results.deallocate() }
        try stream.weights.withElements(of: Float.self) { weights in
            let lent = Lent((weights.baseAddress!, results))
            let instructions = ck_best_instructions()
            Libtorch.concurrently(tiles) { tile in
                let (weights, results) = lent.value
                let begin = tile * Self.rows
                results[tile] = withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.rows) { norms in
                    ck_classes_inverse_norms(
                        instructions, weights + begin * size, Int64(min(Self.rows, count - begin)), Int64(size),
                        norms.baseAddress)
                }
            }
        }
        guard results.allSatisfy({ $0 }) else { throw ClassStream.NotServed() }
    }

    private static let rows = 1024
}
